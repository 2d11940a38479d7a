package dev.gauntlet.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Labelled rows, unscaled, in the order of their file. Held once per JVM as one flat array. */
public final class Dataset implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> columns;
  private final List<String> classes;
  private final float[] features;
  private final int[] labels;
  private final String fingerprint;

  /**
   * @param columns names of the features
   * @param classes names of the classes, sorted
   * @param features row after row, {@code labels.length x columns.size()}, all finite
   * @param labels places in {@code classes}, one per row
   */
  public Dataset(List<String> columns, List<String> classes, float[] features, int[] labels) {
    if (features.length != labels.length * columns.size()) {
      throw new IllegalArgumentException(
          features.length + " features for " + labels.length + " rows of " + columns.size());
    }
    this.columns = List.copyOf(columns);
    this.classes = List.copyOf(classes);
    this.features = features;
    this.labels = labels;
    this.fingerprint = digest();
  }

  public List<String> columns() {
    return columns;
  }

  public List<String> classes() {
    return classes;
  }

  public int rows() {
    return labels.length;
  }

  /** The label of a row, as a place in {@link #classes}. */
  public int label(int row) {
    return labels[row];
  }

  public float feature(int row, int column) {
    return features[row * columns.size() + column];
  }

  /** Copies the features of a row to {@code target[offset ..]}. */
  public void copyRow(int row, float[] target, int offset) {
    System.arraycopy(features, row * columns.size(), target, offset, columns.size());
  }

  /** SHA-256 of names, features and labels, as 64 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint;
  }

  /** How many of the given rows each class has. */
  public int[] classCounts(int[] rows) {
    int[] counts = new int[classes.size()];
    for (int row : rows) {
      counts[labels[row]]++;
    }
    return counts;
  }

  private String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((columns + "\n" + classes + "\n").getBytes(StandardCharsets.UTF_8));
      ByteBuffer row = ByteBuffer.allocate(4 * (columns.size() + 1));
      for (int i = 0; i < labels.length; i++) {
        row.clear();
        row.asFloatBuffer().put(features, i * columns.size(), columns.size());
        row.putInt(4 * columns.size(), labels[i]);
        sha.update(row);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
