package dev.gauntlet.data.format;

import java.util.ArrayList;
import java.util.List;

/** Rows of one width, as many as come. Whole rows per block, so that blocks are laid end to end. */
final class FloatBlocks {
  private static final int BLOCK = 1 << 22;

  private final int width;
  private final List<float[]> blocks = new ArrayList<>();
  private int inBlock;

  FloatBlocks(int width) {
    this.width = width;
  }

  void add(float[] row) {
    if (blocks.isEmpty() || inBlock + width > blocks.get(blocks.size() - 1).length) {
      blocks.add(new float[Math.max(1, BLOCK / width) * width]);
      inBlock = 0;
    }
    System.arraycopy(row, 0, blocks.get(blocks.size() - 1), inBlock, width);
    inBlock += width;
  }

  /** The first rows, which are let go of here. */
  float[] take(int rows) {
    float[] values = new float[rows * width];
    int offset = 0;
    while (!blocks.isEmpty()) {
      float[] block = blocks.remove(0);
      int length = Math.min(block.length, values.length - offset);
      System.arraycopy(block, 0, values, offset, length);
      offset += length;
    }
    return values;
  }
}
