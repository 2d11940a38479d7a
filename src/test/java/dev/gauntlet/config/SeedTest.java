package dev.gauntlet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {

  /** Leaderboards of earlier versions depend on these values. */
  @Test
  void derive_sameNames_givesTheSameSeedForEver() {
    Seed seed = new Seed(1234);

    assertThat(seed.derive("search", 3, 0)).isEqualTo(seed.derive("search", 3, 0));
    assertThat(seed.derive("search", 3, 0).value()).isEqualTo(GOLDEN);
  }

  private static final long GOLDEN = 2468791065504591956L;

  @Test
  void derive_otherNames_givesOtherSeeds() {
    Set<Long> values = new HashSet<>();
    for (String word : new String[] {"search", "fold", "split"}) {
      for (int a = 0; a < 100; a++) {
        for (int b = 0; b < 100; b++) {
          values.add(new Seed(1).derive(word, a, b).value());
        }
        values.add(new Seed(1).derive(word, a).value());
      }
    }

    assertThat(values).hasSize(3 * (100 * 100 + 100));
  }
}
