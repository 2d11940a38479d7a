package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.search.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * All trials of one candidate.
 *
 * @param search one per repeat, of the last stage
 * @param folds one per fold; empty if it is not a winner
 * @param foldRatio held-out rows per training row of the folds
 * @param last the final trial; null if it is not a winner
 */
public record CandidateResult(
    Candidate candidate,
    List<TrialResult> search,
    List<TrialResult> folds,
    double foldRatio,
    TrialResult last) {

  public CandidateResult {
    search = List.copyOf(search);
    folds = List.copyOf(folds);
  }

  public boolean winner() {
    return !folds.isEmpty();
  }

  /** One per repeat; NaN for one that failed. */
  public double[] searchScores() {
    return scores(search);
  }

  /** Mean over repeats; NaN if one failed. */
  public double searchScore() {
    return StatUtils.mean(searchScores());
  }

  /** Sample standard deviation over repeats; NaN for one repeat. */
  public double searchStd() {
    return search.size() < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(searchScores()));
  }

  /** Empty unless every fold has a score: never a mean over fewer folds. */
  public Optional<FoldScores> foldScores() {
    boolean complete = winner() && folds.stream().noneMatch(TrialResult::failed);
    return complete ? Optional.of(new FoldScores(scores(folds), foldRatio)) : Optional.empty();
  }

  /** All metrics of each fold; empty unless every fold has a score. */
  public List<Evaluation> foldEvaluations() {
    return foldScores().isEmpty()
        ? List.of()
        : folds.stream().map(result -> result.outcome().evaluation()).toList();
  }

  /** As {@link #foldEvaluations}, the scores alone. */
  public List<Map<Metric, Double>> foldMetrics() {
    return foldEvaluations().stream().map(Evaluation::scores).toList();
  }

  /** All metrics on the test rows; empty but for a winner whose last training gave a score. */
  public Optional<Evaluation> testEvaluation() {
    return Optional.ofNullable(last).map(result -> result.outcome().evaluation());
  }

  /** What could not be measured of a winner, and why. */
  public List<String> missing() {
    return testEvaluation().isPresent() ? last.outcome().saved().missing() : List.of();
  }

  /** Whether the search gave up on it before its last epoch, and nothing else did. */
  public boolean stopped() {
    int epochs = candidate.plan().epochs();
    return !winner()
        && search.stream().noneMatch(TrialResult::failed)
        && search.stream()
            .anyMatch(
                result -> result.until() < epochs && result.outcome().epochs() == result.until());
  }

  /**
   * {@code done}, {@code failed: cause}, {@code stopped: epochs} if the search gave up on it, or
   * {@code incomplete: cause} for a winner.
   */
  public String status() {
    Optional<TrialResult> failed = search.stream().filter(TrialResult::failed).findFirst();
    if (failed.isPresent()) {
      return "failed: " + failed.get().failure();
    }
    return Stream.concat(folds.stream(), Stream.ofNullable(last))
        .filter(TrialResult::failed)
        .findFirst()
        .map(
            result ->
                "incomplete: "
                    + (result.kind() == Trial.Kind.FOLD ? "fold " + (result.index() + 1) : "final")
                    + ": "
                    + result.failure())
        .orElse(stopped() ? "stopped: " + stageInWords() : "done");
  }

  /** The fraction of its epochs that the search let it train, 0 to 1. */
  public double stage() {
    return search.get(0).until() / (double) candidate.plan().epochs();
  }

  private String stageInWords() {
    return search.get(0).until() + " of " + candidate.plan().epochs() + " epochs";
  }

  /** What trained it; where trainings went to several, all, with a plus between. */
  public String engines() {
    return together(TrialResult::engine);
  }

  /** As {@link #engines}, what it was trained on. */
  public String devices() {
    return together(TrialResult::device);
  }

  private String together(Function<TrialResult, String> word) {
    return Stream.of(search.stream(), folds.stream(), Stream.ofNullable(last))
        .flatMap(trials -> trials)
        .map(word)
        .filter(one -> !one.isEmpty())
        .distinct()
        .sorted()
        .collect(Collectors.joining("+"));
  }

  private static double[] scores(List<TrialResult> results) {
    return results.stream().mapToDouble(TrialResult::score).toArray();
  }
}
