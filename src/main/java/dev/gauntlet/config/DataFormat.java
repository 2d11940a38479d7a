package dev.gauntlet.config;

import dev.gauntlet.config.DataConfig.Scale;
import dev.gauntlet.config.DataConfig.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** What the files of a search are. */
public enum DataFormat {
  /** By the name of the path. */
  AUTO,
  /** Delimited text, also compressed. */
  TEXT,
  /** NumPy's .npy or .npz. */
  NUMPY,
  /** MNIST's IDX, also compressed. */
  IDX,
  /** CIFAR-10's binary batches: files, a folder of them, or the archive that they come in. */
  CIFAR10,
  /** Class folders of PNG and JPEG files, also in a tar archive, also under train and test. */
  IMAGES,
  /** Spark reads it. */
  PARQUET,
  /** Spark reads it. */
  ORC,
  /** An object per line; Spark reads it. */
  JSON,
  /** A table of Spark's catalog. */
  TABLE,
  /** Sparse text, {@code label index:value ...}; Spark reads it. */
  LIBSVM;

  private static final String PACKED = "(\\.gz|\\.bz2)?";

  /** Whether rows have columns with names to choose from. */
  public boolean named() {
    return this == TEXT || this == PARQUET || this == ORC || this == JSON || this == TABLE;
  }

  /** Whether Spark reads it. */
  public boolean spark() {
    return this == PARQUET || this == ORC || this == JSON || this == TABLE || this == LIBSVM;
  }

  /** Whether columns are pixels. */
  public boolean image() {
    return this == IDX || this == CIFAR10 || this == IMAGES;
  }

  Scale scale() {
    return image() ? Scale.PIXELS : Scale.STANDARDIZE;
  }

  /** What auto is. */
  static DataFormat of(DataFormat given, Source source, String path, String table) {
    if (source != null) {
      return switch (source) {
        case MNIST, FASHION_MNIST -> IDX;
        case CIFAR10 -> CIFAR10;
        case KITSUNE_MIRAI -> TEXT;
      };
    }
    if (table != null) {
      return TABLE;
    }
    return given == AUTO ? of(path) : given;
  }

  private static DataFormat of(String path) {
    DataFormat named = byName(path.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    try (var files = Files.list(Path.of(path))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
          .sorted()
          .map(DataFormat::byName)
          .filter(format -> format != null && format != IMAGES)
          .findFirst()
          .orElse(IMAGES);
    } catch (IOException | InvalidPathException e) {
      return TEXT;
    }
  }

  /** Null for a name that says nothing. */
  private static DataFormat byName(String name) {
    if (name.matches(".*\\.(csv|tsv|txt|data)" + PACKED)) {
      return TEXT;
    }
    if (name.matches(".*\\.np[yz]")) {
      return NUMPY;
    }
    if (name.matches(".*(-idx[0-9]-ubyte|\\.idx[0-9]?)(\\.gz)?")) {
      return IDX;
    }
    if (name.matches(".*\\.bin|.*cifar-10-binary\\.tar\\.gz")) {
      return CIFAR10;
    }
    if (name.matches(".*\\.(tar|tgz|tar\\.gz)")) {
      return IMAGES;
    }
    if (name.matches(".*\\.parquet")) {
      return PARQUET;
    }
    if (name.matches(".*\\.orc")) {
      return ORC;
    }
    if (name.matches(".*\\.(json|jsonl|ndjson)" + PACKED)) {
      return JSON;
    }
    return name.matches(".*\\.(libsvm|svm|svmlight)" + PACKED) ? LIBSVM : null;
  }
}
