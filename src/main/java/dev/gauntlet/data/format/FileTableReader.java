package dev.gauntlet.data.format;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.TableReader;
import dev.gauntlet.data.cache.TableCache;
import dev.gauntlet.data.files.DataFiles;
import dev.gauntlet.data.files.SourceFile;
import dev.gauntlet.data.files.TransferListener;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every format that is read without Spark. */
public final class FileTableReader implements TableReader {
  private final TransferListener listener;
  private final TableCache cache;

  /** In silence, with the user's cache. */
  public FileTableReader() {
    this(TransferListener.SILENT);
  }

  /**
   * With the user's cache.
   *
   * @param listener hears of files that are not on this machine yet
   */
  public FileTableReader(TransferListener listener) {
    this(listener, TableCache.standard());
  }

  public FileTableReader(TransferListener listener, TableCache cache) {
    this.listener = listener;
    this.cache = cache;
  }

  /** By way of the cache, where reading is slow: text is parsed, images are decoded. */
  @Override
  public Table read(DataConfig config, Task task) {
    DataFiles files = DataFiles.of(config, listener);
    boolean slow = config.format() == DataFormat.TEXT || config.format() == DataFormat.IMAGES;
    return slow && config.cache()
        ? cache.get(config, task, files, () -> parse(config, task, files))
        : parse(config, task, files);
  }

  private static Table parse(DataConfig config, Task task, DataFiles files) {
    return switch (config.format()) {
      case TEXT -> CsvReader.read(config, task, files);
      case NUMPY -> numpy(config, task, files);
      case IDX -> idx(task, files);
      case CIFAR10 -> {
        requireClasses(config, task);
        yield CifarReader.readBlobs(blobs(files.rows()), blobs(files.test()));
      }
      case IMAGES -> {
        requireClasses(config, task);
        yield ImageFolderReader.read(files.rows().get(0), imageSize(config));
      }
      default -> throw new IllegalArgumentException("Spark reads " + Names.word(config.format()));
    };
  }

  private static void requireClasses(DataConfig config, Task task) {
    if (task == Task.REGRESSION) {
      throw new InvalidInputException(
          "task: regression, and the labels of format "
              + Names.word(config.format())
              + " are classes. Maybe classification.");
    }
  }

  /** An archive has features and labels as members; the label names the second. */
  private static Table numpy(DataConfig config, Task task, DataFiles files) {
    Blob rows = only(files.rows());
    if (rows.name().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      return NpzReader.read(rows, Optional.ofNullable(config.label()).orElse(""), task);
    }
    if (files.labels().isEmpty()) {
      throw new InvalidInputException(
          "data.labels: missing; the rule: a file of labels for a .npy file. Maybe save both in one"
              + " .npz.");
    }
    LabelledArrays train = NpyReader.arrays(rows, only(files.labels()));
    return files.test().isEmpty()
        ? train.table(NpyReader.COLUMN, task)
        : train.tableWithTest(
            NpyReader.COLUMN, NpyReader.arrays(only(files.test()), only(files.testLabels())), task);
  }

  private static Table idx(Task task, DataFiles files) {
    LabelledArrays train = IdxReader.arrays(only(files.rows()), only(files.labels()));
    return files.test().isEmpty()
        ? train.table(IdxReader.COLUMN, task)
        : train.tableWithTest(
            IdxReader.COLUMN, IdxReader.arrays(only(files.test()), only(files.testLabels())), task);
  }

  private static Blob only(List<SourceFile> files) {
    return Blob.of(files.get(0));
  }

  private static List<Blob> blobs(List<SourceFile> files) {
    return files.stream().map(Blob::of).toList();
  }

  private static ImageSize imageSize(DataConfig config) {
    if (config.imageSize() == null) {
      return ImageSize.AS_STORED;
    }
    String[] sides = config.imageSize().split("x", 2);
    return new ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
  }
}
