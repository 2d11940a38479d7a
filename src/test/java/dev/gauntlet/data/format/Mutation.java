package dev.gauntlet.data.format;

import java.util.Arrays;
import java.util.Random;

/** Damages files as disks, downloads and enemies do. */
final class Mutation {
  private static final int[] EXTREMES = {0, 1, 0x7f, 0x80, 0xff};

  private Mutation() {}

  /** A copy with one to three changes. */
  static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes, random);
    }
    return bytes;
  }

  private static byte[] change(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    return switch (random.nextInt(6)) {
      case 0 -> flip(bytes, random);
      case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> insert(bytes, random);
      case 3 -> extreme(bytes, random);
      case 4 -> digit(bytes, random);
      default -> swap(bytes, random);
    };
  }

  private static byte[] flip(byte[] bytes, Random random) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private static byte[] insert(byte[] bytes, Random random) {
    byte[] more = new byte[1 + random.nextInt(8)];
    random.nextBytes(more);
    int at = random.nextInt(bytes.length + 1);
    return TestBytes.join(
        Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
  }

  /** A field of 1, 2, 4 or 8 bytes, most often in the header. */
  private static byte[] extreme(byte[] bytes, Random random) {
    int at = random.nextInt(random.nextInt(4) == 0 ? bytes.length : Math.min(bytes.length, 100));
    int end = Math.min(bytes.length, at + (1 << random.nextInt(4)));
    byte first = (byte) EXTREMES[random.nextInt(EXTREMES.length)];
    byte rest = (byte) EXTREMES[random.nextInt(EXTREMES.length)];
    Arrays.fill(bytes, at, end, rest);
    bytes[at] = first;
    return bytes;
  }

  /** More digits in a number of a text header. */
  private static byte[] digit(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    for (int i = at; i < Math.min(bytes.length, at + 200); i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        byte[] nines = new byte[1 + random.nextInt(20)];
        Arrays.fill(nines, (byte) ('0' + random.nextInt(10)));
        return TestBytes.join(
            Arrays.copyOf(bytes, i), nines, Arrays.copyOfRange(bytes, i, bytes.length));
      }
    }
    return flip(bytes, random);
  }

  private static byte[] swap(byte[] bytes, Random random) {
    int a = random.nextInt(bytes.length);
    int b = random.nextInt(bytes.length);
    byte kept = bytes[a];
    bytes[a] = bytes[b];
    bytes[b] = kept;
    return bytes;
  }
}
