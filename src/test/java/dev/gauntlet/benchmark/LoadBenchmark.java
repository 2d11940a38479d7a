package dev.gauntlet.benchmark;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.gauntlet.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long a user waits for data: {@code submit/local.sh validate} on data in the shape of Kitsune
 * Mirai, with an empty cache and with a filled one; and on real images the time to the first
 * trained network. Nothing is asserted. Arguments: a folder for the synthetic data, which is made
 * if it is not there (without it, a temporary one), and how often each is measured.
 */
public final class LoadBenchmark {
  private static final Path RESULT = Path.of("target/benchmarks/load.json");
  private static final Path SHARED = Path.of("../shared/data").toAbsolutePath().normalize();
  private static final String FIRST_TRIAL = "[search 1/";

  /** A small network, so that a plan and a trial are about the data. */
  private static final String SEARCH =
      """
      space:
        network: {type: dense, layers: 1, units: 20}
        optimizer: {type: adam}
        training: {batch-size: 128, epochs: 1}
      search: {candidates: 1}
      validate: {winners: 1, folds: 10, mc-dropout: {passes: 0}}
      """;

  /**
   * What was measured, so many times.
   *
   * @param slower the same without a cache; null where there is none
   */
  private record Measurement(
      String data, String what, List<MeasuredProcess> runs, Measurement slower) {
    String seconds() {
      double[] sorted = runs.stream().mapToDouble(MeasuredProcess::seconds).sorted().toArray();
      return sorted.length == 1
          ? one(sorted[0])
          : one(sorted[0]) + " to " + one(sorted[sorted.length - 1]);
    }

    long peakMib() {
      return runs.stream().mapToLong(MeasuredProcess::peakMib).max().orElse(0);
    }

    double fastest() {
      return runs.stream().mapToDouble(MeasuredProcess::seconds).min().orElseThrow();
    }

    String ratio() {
      return slower == null ? "" : one(slower.fastest() / fastest());
    }

    Map<String, Object> tree() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("data", data);
      tree.put("what", what);
      tree.put("seconds", runs.stream().map(MeasuredProcess::seconds).toList());
      tree.put("peak_mib", peakMib());
      return tree;
    }
  }

  private final Path work;
  private final int times;
  private final List<Measurement> measurements = new ArrayList<>();

  private LoadBenchmark(Path work, int times) {
    this.work = work;
    this.times = times;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("gauntlet-benchmark");
    try {
      Path data = args.length > 0 && !args[0].isEmpty() ? Path.of(args[0]) : work;
      int times = args.length > 1 ? Integer.parseInt(args[1]) : 3;
      new LoadBenchmark(work, times).run(data.toAbsolutePath());
    } finally {
      delete(work);
    }
  }

  private void run(Path folder) throws IOException, InterruptedException {
    System.out.println("Synthetic data in the shape of Kitsune Mirai: " + folder);
    kitsune(new KitsuneShaped(KitsuneShaped.ROWS, 1).write(folder));
    mnist(SHARED.resolve("mnist"));
    cifar(SHARED.resolve("cifar10-jpeg.tar.gz"));
    System.out.println(table());
    Files.createDirectories(RESULT.getParent());
    Files.writeString(RESULT, Json.write(tree()));
    System.out.println(RESULT);
  }

  private void kitsune(KitsuneShaped.Written files) throws IOException, InterruptedException {
    Path search =
        search(
            """
            data:
              path: %s
              labels: %s
              label: label
              drop: ["0-23"]
            """
                .formatted(files.features(), files.labels()));
    measure("Kitsune-shaped, synthetic", search, "1500m", null);
  }

  private void mnist(Path folder) throws IOException, InterruptedException {
    Path search =
        search(
            """
            data:
              path: %1$s/train-images-idx3-ubyte.gz
              labels: %1$s/train-labels-idx1-ubyte.gz
              test: %1$s/t10k-images-idx3-ubyte.gz
              test-labels: %1$s/t10k-labels-idx1-ubyte.gz
            """
                .formatted(folder));
    if (there(folder)) {
      measure("MNIST", search, "1500m", FIRST_TRIAL);
    }
  }

  private void cifar(Path archive) throws IOException, InterruptedException {
    if (there(archive)) {
      measure("CIFAR-10, JPEG", search("data: {path: " + archive + "}\n"), "3g", FIRST_TRIAL);
    }
  }

  private static boolean there(Path path) {
    if (!Files.exists(path)) {
      System.out.println("Not measured, because it is not there: " + path);
    }
    return Files.exists(path);
  }

  private Path search(String data) throws IOException {
    return Files.writeString(Files.createTempFile(work, "search", ".yaml"), data + SEARCH);
  }

  /**
   * With an empty cache, then with what that has left in it, if it has left something.
   *
   * @param until null for {@code validate}; else the line of a run that ends the measurement
   */
  private void measure(String data, Path search, String heap, String until)
      throws IOException, InterruptedException {
    List<MeasuredProcess> first = new ArrayList<>();
    List<MeasuredProcess> second = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Path cache = Files.createTempDirectory(work, "cache");
      first.add(command(search, heap, cache, until));
      if (Files.exists(cache.resolve("tables"))) {
        second.add(command(search, heap, cache, until));
      }
      delete(cache);
    }
    String what = until == null ? "plan" : "first trial";
    if (second.isEmpty()) {
      measurements.add(new Measurement(data, what + ", never cached", first, null));
      return;
    }
    var slower = new Measurement(data, what + ", empty cache", first, null);
    measurements.add(slower);
    measurements.add(new Measurement(data, what + ", filled cache", second, slower));
  }

  private MeasuredProcess command(Path search, String heap, Path cache, String until)
      throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of("GAUNTLET_CACHE", cache.toString(), "GAUNTLET_HEAP", heap);
    List<String> command = new ArrayList<>(List.of("submit/local.sh"));
    if (until == null) {
      command.addAll(List.of("validate", search.toString()));
    } else {
      Path output = Files.createTempDirectory(work, "run");
      command.addAll(List.of("run", search.toString(), "--progress", "plain"));
      command.addAll(List.of("--output", output.toString(), "--set", "validate.folds=2"));
    }
    return MeasuredProcess.run(command, environment, until);
  }

  private String table() {
    List<Column> columns = new ArrayList<>();
    for (String name : List.of("data", "command to", "seconds", "times faster", "peak MiB")) {
      HorizontalAlign align = columns.size() < 2 ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT;
      columns.add(new Column().header(name).headerAlign(align).dataAlign(align));
    }
    Object[][] cells =
        measurements.stream()
            .map(m -> new Object[] {m.data, m.what, m.seconds(), m.ratio(), m.peakMib()})
            .toArray(Object[][]::new);
    return AsciiTable.builder()
        .border(AsciiTable.NO_BORDERS)
        .data(columns.toArray(Column[]::new), cells)
        .asString();
  }

  private Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("processors", Runtime.getRuntime().availableProcessors());
    tree.put("java", System.getProperty("java.version"));
    tree.put("measurements", measurements.stream().map(Measurement::tree).toList());
    return tree;
  }

  private static String one(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(LoadBenchmark::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
