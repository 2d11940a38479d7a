package dev.gauntlet.data.format;

import dev.gauntlet.data.ImageShape;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Turns a decoded image into the values of a row. */
final class Pixels {
  private Pixels() {}

  /** Brings the image to the shape and writes 0..255 to {@code target[offset ..]}. */
  static void write(BufferedImage image, ImageShape shape, float[] target, int offset) {
    BufferedImage rgb = resized(opaque(image), shape);
    int plane = shape.height() * shape.width();
    int[] row = new int[shape.width()];
    for (int y = 0; y < shape.height(); y++) {
      rgb.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int channel = 0; channel < shape.channels(); channel++) {
        int start = offset + channel * plane + y * row.length;
        int shift = 16 - 8 * channel;
        for (int x = 0; x < row.length; x++) {
          target[start + x] = row[x] >> shift & 0xFF;
        }
      }
    }
  }

  /** Without alpha, which drawing would mix with black; grey becomes red = green = blue. */
  private static BufferedImage opaque(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return image;
    }
    int width = image.getWidth();
    var rgb = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
    boolean grey = storesGrey(image);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      if (grey) {
        greyRow(image.getRaster(), y, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
      rgb.setRGB(0, y, width, 1, row, 0, width);
    }
    return rgb;
  }

  private static boolean storesGrey(BufferedImage image) {
    var model = image.getColorModel();
    return !(model instanceof IndexColorModel)
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /** As stored: {@code getRGB} takes grey for linear light and would make about 56 of 10. */
  private static void greyRow(Raster raster, int y, int[] row) {
    int max = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    for (int x = 0; x < row.length; x++) {
      int grey = (raster.getSample(x, y, 0) * 255 + max / 2) / max;
      row[x] = grey * 0x010101;
    }
  }

  /** Bilinear; the same on every machine, as it is drawn in memory by the JDK. */
  private static BufferedImage resized(BufferedImage image, ImageShape shape) {
    if (image.getWidth() == shape.width() && image.getHeight() == shape.height()) {
      return image;
    }
    var small = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, shape.width(), shape.height(), null);
    graphics.dispose();
    return small;
  }
}
