package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Seed;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every strategy must keep. */
abstract class AbstractSearchStrategyTest {
  abstract SearchConfig config();

  SearchSpace space() {
    return new SearchSpace(config().space(), 30, 2);
  }

  SearchStrategy strategy(SearchSpace space) {
    return Strategies.of(config().search(), space, new Seed(config().seed()));
  }

  @Test
  void point_anyIndex_liesInTheUnitCube() {
    SearchSpace space = space();
    SearchStrategy strategy = strategy(space);

    for (int i = 0; i < strategy.size(); i++) {
      assertThat(strategy.point(i)).hasSize(space.dimensions());
      for (double coordinate : strategy.point(i)) {
        assertThat(coordinate).isBetween(0.0, 1.0);
      }
    }
  }

  /** Arbiter's random generator fails this: its candidate i depends on the calls before. */
  @Test
  void candidate_askedForInAnyOrder_isTheSame() {
    SearchSpace forward = space();
    SearchStrategy first = strategy(forward);
    SearchSpace backward = space();
    SearchStrategy second = strategy(backward);

    for (int i = first.size() - 1; i >= 0; i--) {
      Candidate late = backward.candidate(i, second.point(i));
      int other = first.size() - 1 - i;
      assertThat(forward.candidate(other, first.point(other)))
          .isEqualTo(backward.candidate(other, second.point(other)));
      assertThat(late).isEqualTo(forward.candidate(i, first.point(i)));
    }
  }

  @Test
  void candidates_areDistinct() {
    SearchSpace space = space();
    Set<Object> seen = new HashSet<>();
    Strategies.candidates(strategy(space), space)
        .forEach(candidate -> seen.add(candidate.hyperparameters()));

    assertThat(seen).hasSize(strategy(space).size());
  }
}
