package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.SearchConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HyperbandStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "{type: hyperband, eta: 2}";
  }

  /**
   * Checkpoints are kept from one round to the next: later on a training begins anew, and costs.
   */
  @Test
  void smallSpace_goesOnOnlyFromTheLastRound() {
    SearchConfig config = config(SMALL, "search.candidates=60", "search.max-epochs=70");
    Search search = new Search(config, space(config));
    Set<Integer> last = Set.of();
    Set<Integer> seen = new HashSet<>();
    int again = 0;
    long epochs = 0;
    for (List<Attempt> round = search.next(); !round.isEmpty(); round = search.next()) {
      for (Attempt attempt : round) {
        assertThat(attempt.from() > 0).isEqualTo(last.contains(attempt.candidate()));
        again += attempt.from() == 0 && !seen.add(attempt.candidate()) ? 1 : 0;
        epochs += attempt.until() - attempt.from();
        search.tell(attempt, attempt.point()[0]);
      }
      last = round.stream().map(Attempt::candidate).collect(Collectors.toSet());
    }

    assertThat(again).isPositive();
    assertThat(epochs).isEqualTo(search.spent().epochs()).isBetween(60L, 70L);
    assertThat(search.spent().candidates()).isEqualTo(seen.size());
  }
}
