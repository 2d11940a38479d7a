package dev.gauntlet.benchmark;

import dev.gauntlet.config.Seed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Synthetic data in the shape of the Kitsune Mirai set, which it is not: no packet was captured. As
 * there, 116 columns (a packet number, then 23 damped statistics at five time scales each), benign
 * rows first, labels in a file of their own, heavy tails, strong correlation within the five scales
 * of a statistic, some statistics nearly constant, nothing missing.
 *
 * <p>A row has an activity {@code z}, normal with mean 0 for benign and {@link #DISTANCE} for
 * malicious rows. A statistic sees {@code u = 0.7 z + 0.7 e}, and its value at a time scale is its
 * {@link Shape} of {@code u} and a little noise of that scale. The classes overlap in {@code z}:
 * whoever knows it is right for 0.918 of the rows, and whoever says malicious for 0.841.
 *
 * @param rows 764,137 in the set
 * @param seed equal seeds give equal bytes
 */
record KitsuneShaped(int rows, long seed) {
  static final int ROWS = 764_137;
  static final int BENIGN = 121_621;
  static final int COLUMNS = 116;

  private static final double DISTANCE = 2.25;
  private static final double SCALE_NOISE = 0.5;
  private static final String[] SCALES = {"L5", "L3", "L1", "L0.1", "L0.01"};

  /** From about a normal number to what a statistic of packets looks like. */
  private enum Shape {
    LOG_NORMAL,
    /** With tail index 2.5. */
    PARETO,
    SIGNED,
    BOUNDED,
    /** 0 in nearly all rows. */
    RARE;

    /**
     * @param u of the statistic
     * @param v {@code u} with the noise of a time scale
     */
    double of(double u, double v) {
      return switch (this) {
        case LOG_NORMAL -> StrictMath.exp(v);
        case PARETO -> StrictMath.pow(1 + StrictMath.exp(1.702 * v), 0.4);
        case SIGNED -> StrictMath.sinh(v);
        case BOUNDED -> StrictMath.tanh(v);
        case RARE -> u < 5 ? 0 : StrictMath.exp(v / 2);
      };
    }
  }

  private record Statistic(String name, Shape shape) {}

  /** Statistics of one stream of packets; they follow one another, scale by scale. */
  private record Family(String name, List<Statistic> statistics) {}

  private static final List<Statistic> ONE =
      List.of(
          new Statistic("weight", Shape.LOG_NORMAL),
          new Statistic("mean", Shape.PARETO),
          new Statistic("std", Shape.LOG_NORMAL));
  private static final List<Statistic> JITTER =
      List.of(
          new Statistic("weight", Shape.LOG_NORMAL),
          new Statistic("mean", Shape.PARETO),
          new Statistic("std", Shape.RARE));
  private static final List<Statistic> HOSTS = two(Shape.SIGNED, Shape.BOUNDED);
  private static final List<Statistic> PORTS = two(Shape.RARE, Shape.RARE);
  private static final List<Family> FAMILIES =
      List.of(
          new Family("MI_dir", ONE),
          new Family("H", ONE),
          new Family("HH", HOSTS),
          new Family("HH_jit", JITTER),
          new Family("HpHp", PORTS));

  private static List<Statistic> two(Shape covariance, Shape correlation) {
    return List.of(
        new Statistic("weight", Shape.LOG_NORMAL),
        new Statistic("mean", Shape.PARETO),
        new Statistic("std", Shape.LOG_NORMAL),
        new Statistic("magnitude", Shape.PARETO),
        new Statistic("radius", Shape.LOG_NORMAL),
        new Statistic("covariance", covariance),
        new Statistic("pcc", correlation));
  }

  /** Where the rows and their labels are. */
  record Written(Path features, Path labels) {}

  /** Writes two compressed files, or finds those that it wrote before. */
  Written write(Path folder) throws IOException {
    String name = "kitsune-shaped-synthetic-" + rows + "-rows-seed-" + seed;
    var files =
        new Written(folder.resolve(name + ".csv.gz"), folder.resolve(name + "-labels.csv.gz"));
    if (!Files.exists(files.features) || !Files.exists(files.labels)) {
      Files.createDirectories(folder);
      write(files.labels, this::writeLabels);
      write(files.features, this::writeFeatures);
    }
    return files;
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void write(Path file, Content content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    var fast = new GzipParameters();
    fast.setCompressionLevel(1);
    fast.setBufferSize(1 << 16);
    try (OutputStream out = new GzipCompressorOutputStream(Files.newOutputStream(part), fast)) {
      content.writeTo(out);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void writeLabels(OutputStream out) throws IOException {
    var text = new StringBuilder("label\n");
    for (int row = 0; row < rows; row++) {
      text.append(benign(row) ? "benign\n" : "malicious\n");
    }
    out.write(bytes(text));
  }

  private void writeFeatures(OutputStream out) throws IOException {
    var random = new SplittableRandom(new Seed(seed).derive("kitsune-shaped").value());
    var text = new StringBuilder(String.join(",", columns())).append('\n');
    for (int row = 0; row < rows; row++) {
      text.append(row);
      double activity = random.nextGaussian() + (benign(row) ? 0 : DISTANCE);
      for (Family family : FAMILIES) {
        append(family, activity, random, text);
      }
      text.append('\n');
      out.write(bytes(text));
      text.setLength(0);
    }
  }

  private static void append(
      Family family, double activity, SplittableRandom random, StringBuilder text) {
    double[] seen = new double[family.statistics.size()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = 0.7 * activity + 0.7 * random.nextGaussian();
    }
    for (int scale = 0; scale < SCALES.length; scale++) {
      for (int i = 0; i < seen.length; i++) {
        double noise = SCALE_NOISE * (random.nextDouble() - 0.5);
        double value = family.statistics.get(i).shape.of(seen[i], seen[i] + noise);
        text.append(',').append((scale + 1) * value);
      }
    }
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The first rows, as many as the set has of all its rows. */
  private boolean benign(int row) {
    return row < Math.round((double) rows * BENIGN / ROWS);
  }

  private static List<String> columns() {
    List<String> names = new ArrayList<>(List.of("packet"));
    for (Family family : FAMILIES) {
      for (String scale : SCALES) {
        family.statistics.forEach(
            statistic -> names.add(family.name + "_" + scale + "_" + statistic.name));
      }
    }
    return names;
  }

  /** Arguments: a folder, and the number of rows if it is another one. */
  public static void main(String[] args) throws IOException {
    int rows = args.length > 1 ? Integer.parseInt(args[1]) : ROWS;
    Written files = new KitsuneShaped(rows, 1).write(Path.of(args[0]));
    System.out.println("Synthetic data in the shape of Kitsune Mirai: " + files.features);
    System.out.println("Its labels: " + files.labels);
  }
}
