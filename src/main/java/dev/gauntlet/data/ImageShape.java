package dev.gauntlet.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one shape of all rows of a source: values lie in channel, then height, then width order. */
public record ImageShape(int channels, int height, int width) {
  private static final Pattern CORNER =
      Pattern.compile("c([0-9]{1,4})_y([0-9]{1,6})_x([0-9]{1,6})");

  public long values() {
    return (long) channels * height * width;
  }

  /**
   * The shape that names of columns tell: those of {@link #columns}, or {@code pixel0}, {@code
   * pixel1} ... of square images of one channel or three, as in MNIST and CIFAR.
   */
  static Optional<ImageShape> of(List<Column> columns) {
    String last = columns.get(columns.size() - 1).name();
    Matcher corner = CORNER.matcher(last);
    ImageShape shape = corner.matches() ? upTo(corner) : null;
    if (last.equals("pixel" + (columns.size() - 1))) {
      int channels = isSquare(columns.size()) ? 1 : 3;
      int pixels = columns.size() / channels;
      int side = (int) Math.sqrt(pixels);
      shape = new ImageShape(channels, side, side);
    }
    return Optional.ofNullable(shape).filter(found -> found.values() == columns.size());
  }

  private static ImageShape upTo(Matcher corner) {
    return new ImageShape(
        Integer.parseInt(corner.group(1)) + 1,
        Integer.parseInt(corner.group(2)) + 1,
        Integer.parseInt(corner.group(3)) + 1);
  }

  private static boolean isSquare(int count) {
    int side = (int) Math.sqrt(count);
    return side * side == count;
  }

  /** {@code c0_y0_x0}, {@code c0_y0_x1}, ... in the order of the values. */
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>((int) values());
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          columns.add(Column.numeric("c" + channel + "_y" + y + "_x" + x));
        }
      }
    }
    return columns;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
