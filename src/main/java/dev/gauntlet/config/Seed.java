package dev.gauntlet.config;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * A seed that comes from identity: the seed of the search, then words and numbers that name what it
 * is for (a candidate, a fold, an epoch). Never a thread, a partition or a clock.
 */
public record Seed(long value) implements Serializable {

  /** The seed for a part of what this one is for; equal names give equal seeds. */
  public Seed derive(String word, long... ids) {
    var checksum = new CRC32C();
    checksum.update(word.getBytes(StandardCharsets.UTF_8));
    long mixed = mix(value ^ mix(checksum.getValue()));
    for (long id : ids) {
      mixed = mix(mixed ^ mix(id));
    }
    return new Seed(mixed);
  }

  /** A generator whose algorithm the Java specification fixes. */
  public Random random() {
    return new Random(value);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), after its increment. */
  public static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
