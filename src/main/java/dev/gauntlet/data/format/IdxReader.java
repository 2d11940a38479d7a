package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/**
 * Pairs of IDX files, plain or packed by gzip: the format of MNIST and its relatives. Two zero
 * bytes, a type, the number of dimensions, each dimension in 4 bytes, the items; all big-endian.
 */
public final class IdxReader {
  static final String COLUMN = "pixel";

  private static final Map<Integer, Item> TYPES =
      Map.of(
          0x08, new Item(Item.Kind.UNSIGNED, 1, ByteOrder.BIG_ENDIAN),
          0x09, new Item(Item.Kind.SIGNED, 1, ByteOrder.BIG_ENDIAN),
          0x0B, new Item(Item.Kind.SIGNED, 2, ByteOrder.BIG_ENDIAN),
          0x0C, new Item(Item.Kind.SIGNED, 4, ByteOrder.BIG_ENDIAN),
          0x0D, new Item(Item.Kind.FLOAT, 4, ByteOrder.BIG_ENDIAN),
          0x0E, new Item(Item.Kind.FLOAT, 8, ByteOrder.BIG_ENDIAN));

  private IdxReader() {}

  /**
   * @param features rows x anything; columns are named {@code pixel0}, {@code pixel1}, ... and
   *     values are as stored, 0..255 for images
   * @param labels whole numbers, one per row
   * @throws InvalidInputException if a file is damaged or of another format, or the two have
   *     different numbers of rows
   */
  public static Table read(Path features, Path labels) {
    return arrays(Blob.of(features), Blob.of(labels)).table(COLUMN, Task.CLASSIFICATION);
  }

  /** As {@link #read(Path, Path)}; the last rows are the test rows. */
  public static Table read(Path features, Path labels, Path testFeatures, Path testLabels) {
    LabelledArrays train = arrays(Blob.of(features), Blob.of(labels));
    return train.tableWithTest(
        COLUMN, arrays(Blob.of(testFeatures), Blob.of(testLabels)), Task.CLASSIFICATION);
  }

  static Table read(Blob features, Blob labels) {
    return arrays(features, labels).table(COLUMN, Task.CLASSIFICATION);
  }

  static LabelledArrays arrays(Blob features, Blob labels) {
    return new LabelledArrays(array(features.unpacked()), array(labels.unpacked()));
  }

  private static StoredArray array(Blob blob) {
    try (ByteSource source = blob.open()) {
      byte[] magic = source.take(4, "the magic number");
      Item item = TYPES.get((int) magic[2]);
      if (magic[0] != 0 || magic[1] != 0 || item == null || magic[3] < 1) {
        throw blob.problemAt(
            0,
            "magic number " + HexFormat.ofDelimiter(" ").formatHex(magic),
            "00 00, a type (08, 09, 0b, 0c, 0d or 0e) and 1 to 127 dimensions",
            "it is no IDX file");
      }
      ByteBuffer sides = ByteBuffer.wrap(source.take(4 * magic[3], "a shape"));
      long[] shape = new long[magic[3]];
      for (int d = 0; d < shape.length; d++) {
        shape[d] = Integer.toUnsignedLong(sides.getInt());
      }
      return StoredArray.of(blob, shape, 4, false, item, source.position());
    }
  }
}
