package dev.gauntlet.engine.fused;

import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Encoded and scaled rows as one matrix. Trainings on the same rows share one, which goes when
 * nobody trains on them any more, or when memory is short.
 */
final class Matrices {
  /** Larger ones are made batch by batch. */
  private static final long LIMIT = Runtime.getRuntime().maxMemory() / 4 / Float.BYTES;

  private static final Map<int[], SoftReference<Made>> MADE = new WeakHashMap<>();

  private Matrices() {}

  private record Made(Preprocessor preprocessor, float[] values) {}

  /** {@code rows.size() x rows.features()}; null if that is large. */
  static float[] of(Rows rows) {
    long size = (long) rows.size() * rows.features();
    if (size > Math.min(LIMIT, Integer.MAX_VALUE - 8)) {
      return null;
    }
    synchronized (MADE) {
      SoftReference<Made> reference = MADE.get(rows.index());
      Made made = reference == null ? null : reference.get();
      if (made == null || !made.preprocessor().equals(rows.preprocessor())) {
        made = new Made(rows.preprocessor(), rows.matrix());
        MADE.put(rows.index(), new SoftReference<>(made));
      }
      return made.values();
    }
  }
}
