package dev.gauntlet.benchmark;

import com.sun.management.ThreadMXBean;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.engine.Engines;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.LayerRow;
import dev.gauntlet.search.SearchSpace;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingTask;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.openjdk.jmh.Main;

/**
 * Candidate-epochs per minute: the candidates of a workload, trained side by side, one thread each,
 * and nothing else. Workloads are those of the benchmarks page; {@code kernels} is JMH's.
 */
public final class EngineBenchmark {
  private static final int KITSUNE_ROWS = 100_000;
  private static final int KITSUNE_FEATURES = 92;

  private EngineBenchmark() {}

  /** A candidate's place under {@code space}, and its epochs and rows of a step. */
  private record Job(List<String> space, int epochs, int batch) {}

  /** Multiplications of a step forward and of two back for each row, and bytes on the heap. */
  private record Done(double operations, long allocated) {}

  /** Workload, engine, slots, and a folder with the data that is not made up. */
  public static void main(String[] arguments) throws Exception {
    String workload = arguments[0];
    if (workload.equals("kernels")) {
      Main.main(new String[] {"KernelBenchmark"});
      return;
    }
    EngineChoice choice = EngineChoice.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    int slots = Integer.parseInt(arguments[2]);
    Path folder = Path.of(arguments.length > 3 ? arguments[3] : ".");
    Dataset dataset = dataset(workload, folder);
    int[] all = rows(workload, dataset);
    SearchConfig config = config(List.of("data.scale=" + scale(workload)));
    Rows rows = new Rows(dataset, all, Preprocessor.fit(config.data(), dataset, all));
    List<Callable<Done>> trainings = new ArrayList<>();
    int epochs = 0;
    long steps = 0;
    for (Job job : jobs(workload)) {
      epochs += job.epochs();
      steps += (long) job.epochs() * ((rows.size() + job.batch() - 1) / job.batch());
      trainings.add(training(choice, job, rows));
    }
    // Loads classes and native code, as an import does; a few rows, so that nothing is compiled.
    training(choice, jobs(workload).get(0), new Rows(dataset, first(all, 256), rows.preprocessor()))
        .call();
    ExecutorService pool = Executors.newFixedThreadPool(slots);
    long start = System.nanoTime();
    List<Future<Done>> results = pool.invokeAll(trainings);
    double wall = (System.nanoTime() - start) / 1e9;
    double operations = 0;
    long allocated = 0;
    for (Future<Done> result : results) {
      operations += result.get().operations();
      allocated += result.get().allocated();
    }
    double peak = peak(pool, slots);
    pool.shutdown();
    System.out.printf(
        Locale.ROOT,
        "%.1f GFLOP/s, %.0f %% of the %.1f of a product of two matrices of 1,024 x 1,024; %d bytes"
            + " allocated per step%n",
        operations / wall / 1e9,
        100 * operations / wall / peak,
        peak / 1e9,
        allocated / steps);
    System.out.printf(
        Locale.ROOT,
        "%s %s slots=%d wall=%.1fs candidate-epochs/min=%.1f%n",
        workload,
        Names.word(choice),
        slots,
        wall,
        epochs / wall * 60);
  }

  private static Dataset dataset(String workload, Path folder) {
    return switch (workload) {
      case "kitsune-100k" -> kitsune();
      case "cifar-cnn" -> read("data={path: %s}".formatted(folder.resolve("cifar10/train")));
      default ->
          read(
              "data={path: %s, labels: %s}"
                  .formatted(
                      folder.resolve("mnist/train-images-idx3-ubyte.gz"),
                      folder.resolve("mnist/train-labels-idx1-ubyte.gz")));
    };
  }

  private static Dataset read(String data) {
    SearchConfig config = config(List.of(data));
    return Datasets.read(config.data(), config.task(), new FileTableReader());
  }

  /** Those that it trains on. */
  private static int[] rows(String workload, Dataset dataset) {
    int[] all = IntStream.range(0, dataset.rows()).toArray();
    if (workload.equals("mnist-cnn")) {
      return first(all, 10_000);
    }
    if (workload.equals("cifar-cnn")) {
      int[] seen = new int[dataset.outputs()];
      Rows every = new Rows(dataset, all, null);
      return IntStream.of(all).filter(row -> seen[every.label(row)]++ < 1000).toArray();
    }
    return all;
  }

  private static int[] first(int[] index, int size) {
    return Arrays.copyOf(index, size);
  }

  /** Operations per second of large products on all slots at once. */
  private static double peak(ExecutorService pool, int slots) throws Exception {
    int side = 1024;
    Callable<Double> products =
        () -> {
          try (var a = new FloatPointer((long) side * side);
              var b = new FloatPointer((long) side * side);
              var c = new FloatPointer((long) side * side)) {
            float[] values = new float[side * side];
            Arrays.fill(values, 0.5f);
            a.put(values);
            b.put(values);
            double best = 0;
            for (int i = 0; i < 100; i++) {
              long start = System.nanoTime();
              openblas.cblas_sgemm(
                  openblas.CblasRowMajor,
                  openblas.CblasNoTrans,
                  openblas.CblasNoTrans,
                  side,
                  side,
                  side,
                  1,
                  a,
                  side,
                  b,
                  side,
                  0,
                  c,
                  side);
              best = Math.max(best, 2e9 * side * side * side / (System.nanoTime() - start));
            }
            return best;
          }
        };
    double sum = 0;
    for (Future<Double> one : pool.invokeAll(Collections.nCopies(slots, products))) {
      sum += one.get();
    }
    return sum;
  }

  /** Of one row in one epoch: two for each weight and place, forward, and twice on the way back. */
  private static double operations(Candidate candidate, int features) {
    double sum = 0;
    for (LayerRow layer : candidate.layers(features)) {
      String[] sides = layer.output().split(" x ", 3);
      double places =
          sides.length == 3 ? Double.parseDouble(sides[1]) * Double.parseDouble(sides[2]) : 1;
      sum += 6.0 * layer.parameters() * places;
    }
    return sum;
  }

  private static Callable<Done> training(EngineChoice choice, Job job, Rows rows) {
    var space = new SearchSpace(config(job.space()).space(), rows.features(), rows.outputs());
    Candidate candidate = space.candidate(0, new double[space.dimensions()]);
    double[] weights = new double[rows.outputs()];
    Arrays.fill(weights, 1);
    var none = new Rows(rows.dataset(), new int[0], rows.preprocessor());
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double operations = operations(candidate, rows.features()) * rows.size() * job.epochs();
    return () -> {
      final long before = threads.getCurrentThreadAllocatedBytes();
      TrainingEngine engine = Engines.of(choice, candidate);
      var task = new TrainingTask(candidate, rows, none, weights, predictions -> 0, new Seed(1));
      try (TrainedModel model = engine.train(task)) {
        if (!Double.isFinite(model.curve().losses().get(0))) {
          throw new IllegalStateException("no loss");
        }
      }
      return new Done(operations, threads.getCurrentThreadAllocatedBytes() - before);
    };
  }

  private static SearchConfig config(List<String> overrides) {
    return ConfigReader.parse(
        "data: {path: x.csv, label: label}\nspace: {network: {type: linear}}\n",
        Path.of("benchmark.yaml"),
        overrides);
  }

  private static String scale(String workload) {
    return workload.equals("kitsune-100k") ? "none" : "pixels";
  }

  private static List<Job> jobs(String workload) {
    List<Job> jobs = new ArrayList<>();
    switch (workload) {
      case "kitsune-100k" -> {
        for (int layers : new int[] {2, 4, 5}) {
          for (int units : new int[] {20, 50}) {
            for (int batch : new int[] {100, 1000, 10_000}) {
              String network =
                  "{type: dense, layers: %d, units: %d, activation: sigmoid}"
                      .formatted(layers, units);
              jobs.add(job(network, 0.1, batch, 5));
            }
          }
        }
      }
      case "mnist-mlp" -> {
        for (int i = 0; i < 4; i++) {
          jobs.add(job("{type: dense, units: [64, 64], activation: relu}", 0.1, 128, 3));
        }
        for (String l2 : List.of("1e-6", "1e-5", "1e-4", "1e-3")) {
          String network = "{type: dense, units: [500, 300], activation: relu, l2: " + l2 + "}";
          jobs.add(job(network, 0.1, 128, 1));
        }
      }
      case "mnist-cnn" -> {
        String network =
            "{type: convolutional, image: 1x28x28, blocks: [{filters: 32, padding: valid, pooling:"
                + " none}, {filters: 64, padding: valid}], units: 128, activation: relu}";
        jobs.addAll(Collections.nCopies(2, job(network, 0.01, 128, 1)));
      }
      case "cifar-cnn" -> {
        String network =
            "{type: convolutional, image: 3x32x32, blocks: [{filters: 32, padding: valid},"
                + " {filters: 64, padding: valid}, {filters: 64, padding: valid, pooling: none}],"
                + " units: 64, activation: relu}";
        jobs.addAll(Collections.nCopies(4, job(network, 0.01, 128, 1)));
      }
      default -> throw new IllegalArgumentException("workload " + workload);
    }
    return jobs;
  }

  private static Job job(String network, double rate, int batch, int epochs) {
    return new Job(
        List.of(
            "space.network=" + network,
            "space.optimizer={type: sgd, learning-rate: " + rate + ", momentum: 0.9}",
            "space.training={batch-size: %d, epochs: %d}".formatted(batch, epochs)),
        epochs,
        batch);
  }

  /** Normal numbers, and the sign of their product with a random vector. */
  private static Dataset kitsune() {
    Random random = new Random(1);
    double[] direction = random.doubles(KITSUNE_FEATURES, -1, 1).toArray();
    float[] values = new float[KITSUNE_ROWS * KITSUNE_FEATURES];
    int[] labels = new int[KITSUNE_ROWS];
    for (int row = 0; row < KITSUNE_ROWS; row++) {
      double sum = 0;
      for (int i = 0; i < KITSUNE_FEATURES; i++) {
        float value = (float) random.nextGaussian();
        values[row * KITSUNE_FEATURES + i] = value;
        sum += value * direction[i];
      }
      labels[row] = sum > 0 ? 1 : 0;
    }
    List<Column> columns =
        IntStream.range(0, KITSUNE_FEATURES).mapToObj(i -> Column.numeric("x" + i)).toList();
    return new Dataset(columns, new Labels(labels, List.of("no", "yes")), values);
  }
}
