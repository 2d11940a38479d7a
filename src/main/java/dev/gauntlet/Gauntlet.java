package dev.gauntlet;

import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.TableReader;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.journal.Timings;
import dev.gauntlet.leaderboard.Forest;
import dev.gauntlet.leaderboard.Importances;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.leaderboard.LeaderboardCsv;
import dev.gauntlet.leaderboard.LeaderboardJson;
import dev.gauntlet.leaderboard.Ranking;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.SearchSpace;
import dev.gauntlet.search.Strategies;
import dev.gauntlet.validate.BaselineResult;
import dev.gauntlet.validate.Baselines;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One search, ready to run: the data is read and split, the candidates are proposed, and everything
 * that can be wrong with the input has been checked. Starts no Spark by itself.
 */
public final class Gauntlet {
  private final Experiment experiment;
  private final SearchSpace space;
  private final List<Candidate> candidates;

  private Gauntlet(Experiment experiment, SearchSpace space, List<Candidate> candidates) {
    this.experiment = experiment;
    this.space = space;
    this.candidates = candidates;
  }

  /**
   * Reads the data and proposes the candidates.
   *
   * @throws dev.gauntlet.config.InvalidInputException if data and configuration do not go together
   */
  public static Gauntlet prepare(SearchConfig config, TableReader reader) {
    Dataset dataset = Datasets.read(config.data(), config.task(), reader);
    Experiment experiment = Experiment.of(config, dataset);
    var space = new SearchSpace(config.space(), dataset.features(), dataset.outputs());
    var strategy = Strategies.of(config.search(), space, new Seed(config.seed()));
    return new Gauntlet(experiment, space, Strategies.candidates(strategy, space));
  }

  public Experiment experiment() {
    return experiment;
  }

  public SearchSpace space() {
    return space;
  }

  public List<Candidate> candidates() {
    return candidates;
  }

  /** Trains every candidate, runs the winners through the gauntlet, ranks, and writes it down. */
  public Leaderboard run(TrialExecutor executor, RunFolder folder, Progress progress) {
    Instant start = Instant.now();
    folder.write("search.yaml", ConfigWriter.write(experiment.config()));
    RunRecord.write(folder, experiment, executor.environment(), start, "running");
    List<TrialResult> results = new ArrayList<>();
    try {
      run(executor, "search", searchTrials(), results, progress);
      List<Candidate> winners = winners(results);
      run(executor, "gauntlet", gauntletTrials(winners), results, progress);
      List<BaselineResult> baselines = Baselines.run(experiment);
      Leaderboard leaderboard = write(folder, results, baselines, executor.forest());
      RunRecord.write(folder, experiment, executor.environment(), start, "done");
      return leaderboard;
    } catch (RuntimeException | Error e) {
      // Nothing finished is lost: what there is gets ranked before the failure goes on.
      try {
        write(folder, results, List.of(), Optional.empty());
        RunRecord.write(folder, experiment, executor.environment(), start, "failed: " + e);
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void run(
      TrialExecutor executor,
      String phase,
      List<Trial> trials,
      List<TrialResult> results,
      Progress progress) {
    progress.phase(phase, trials.size());
    executor.run(
        experiment,
        trials,
        result -> {
          results.add(result);
          progress.finished(result);
        });
  }

  private List<Trial> searchTrials() {
    return candidates.stream().flatMap(candidate -> searchTrials(candidate)).toList();
  }

  private Stream<Trial> searchTrials(Candidate candidate) {
    return trials(Kind.SEARCH, candidate, experiment.config().search().repeats());
  }

  private List<Trial> gauntletTrials(List<Candidate> winners) {
    int folds = experiment.config().validate().folds();
    return winners.stream()
        .flatMap(
            winner ->
                Stream.concat(trials(Kind.FINAL, winner, 1), trials(Kind.FOLD, winner, folds)))
        .toList();
  }

  private static Stream<Trial> trials(Kind kind, Candidate candidate, int count) {
    return IntStream.range(0, count).mapToObj(index -> new Trial(kind, candidate, index));
  }

  /** The best candidates of the search, best first; none that failed. */
  private List<Candidate> winners(List<TrialResult> results) {
    return candidateResults(results).stream()
        .filter(result -> Double.isFinite(result.searchScore()))
        .sorted(new Ranking(experiment.config().search().metric()).bySearchScore())
        .limit(experiment.config().validate().winners())
        .map(CandidateResult::candidate)
        .toList();
  }

  /** The candidates whose search trials are all there, by id. */
  private List<CandidateResult> candidateResults(List<TrialResult> results) {
    return candidates.stream()
        .map(
            candidate ->
                new CandidateResult(
                    candidate,
                    of(Kind.SEARCH, candidate, results),
                    of(Kind.FOLD, candidate, results),
                    of(Kind.FINAL, candidate, results).stream().findFirst().orElse(null)))
        .filter(result -> result.search().size() == experiment.config().search().repeats())
        .toList();
  }

  private static List<TrialResult> of(Kind kind, Candidate candidate, List<TrialResult> results) {
    return results.stream()
        .filter(result -> result.kind() == kind && result.candidate() == candidate.id())
        .sorted(Comparator.comparingInt(TrialResult::index))
        .toList();
  }

  private Leaderboard write(
      RunFolder folder,
      List<TrialResult> results,
      List<BaselineResult> baselines,
      Optional<Forest> forest) {
    List<CandidateResult> candidateResults = candidateResults(results);
    Metric metric = experiment.config().search().metric();
    List<String> names = space.hyperparameters();
    Leaderboard leaderboard =
        Leaderboard.of(
                metric, experiment.config().validate().folds(), names, candidateResults, baselines)
            .with(
                forest
                    .map(fitted -> Importances.of(metric, names, candidateResults, fitted))
                    .orElse(List.of()));
    SavedModels.write(folder, experiment, candidateResults);
    folder.write("leaderboard.csv", LeaderboardCsv.write(leaderboard));
    folder.write("leaderboard.json", LeaderboardJson.write(leaderboard));
    folder.write("timings.csv", Timings.csv(results));
    return leaderboard;
  }
}
