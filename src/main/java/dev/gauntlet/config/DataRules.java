package dev.gauntlet.config;

import dev.gauntlet.config.DataConfig.Format;

/** Which keys of {@link DataConfig} go together. */
final class DataRules {
  private DataRules() {}

  static void check(
      Format format,
      String label,
      String labels,
      String test,
      String testLabels,
      String imageSize) {
    boolean text = format == Format.TEXT;
    if (text && label == null && labels == null) {
      throw new IllegalArgumentException(
          "label: missing; the rule: the column to predict, or labels with a file of them.");
    }
    if (format == Format.IDX && labels == null) {
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
    if (format == Format.IMAGES && (own || test != null || label != null)) {
      throw new IllegalArgumentException(
          "label, labels and test: folders of images name their labels and test rows themselves."
              + " Maybe remove them.");
    }
    if (imageSize != null && format != Format.IMAGES) {
      throw new IllegalArgumentException("image-size: it is for format images.");
    }
    if (imageSize != null && !imageSize.matches("[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          "image-size: " + imageSize + "; the rule: WIDTHxHEIGHT. Maybe 32x32.");
    }
  }

  static void textOnly(Format format, boolean absent, String what) {
    if (!absent) {
      throw new IllegalArgumentException(
          what + " for text; format is " + Names.word(format) + ". Maybe remove them.");
    }
  }
}
