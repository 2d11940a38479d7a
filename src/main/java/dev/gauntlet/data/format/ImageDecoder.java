package dev.gauntlet.data.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** PNG and JPEG through the JDK, told by their first bytes whatever the file is called. */
final class ImageDecoder {
  // Looked up once: the registry of readers is not made for many threads.
  private static final ImageReaderSpi PNG = provider("png");
  private static final ImageReaderSpi JPEG = provider("jpeg");

  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private ImageDecoder() {}

  private static ImageReaderSpi provider(String format) {
    return ImageIO.getImageReadersByFormatName(format).next().getOriginatingProvider();
  }

  /**
   * @throws IOException if these bytes are no image, or one that is too large to decode
   */
  static ImageHeader header(byte[] bytes) throws IOException {
    return read(bytes, reader -> header(reader, bytes));
  }

  /**
   * @param expected what {@link #header} gave for the same file earlier
   * @throws IOException if the image is damaged, or no longer what it was
   */
  static BufferedImage decode(byte[] bytes, ImageHeader expected) throws IOException {
    return read(
        bytes,
        reader -> {
          if (!header(reader, bytes).equals(expected)) {
            throw new IOException("it changed while the source was read");
          }
          return whole(reader);
        });
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) throws IOException {
    ImageReader reader = reader(bytes);
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      // Without metadata: text and profiles in it are packed and may be of any size.
      reader.setInput(stream, true, true);
      return reading.from(reader);
    } catch (RuntimeException | OutOfMemoryError e) {
      // The readers of the JDK take many fields at their word.
      throw new IOException(Causes.text(e), e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(byte[] bytes) throws IOException {
    if (PngChunks.startsWithSignature(bytes)) {
      PngChunks.check(bytes);
      return PNG.createReaderInstance();
    }
    if (bytes.length > 2
        && bytes[0] == (byte) 0xFF
        && bytes[1] == (byte) 0xD8
        && bytes[2] == (byte) 0xFF) {
      return JPEG.createReaderInstance();
    }
    throw new IOException(bytes.length == 0 ? "no bytes" : "its first bytes are of neither");
  }

  private static ImageHeader header(ImageReader reader, byte[] bytes) throws IOException {
    boolean png = PngChunks.startsWithSignature(bytes);
    boolean grey = png ? PngChunks.grey(bytes) : grey(reader.getImageTypes(0));
    var header = new ImageHeader(reader.getWidth(0), reader.getHeight(0), grey);
    if (header.tooLarge()) {
      throw new IOException("it declares " + header.size() + " pixels");
    }
    return header;
  }

  private static boolean grey(Iterator<ImageTypeSpecifier> types) throws IOException {
    if (!types.hasNext()) {
      throw new IOException("its colours are neither grey nor RGB");
    }
    return types.next().getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static BufferedImage whole(ImageReader reader) throws IOException {
    var damage = new String[1];
    reader.addIIOReadWarningListener((source, warning) -> damage[0] = first(damage[0], warning));
    BufferedImage image = reader.read(0);
    if (damage[0] != null) {
      throw new IOException(damage[0]);
    }
    return image;
  }

  /**
   * A JPEG that is cut off gives an image whose rest is grey, and only a warning. Stray bytes
   * between its parts are common, as cameras write them, and change no pixel.
   */
  private static String first(String earlier, String warning) {
    boolean damaged =
        warning.startsWith("Premature end")
            || (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous"));
    return Optional.ofNullable(earlier).orElse(damaged ? warning : null);
  }
}
