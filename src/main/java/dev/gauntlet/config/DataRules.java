package dev.gauntlet.config;

import dev.gauntlet.config.DataConfig.Source;

/** Which keys of {@link DataConfig} go together. */
final class DataRules {
  private DataRules() {}

  /** Exactly one place, but a source may lie in a folder. */
  static void place(Source source, String path, String table) {
    if (source == null && path == null && table == null) {
      throw new IllegalArgumentException(
          "path: missing; the rule: a file or folder, or a source, or a spark-table.");
    }
    if (table != null && (source != null || path != null)) {
      throw new IllegalArgumentException(
          "spark-table: it goes with neither path nor source. Maybe remove it.");
    }
  }

  static void check(
      DataFormat format,
      Source source,
      String label,
      String labels,
      String test,
      String testLabels,
      String imageSize) {
    if (source != null) {
      if (label != null || labels != null || test != null || testLabels != null) {
        throw new IllegalArgumentException(
            "label, labels, test and test-labels: a source names its own. Maybe remove them.");
      }
      return;
    }
    if (format.named() && label == null && labels == null) {
      throw new IllegalArgumentException(
          "label: missing; the rule: the column to predict, or labels with a file of them.");
    }
    if (format.spark() && labels != null) {
      throw new IllegalArgumentException(
          "labels: format "
              + Names.word(format)
              + " has them in the rows. Maybe label with a column.");
    }
    if (format == DataFormat.TABLE && test != null) {
      throw new IllegalArgumentException(
          "test: a path, and the rows are in a table. Maybe remove it: test rows are split off.");
    }
    if (format == DataFormat.IDX && labels == null) {
      throw new IllegalArgumentException(
          "labels: missing; the rule: a file of labels for a file of images.");
    }
    boolean own = labels != null;
    if (test != null && own != (testLabels != null)) {
      throw new IllegalArgumentException(
          "test: "
              + (own ? "its labels are missing" : "its labels are in it, as in path")
              + "; the rule: the test file is like the first. Maybe "
              + (own ? "add" : "remove")
              + " test-labels.");
    }
    if (test == null && testLabels != null) {
      throw new IllegalArgumentException("test-labels: they need test.");
    }
    if (format == DataFormat.IMAGES && (own || test != null || label != null)) {
      throw new IllegalArgumentException(
          "label, labels and test: folders of images name their labels and test rows themselves."
              + " Maybe remove them.");
    }
    if (imageSize != null && format != DataFormat.IMAGES) {
      throw new IllegalArgumentException("image-size: it is for format images.");
    }
    if (imageSize != null && !imageSize.matches("[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          "image-size: " + imageSize + "; the rule: WIDTHxHEIGHT. Maybe 32x32.");
    }
  }

  static void absent(DataFormat format, boolean absent, String what) {
    if (!absent) {
      throw new IllegalArgumentException(
          what + "; format is " + Names.word(format) + ". Maybe remove them.");
    }
  }
}
