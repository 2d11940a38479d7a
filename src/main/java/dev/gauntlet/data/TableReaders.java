package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.TableBuilder.RawTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The registry of readers. */
final class TableReaders {
  private TableReaders() {}

  /**
   * Reads all files that the configuration names.
   *
   * @throws InvalidInputException with every problem of the files
   */
  static RawTable read(DataConfig config) {
    Path path = Path.of(config.path());
    return switch (config.format()) {
      case TEXT, AUTO -> CsvReader.read(config);
      case NUMPY -> plain(numpy(config, path));
      case IDX -> plain(idx(config, path));
      case CIFAR10 -> plain(cifar(config, path));
      case IMAGES -> plain(ImageFolderReader.read(path, imageSize(config)));
    };
  }

  private static RawTable plain(Table table) {
    return new RawTable(table, null, null, 0);
  }

  /** An archive has features and labels as members; the label names the second. */
  private static Table numpy(DataConfig config, Path path) {
    if (config.path().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      return NpzReader.read(path, "", Optional.ofNullable(config.label()).orElse(""));
    }
    if (config.labels() == null) {
      throw new InvalidInputException(
          "data.labels: missing; the rule: a file of labels for a .npy file. Maybe save both in one"
              + " .npz.");
    }
    Path labels = Path.of(config.labels());
    return config.test() == null
        ? NpyReader.read(path, labels)
        : NpyReader.read(path, labels, Path.of(config.test()), Path.of(config.testLabels()));
  }

  private static Table idx(DataConfig config, Path path) {
    Path labels = Path.of(config.labels());
    return config.test() == null
        ? IdxReader.read(path, labels)
        : IdxReader.read(path, labels, Path.of(config.test()), Path.of(config.testLabels()));
  }

  private static Table cifar(DataConfig config, Path path) {
    Path test = config.test() == null ? path.resolve("test_batch.bin") : Path.of(config.test());
    List<Path> train = Files.isDirectory(path) ? batches(path) : List.of(path);
    return config.test() != null || Files.exists(test)
        ? CifarReader.read(train, test)
        : CifarReader.read(train);
  }

  private static List<Path> batches(Path folder) {
    try (var files = Files.list(folder)) {
      List<Path> batches =
          files
              .filter(file -> file.getFileName().toString().matches("data_batch_[0-9]+\\.bin"))
              .sorted()
              .toList();
      if (batches.isEmpty()) {
        throw new InvalidInputException(
            "data.path: " + folder + ": no data_batch_1.bin; the rule: CIFAR-10's binary files.");
      }
      return batches;
    } catch (IOException e) {
      throw new InvalidInputException(folder + ": cannot be read: " + e.getMessage());
    }
  }

  private static ImageSize imageSize(DataConfig config) {
    if (config.imageSize() == null) {
      return ImageSize.AS_STORED;
    }
    String[] sides = config.imageSize().split("x", 2);
    return new ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
  }
}
