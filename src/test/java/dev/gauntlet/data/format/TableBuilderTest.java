package dev.gauntlet.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TableBuilderTest {
  private static final String ALPHABET = "0123456789.eE+-xXpPfFdD NaInity_";

  /** The JDK's parser is the slower one, and right. */
  @Test
  void number_anyText_isWhatTheJdkParses() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 300_000; i++) {
      String text = text(random, i % 6);
      assertThat(Float.floatToIntBits(TableBuilder.number(text)))
          .as(text)
          .isEqualTo(Float.floatToIntBits(jdk(text)));
    }
  }

  private static float jdk(String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  private static String text(SplittableRandom random, int kind) {
    return switch (kind) {
      case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
      case 1 -> Float.toString(Float.intBitsToFloat(random.nextInt()));
      case 2 -> betweenTwoFloats(random);
      case 3 -> random.nextInt(-100_000, 100_000) + "." + random.nextInt(1_000_000);
      case 4 -> random.nextLong() + "." + (random.nextLong() >>> 1) + "e" + random.nextInt(-60, 40);
      default ->
          random
              .ints(random.nextInt(1, 9), 0, ALPHABET.length())
              .mapToObj(i -> ALPHABET.substring(i, i + 1))
              .reduce("", String::concat);
    };
  }

  /** The hard case: exactly in the middle, or a digit past it. */
  private static String betweenTwoFloats(SplittableRandom random) {
    float low = Float.intBitsToFloat(random.nextInt(Float.floatToIntBits(Float.MAX_VALUE)));
    double middle = ((double) low + Math.nextUp(low)) / 2;
    return new BigDecimal(middle).toPlainString() + (low < 1e6 ? random.nextInt(3) : "");
  }
}
