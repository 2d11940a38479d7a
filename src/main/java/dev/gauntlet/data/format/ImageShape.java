package dev.gauntlet.data.format;

import dev.gauntlet.data.Column;
import java.util.ArrayList;
import java.util.List;

/** The one shape of all rows of a source: values lie in channel, then height, then width order. */
record ImageShape(int channels, int height, int width) {
  long values() {
    return (long) channels * height * width;
  }

  boolean fits(ImageHeader header) {
    return header.width() == width && header.height() == height;
  }

  /** {@code c0_y0_x0}, {@code c0_y0_x1}, ... in the order of the values. */
  List<Column> columns() {
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
