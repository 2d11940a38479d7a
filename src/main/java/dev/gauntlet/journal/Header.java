package dev.gauntlet.journal;

import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.NetworkConfig;
import dev.gauntlet.config.SearchConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What the results of a run folder depend on; the first record of its journal.
 *
 * @param format of the journal
 * @param gauntlet the version that wrote it
 * @param data the fingerprint of the data
 * @param config the configuration as maps, lists and scalars, as JSON has them
 */
public record Header(int format, String gauntlet, String data, Map<String, Object> config) {
  static final int FORMAT = 2;

  /** Keys of {@code data} that say where it is, not what. */
  static final List<String> PLACES =
      List.of("source", "path", "spark-table", "labels", "test", "test-labels", "cache");

  public Header {
    config = copy(config);
  }

  /** Of a search; of a file of networks it has the content, not the path. */
  @SuppressWarnings("unchecked") // Keys of a configuration are words.
  public static Header of(String gauntlet, String data, SearchConfig config) {
    var tree = (Map<String, Object>) ConfigWriter.tree(config);
    if (config.space().network() instanceof NetworkConfig.Arbiter networks) {
      var space = (Map<String, Object>) tree.get("space");
      ((Map<String, Object>) space.get("network")).put("file", digest(Path.of(networks.file())));
    }
    return new Header(FORMAT, gauntlet, data, tree);
  }

  private static String digest(Path file) {
    try {
      return "a file of SHA-256 " + sha256(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SHA-256 of the configuration without {@link #PLACES}, and of {@code run} only the engine. */
  public String fingerprint() {
    Map<String, Object> results = copy(config);
    if (results.remove("run") instanceof Map<?, ?> run) {
      results.put("run", Map.of("engine", run.get("engine")));
    }
    ((Map<?, ?>) results.get("data")).keySet().removeAll(PLACES);
    return sha256(JournalJson.text(results).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Compares with the header of a journal.
   *
   * @throws InvalidInputException with all differences
   */
  void requireSame(Header there, String place) {
    List<String> differences = new HeaderDifferences(there, this).list();
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          place
              + " holds another search: "
              + String.join("; ", differences)
              + ". Maybe --fresh starts over in a new folder, or another name: or --output.");
    }
  }

  /** By way of JSON, so that numbers are of the types that it gives. */
  @SuppressWarnings("unchecked") // JSON's keys are words.
  private static Map<String, Object> copy(Map<String, Object> config) {
    try {
      return JournalJson.MAPPER.readValue(JournalJson.text(config), Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
