package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.ImageShape;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.Target;
import dev.gauntlet.data.files.SourceFile;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * PNG and JPEG files in class folders, {@code <class>/<image>} or {@code train/<class>/<image>} and
 * {@code test/<class>/<image>}, in a folder or in a tar archive of one, plain or gzipped.
 *
 * <p>Two passes: the first reads names and headers, so that the one array for all values can be
 * made in its final size; the second decodes into it.
 */
public final class ImageFolderReader {
  /** What an array can hold. */
  private static final long MAX_VALUES = (1L << 31) - 8;

  /** Each value is a column with a name. */
  private static final long MAX_ROW_VALUES = 4_000_000;

  private final ImageSource source;
  private final ImageSize size;
  private final Faults faults;

  private ImageFolderReader(ImageSource source, ImageSize size) {
    this.source = source;
    this.size = size;
    this.faults = new Faults(source.name());
  }

  /**
   * A row for each image: 0..255 in channel, height, width order, columns {@code c0_y0_x0} and so
   * on. One channel if all images are grey, else red, green and blue; alpha is ignored. Training
   * rows before test rows, then by class, then by file name, in String order. Labels are the names
   * of the class folders.
   *
   * @param source a folder or an archive; hidden files (".name") in it are ignored
   * @param size bilinear resizing to this; as stored, all images must have one size
   * @throws InvalidInputException with all problems of the source that were found
   */
  public static Table read(Path source, ImageSize size) {
    return read(new SourceFile(source, source.toString()), size);
  }

  static Table read(SourceFile source, ImageSize size) {
    return new ImageFolderReader(ImageSource.at(source), size).read();
  }

  /** Reads an archive from memory. */
  static Table read(String name, byte[] archive, ImageSize size) {
    var source = new TarSource(name, () -> new ByteArrayInputStream(archive));
    return new ImageFolderReader(source, size).read();
  }

  private Table read() {
    try {
      ImageLayout layout = ImageLayout.of(source, ImageTree.of(source, faults), faults);
      ImageShape shape = shape(layout.rows());
      requireOneSize(layout.rows(), shape);
      requireFits(layout.rows().size(), shape);
      float[] values = ImageDecoding.decode(source, layout.rows(), shape, faults);
      faults.throwIfAny();
      return table(layout, shape, values);
    } catch (OutOfMemoryError e) {
      String advice = " Maybe raise -Xmx or set a smaller data.image-size.";
      throw new InvalidInputException(source.name() + ": " + Causes.text(e) + "." + advice);
    }
  }

  private ImageShape shape(List<ImageLayout.Row> rows) {
    if (rows.isEmpty()) {
      faults.throwIfAny();
    }
    boolean grey = rows.stream().allMatch(row -> row.header().grey());
    ImageHeader first = rows.get(0).header();
    int height = size.asStored() ? first.height() : size.height();
    int width = size.asStored() ? first.width() : size.width();
    return new ImageShape(grey ? 1 : 3, height, width);
  }

  private void requireOneSize(List<ImageLayout.Row> rows, ImageShape shape) {
    for (ImageLayout.Row row : rows) {
      if (size.asStored() && !fits(row.header(), shape)) {
        String first = source.name(rows.get(0).path()) + " has " + rows.get(0).header().size();
        faults.add(
            source.name(row.path()),
            row.header().size()
                + " pixels, and "
                + first
                + "; the rule: one size for all images of a source. Maybe data.image-size.");
      }
    }
  }

  /** Before anything is decoded, as it could not be held. */
  private static boolean fits(ImageHeader header, ImageShape shape) {
    return header.width() == shape.width() && header.height() == shape.height();
  }

  private void requireFits(int rows, ImageShape shape) {
    String what = rows + " images of " + shape + " values";
    if (shape.values() > MAX_ROW_VALUES) {
      String rule = "; the rule: at most " + MAX_ROW_VALUES + " for each.";
      faults.add(source.name(), what + rule + " Maybe a smaller data.image-size.");
      faults.throwIfAny();
    }
    if (rows * shape.values() > MAX_VALUES) {
      String rule = "; the rule: at most " + MAX_VALUES + " in all.";
      faults.add(source.name(), what + rule + " Maybe a smaller data.image-size.");
      faults.throwIfAny();
    }
  }

  private static Table table(ImageLayout layout, ImageShape shape, float[] values) {
    int[] labels = layout.rows().stream().mapToInt(ImageLayout.Row::label).toArray();
    return new Table(
        shape.columns(), values, new Target.Labels(labels, layout.classes()), layout.testRows());
  }
}
