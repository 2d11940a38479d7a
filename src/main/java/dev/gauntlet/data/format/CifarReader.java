package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10 in its binary version: records of a label (0..9) and 32 x 32 pixels, first all red, then
 * all green, then all blue, row after row.
 */
public final class CifarReader {
  private static final int PIXELS = 3 * 32 * 32;
  private static final int RECORD = 1 + PIXELS;
  private static final List<String> NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private final float[] values;
  private final LabelNumbers labels;
  private int size;

  private CifarReader(Blob first, long rows) {
    values = Values.allocate(first, rows * PIXELS, float[]::new);
    labels = new LabelNumbers(Values.allocate(first, rows, int[]::new));
  }

  /**
   * @param train files such as {@code data_batch_1.bin}, at least one, or the archive of them all,
   *     whose test batch gives test rows; columns are named {@code pixel0} .. {@code pixel3071},
   *     values are 0..255
   * @throws InvalidInputException if a file is not a whole number of records, or a label is not
   *     0..9
   */
  public static Table read(List<Path> train) {
    return readBlobs(train.stream().map(Blob::of).toList(), List.of());
  }

  /**
   * As {@link #read(List)}; the last rows are the test rows.
   *
   * @param test a file such as {@code test_batch.bin}
   */
  public static Table read(List<Path> train, Path test) {
    return readBlobs(train.stream().map(Blob::of).toList(), List.of(Blob.of(test)));
  }

  /**
   * @param train batches and archives
   * @param test as {@code train}; empty for the test batches of the archives
   */
  static Table readBlobs(List<Blob> train, List<Blob> test) {
    if (train.isEmpty()) {
      throw new InvalidInputException("CIFAR-10: no file; the rule: at least one of training.");
    }
    List<Blob> batches = new ArrayList<>();
    List<Blob> testBatches = new ArrayList<>();
    for (Blob file : train) {
      if (CifarArchive.isArchive(file)) {
        var archive = CifarArchive.of(file);
        batches.addAll(present(file, archive.train(), "data_batch_1.bin"));
        testBatches.addAll(archive.test());
      } else {
        batches.add(file);
      }
    }
    return table(batches, test.isEmpty() ? testBatches : testBatches(test));
  }

  private static List<Blob> testBatches(List<Blob> files) {
    List<Blob> batches = new ArrayList<>();
    for (Blob file : files) {
      batches.addAll(
          CifarArchive.isArchive(file)
              ? present(file, CifarArchive.of(file).test(), "test_batch.bin")
              : List.of(file));
    }
    return batches;
  }

  private static List<Blob> present(Blob archive, List<Blob> batches, String name) {
    if (batches.isEmpty()) {
      throw archive.problem(
          "no " + name + " in it",
          "CIFAR-10's batches",
          "it is not the binary version of CIFAR-10");
    }
    return batches;
  }

  private static Table table(List<Blob> train, List<Blob> test) {
    List<Blob> files = new ArrayList<>(train);
    files.addAll(test);
    long rows = files.stream().mapToLong(CifarReader::rows).sum();
    var reader = new CifarReader(train.get(0), rows);
    files.forEach(reader::add);
    int testRows = (int) test.stream().mapToLong(CifarReader::rows).sum();
    List<Column> columns = LabelledArrays.columns("pixel", PIXELS);
    return new Table(columns, reader.values, reader.labels.target(), testRows);
  }

  private static long rows(Blob file) {
    long rest = file.size() % RECORD;
    if (file.size() == 0 || rest != 0) {
      throw file.problemAt(
          file.size() - rest,
          "a record of " + RECORD + " bytes, but " + rest + " follow",
          "one or more whole records",
          "it is truncated, or not the binary version of CIFAR-10");
    }
    return file.size() / RECORD;
  }

  private void add(Blob file) {
    byte[] record = new byte[RECORD];
    try (ByteSource source = file.open()) {
      while (source.left() > 0) {
        long at = source.position();
        source.fill(record, RECORD);
        labels.add(name(file, at, record[0] & 0xff));
        for (int i = 1; i < RECORD; i++) {
          values[size++] = record[i] & 0xff;
        }
      }
    }
  }

  private static String name(Blob file, long at, int label) {
    if (label >= NAMES.size()) {
      throw file.problemAt(
          at, "label " + label, "0 to 9", "it is packed, or not the binary version of CIFAR-10");
    }
    return NAMES.get(label);
  }
}
