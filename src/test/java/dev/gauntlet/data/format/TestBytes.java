package dev.gauntlet.data.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small binary files, written by hand. */
public final class TestBytes {
  private TestBytes() {}

  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  public static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A .npy file of version 1.0. */
  public static byte[] npy(String header, byte[] items) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] start = bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, text.length & 0xff, text.length >> 8);
    return join(start, text, items);
  }

  public static byte[] npy(String type, boolean fortran, String shape, byte[] items) {
    String order = fortran ? "True" : "False";
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, order, shape);
    return npy(header, items);
  }

  public static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  public static byte[] doubles(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  public static byte[] idx(int type, int[] shape, byte... items) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * shape.length);
    header.put(bytes(0, 0, type, shape.length));
    for (int side : shape) {
      header.putInt(side);
    }
    return join(header.array(), items);
  }

  /** Records of the given labels, pixel i being label + i. */
  public static byte[] cifar(int... labels) {
    var out = new ByteArrayOutputStream();
    for (int label : labels) {
      out.write(label);
      for (int i = 0; i < 3072; i++) {
        out.write(label + i);
      }
    }
    return out.toByteArray();
  }

  public static byte[] gzip(byte[] content) {
    var out = new ByteArrayOutputStream();
    write(
        () -> {
          try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
          }
        });
    return out.toByteArray();
  }

  /**
   * @param namesAndContents a name, its bytes, a name, ...
   */
  public static byte[] zip(boolean compress, Object... namesAndContents) {
    var out = new ByteArrayOutputStream();
    write(
        () -> {
          try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
              byte[] content = (byte[]) namesAndContents[i + 1];
              zip.putNextEntry(entry((String) namesAndContents[i], content, compress));
              zip.write(content);
            }
          }
        });
    return out.toByteArray();
  }

  private static ZipEntry entry(String name, byte[] content, boolean compress) {
    ZipEntry entry = new ZipEntry(name);
    if (!compress) {
      CRC32 sum = new CRC32();
      sum.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(sum.getValue());
    }
    return entry;
  }

  private interface Write {
    void run() throws IOException;
  }

  private static void write(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
