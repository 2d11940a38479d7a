package dev.gauntlet;

import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.config.Json;
import dev.gauntlet.config.NetworkConfig;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.validate.Experiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code run.json}: what is needed to know where a leaderboard came from. */
final class RunRecord {
  private final RunFolder folder;
  private final Experiment experiment;
  private final Map<String, Object> environment;
  private final Instant start = Instant.now();
  private final String fingerprint;

  RunRecord(RunFolder folder, Experiment experiment, Map<String, Object> environment) {
    this.folder = folder;
    this.experiment = experiment;
    this.environment = environment;
    this.fingerprint = fingerprint(experiment.config());
  }

  /**
   * Writes it, at the start of a run and again at its end.
   *
   * @param status {@code running}, {@code done} or {@code failed: cause}
   * @param notes sentences on how the search went
   */
  void write(String status, List<String> notes) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("status", status);
    values.put("name", experiment.config().name());
    values.put("gauntlet", Version.text());
    values.put("seed", experiment.config().seed());
    values.put("config_fingerprint", fingerprint);
    values.put("data_fingerprint", experiment.dataset().fingerprint());
    values.put("data_notes", experiment.dataset().notes());
    values.put("rows", experiment.dataset().rows());
    values.put("training_rows", experiment.split().train().length);
    values.put("validation_rows", experiment.split().validation().length);
    values.put("test_rows", experiment.split().test().length);
    values.put("search_notes", notes);
    values.put("started", start.toString());
    if (!status.equals("running")) {
      Instant end = Instant.now();
      values.put("finished", end.toString());
      values.put("seconds", Duration.between(start, end).toMillis() / 1000.0);
    }
    values.put("environment", environment);
    folder.write("run.json", Json.write(values));
  }

  /**
   * Of what results depend on: neither the paths of the data nor the section {@code run}, and of a
   * file of networks its content.
   */
  private static String fingerprint(SearchConfig config) {
    Map<?, ?> tree = (Map<?, ?>) ConfigWriter.tree(config);
    tree.remove("run");
    List.of("source", "path", "spark-table", "labels", "test", "test-labels", "cache")
        .forEach(((Map<?, ?>) tree.get("data"))::remove);
    String networks = "";
    try {
      if (config.space().network() instanceof NetworkConfig.Arbiter space) {
        ((Map<?, ?>) ((Map<?, ?>) tree.get("space")).get("network")).remove("file");
        networks = Files.readString(Path.of(space.file()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      byte[] text = (tree + networks).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
