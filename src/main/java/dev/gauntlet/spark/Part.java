package dev.gauntlet.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What a partition has sent.
 *
 * @param next the row to go on with; -1 at the end
 * @param fault what is wrong with the row after the last one that was sent; null for nothing
 * @param broken whether the fault is that rows cannot be read at all
 */
record Part(List<Chunk> chunks, long next, String fault, boolean broken) implements Serializable {
  static final long END = -1;

  boolean ended() {
    return next == END;
  }
}
