package dev.gauntlet;

import dev.gauntlet.config.Durations;
import dev.gauntlet.config.Metric.Direction;
import dev.gauntlet.config.StrategyConfig;
import dev.gauntlet.search.Attempt;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.Search;
import dev.gauntlet.search.SearchSpace;
import dev.gauntlet.train.Stage;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** The rounds of a search, trained. */
final class SearchPhase {
  private final Experiment experiment;
  private final SearchSpace space;
  private final Search search;
  private final SearchClock clock;
  private final StrategyConfig config;
  private final Map<Integer, Candidate> candidates = new ConcurrentSkipListMap<>();
  private final List<String> notes = new ArrayList<>();

  SearchPhase(Experiment experiment, SearchSpace space, SearchClock clock) {
    this.experiment = experiment;
    this.space = space;
    this.search = new Search(experiment.config(), space);
    this.clock = clock;
    this.config = experiment.config().search();
  }

  /** Those that were tried so far, by id. */
  Collection<Candidate> candidates() {
    return candidates.values();
  }

  /** Sentences on how the search went. */
  List<String> notes() {
    return notes;
  }

  /**
   * Trains round after round until the search is over, or its time.
   *
   * @param onResult called with each result, as in {@link TrialExecutor#run}
   */
  void run(TrialExecutor executor, Consumer<TrialResult> onResult, Progress progress) {
    for (List<Attempt> round = search.next(); !round.isEmpty(); round = search.next()) {
      Map<Integer, List<TrialResult>> arrived = new TreeMap<>();
      executor.run(
          experiment,
          trials(round),
          clock::hasTime,
          result -> {
            arrived.computeIfAbsent(result.candidate(), id -> new ArrayList<>()).add(result);
            onResult.accept(result);
          },
          progress);
      if (!isComplete(arrived, round)) {
        clock.ranOut();
        notes.add(
            "The search ended at search.max-time, "
                + Durations.text(config.maxTime())
                + ": which candidates were trained depends on the speed of this machine.");
        return;
      }
      round.forEach(attempt -> search.tell(attempt, cost(arrived.get(attempt.candidate()))));
    }
    search.note().ifPresent(notes::add);
  }

  private boolean isComplete(Map<Integer, List<TrialResult>> arrived, List<Attempt> attempts) {
    return attempts.stream()
        .map(attempt -> arrived.getOrDefault(attempt.candidate(), List.of()))
        .allMatch(results -> results.size() == config.repeats());
  }

  /** Made one by one, when they begin: a trial holds a network. */
  private List<Trial> trials(List<Attempt> attempts) {
    int repeats = config.repeats();
    return new AbstractList<>() {
      @Override
      public Trial get(int i) {
        return trial(attempts.get(i / repeats), i % repeats);
      }

      @Override
      public int size() {
        return attempts.size() * repeats;
      }
    };
  }

  private Trial trial(Attempt attempt, int repeat) {
    Candidate candidate =
        candidates.computeIfAbsent(attempt.candidate(), id -> space.candidate(id, attempt.point()));
    return new Trial(Kind.SEARCH, candidate, repeat, new Stage(attempt.until(), null));
  }

  /** Of the mean over repeats; in an order that does not depend on who arrived first. */
  private double cost(List<TrialResult> repeats) {
    double mean =
        repeats.stream()
                .sorted(Comparator.comparingInt(TrialResult::index))
                .mapToDouble(TrialResult::score)
                .sum()
            / repeats.size();
    return config.metric().direction() == Direction.MAXIMIZE ? -mean : mean;
  }
}
