package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HalvingStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "halving";
  }

  /**
   * Most proposals of the first stage are known there; its candidates are promoted all the same.
   */
  @Test
  void smallSpace_isTrainedToTheEnd() {
    List<Attempt> attempts =
        attempts(config(SMALL, "search.candidates=5000"), one -> one.point()[0]);

    assertThat(attempts).extracting(Attempt::until).startsWith(1).endsWith(9);
    assertThat(attempts).filteredOn(one -> one.until() == 1).hasSize(12);
  }
}
