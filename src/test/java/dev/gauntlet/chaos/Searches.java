package dev.gauntlet.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Small searches, and what must be the same of two runs of one. */
public final class Searches {
  public static final Path CONF = Path.of("conf/quickstart.yaml");

  private static final List<String> FILES =
      List.of(
          "leaderboard.csv",
          "leaderboard.json",
          "leaderboard.parquet",
          "search.yaml",
          "evaluation",
          "models");

  private Searches() {}

  /** Six candidates of some epochs, two winners, three folds and a baseline. */
  public static List<String> small(String... more) {
    return Stream.concat(
            Stream.of(
                "search.candidates=6",
                "space.training.epochs=4",
                "validate.winners=2",
                "validate.folds=3",
                "validate.mc-dropout.passes=5",
                "validate.baselines=[majority]"),
            Stream.of(more))
        .toList();
  }

  /** The same with early stopping, trained on so many shards; on none for 0. */
  public static List<String> sharded(int shards, String... more) {
    String averaging = "space.training.distribution=parameter-averaging";
    return Stream.of(
            small("space.training.early-stopping={patience: 2}"),
            shards == 0 ? List.<String>of() : List.of(averaging, "space.training.shards=" + shards),
            List.of(more))
        .flatMap(List::stream)
        .toList();
  }

  /** Every file of a finished run but those that tell of times. */
  public static void assertSame(Path run, Path expected) throws IOException {
    for (String name : FILES) {
      List<String> files = files(expected.resolve(name));
      assertThat(files(run.resolve(name))).isEqualTo(files);
      for (String file : files) {
        assertThat(run.resolve(name).resolve(file))
            .as(name + "/" + file)
            .hasSameBinaryContentAs(expected.resolve(name).resolve(file));
      }
    }
  }

  private static List<String> files(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> path.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
