package dev.gauntlet;

import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.TableReader;
import dev.gauntlet.journal.Journal;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.journal.Timings;
import dev.gauntlet.journal.WinnerFiles;
import dev.gauntlet.leaderboard.Importance;
import dev.gauntlet.leaderboard.Importances;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.leaderboard.LeaderboardCsv;
import dev.gauntlet.leaderboard.LeaderboardJson;
import dev.gauntlet.leaderboard.LeaderboardParquet;
import dev.gauntlet.leaderboard.Ranking;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.InputShape;
import dev.gauntlet.search.Search;
import dev.gauntlet.search.SearchSpace;
import dev.gauntlet.search.Spending;
import dev.gauntlet.search.Volume;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Baselines;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One search, ready to run: the data is read and split, the search is planned, and everything that
 * can be wrong with the input has been checked. Starts no Spark by itself.
 */
public final class Gauntlet {
  private static final int SAMPLES = 100;

  private final Experiment experiment;
  private final SearchSpace space;
  private final Spending planned;
  private final List<Candidate> samples;

  private Gauntlet(
      Experiment experiment, SearchSpace space, Spending planned, List<Candidate> samples) {
    this.samples = samples;
    this.experiment = experiment;
    this.space = space;
    this.planned = planned;
  }

  /**
   * Reads the data, plans the search and builds its first candidates.
   *
   * @throws dev.gauntlet.config.InvalidInputException if data and configuration do not go together
   */
  public static Gauntlet prepare(SearchConfig config, TableReader reader) {
    return prepare(config, reader, dataset -> config);
  }

  /**
   * As above, with a configuration that depends on the data.
   *
   * @param completed the configuration for a dataset: the same, but for what it leaves open
   */
  public static Gauntlet prepare(
      SearchConfig open, TableReader reader, Function<Dataset, SearchConfig> completed) {
    Dataset dataset = Datasets.read(open.data(), open.task(), reader);
    SearchConfig config = completed.apply(dataset);
    Experiment experiment = Experiment.of(config, dataset);
    var space = new SearchSpace(config.space(), inputShape(dataset), dataset.outputs());
    List<Candidate> samples =
        new Search(config, space)
            .next().stream()
                .limit(SAMPLES)
                .map(attempt -> space.candidate(attempt.candidate(), attempt.point()))
                .toList();
    return new Gauntlet(experiment, space, Search.rehearsed(config, space).spent(), samples);
  }

  private static InputShape inputShape(Dataset dataset) {
    return dataset
        .imageShape()
        .map(image -> new Volume(image.channels(), image.height(), image.width()))
        .map(image -> new InputShape(dataset.features(), image))
        .orElse(InputShape.of(dataset.features()));
  }

  public Experiment experiment() {
    return experiment;
  }

  public SearchSpace space() {
    return space;
  }

  /** The search, to be told costs by the caller; {@link #run} does it by training. */
  public Search search() {
    return new Search(experiment.config(), space);
  }

  /** What the search will spend: exactly, but for what depends on the scores. */
  public Spending planned() {
    return planned;
  }

  /** The first candidates of the search, at most {@value #SAMPLES}. */
  public List<Candidate> samples() {
    return samples;
  }

  /**
   * The journal of a run folder: new, or that of a run of this search which it will go on with.
   *
   * @throws dev.gauntlet.config.InvalidInputException if it is that of another search, or damaged
   */
  public Journal journal(RunFolder folder) {
    return Journal.open(folder, RunRecord.header(experiment));
  }

  /** As {@link #run(TrialExecutor, RunFolder, Journal, Progress)}, with the folder's journal. */
  public Leaderboard run(TrialExecutor executor, RunFolder folder, Progress progress) {
    try (Journal journal = journal(folder)) {
      return run(executor, folder, journal, progress);
    }
  }

  /**
   * Trains every candidate, runs the winners through the gauntlet, ranks, and writes it down. What
   * the journal has is not trained again.
   *
   * @throws SearchInterruptedException if the calling thread is interrupted; what there is has been
   *     ranked and written
   */
  public Leaderboard run(
      TrialExecutor executor, RunFolder folder, Journal journal, Progress progress) {
    folder.write("search.yaml", ConfigWriter.write(experiment.config()));
    var record = new RunRecord(folder, experiment, journal, executor.environment());
    record.write("running", List.of());
    List<TrialResult> results = new ArrayList<>();
    List<BaselineTrialResult> fits = new ArrayList<>();
    List<Importance> importances = new ArrayList<>();
    var checkpoints = new Checkpoints(folder);
    var inFlight = new InFlight(folder, executor.sharesProcess());
    var recorded = new JournaledExecutor(executor, journal, checkpoints, inFlight);
    var clock = new SearchClock(experiment.config().search().maxTime(), journal);
    var search = new SearchPhase(experiment, space, clock);
    try (inFlight) {
      progress.phase("search", (int) planned.trials());
      search.run(recorded, results::add, progress);
      List<Trial> trials = gauntletTrials(winners(search, results));
      progress.phase("gauntlet", trials.size());
      recorded.run(experiment, trials, () -> true, results::add, progress);
      // Already now: whatever a baseline does to this process, the networks are not lost.
      write(folder, search, results, fits, importances);
      List<BaselineTrial> baselines = Baselines.trials(experiment);
      progress.phase("baselines", baselines.size());
      recorded.fit(experiment, baselines, fits::add, progress);
      importances.addAll(importances(search, results, executor));
      Leaderboard leaderboard = write(folder, search, results, fits, importances);
      deleteOthers(folder, candidateResults(search, results));
      checkpoints.deleteAll();
      record.write("done", search.notes());
      return leaderboard;
    } catch (RuntimeException | Error e) {
      // Nothing finished is lost: what there is gets ranked before the failure goes on.
      try {
        write(folder, search, results, fits, importances);
        boolean interrupted = e instanceof SearchInterruptedException;
        record.write(interrupted ? "interrupted" : "failed: " + e, search.notes());
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private List<Importance> importances(
      SearchPhase search, List<TrialResult> results, TrialExecutor executor) {
    return executor
        .forest()
        .map(
            forest ->
                Importances.of(
                    experiment.config().search().metric(),
                    space.hyperparameters(),
                    candidateResults(search, results),
                    forest))
        .orElse(List.of());
  }

  private List<Trial> gauntletTrials(List<Candidate> winners) {
    int folds = experiment.config().validate().trainings();
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
  private List<Candidate> winners(SearchPhase search, List<TrialResult> results) {
    return candidateResults(search, results).stream()
        .filter(result -> Double.isFinite(result.searchScore()))
        .sorted(new Ranking(experiment.config().search().metric()).bySearchScore())
        .limit(experiment.config().validate().winners())
        .map(CandidateResult::candidate)
        .toList();
  }

  /** The candidates of which all repeats of a stage are there, by id. */
  private List<CandidateResult> candidateResults(SearchPhase search, List<TrialResult> results) {
    Map<Integer, List<TrialResult>> byCandidate =
        results.stream().collect(Collectors.groupingBy(TrialResult::candidate));
    return search.candidates().stream()
        .map(candidate -> result(candidate, byCandidate.getOrDefault(candidate.id(), List.of())))
        .filter(result -> !result.search().isEmpty())
        .toList();
  }

  private CandidateResult result(Candidate candidate, List<TrialResult> results) {
    return new CandidateResult(
        candidate,
        lastStage(of(Kind.SEARCH, results)),
        folds(candidate, of(Kind.FOLD, results)),
        experiment.foldRatio(),
        of(Kind.FINAL, results).stream().findFirst().orElse(null));
  }

  /** One result per fold, also where the run broke off before; none if it is no winner. */
  private List<TrialResult> folds(Candidate candidate, List<TrialResult> arrived) {
    if (arrived.isEmpty()) {
      return List.of();
    }
    Map<Integer, TrialResult> byFold =
        arrived.stream().collect(Collectors.toMap(TrialResult::index, Function.identity()));
    return IntStream.range(0, experiment.folds().size())
        .mapToObj(
            fold ->
                byFold.getOrDefault(
                    fold, TrialResult.failed(new Trial(Kind.FOLD, candidate, fold), "not trained")))
        .toList();
  }

  /** One result per repeat, of as many epochs as all of them have; empty if there is no such. */
  private List<TrialResult> lastStage(List<TrialResult> search) {
    var stages = new TreeMap<>(search.stream().collect(Collectors.groupingBy(TrialResult::until)));
    return stages.descendingMap().values().stream()
        .filter(stage -> stage.size() == experiment.config().search().repeats())
        .findFirst()
        .orElse(List.of());
  }

  private static List<TrialResult> of(Kind kind, List<TrialResult> results) {
    return results.stream()
        .filter(result -> result.kind() == kind)
        .sorted(Comparator.comparingInt(TrialResult::index))
        .toList();
  }

  private static List<String> notes(SearchPhase search, List<CandidateResult> results) {
    List<String> notes = new ArrayList<>(search.notes());
    for (CandidateResult result : results) {
      for (String missing : result.missing()) {
        notes.add("Not measured of candidate " + result.candidate().id() + ": " + missing + ".");
      }
    }
    return notes;
  }

  /** The files of winners of a search that was smaller; only once it is known who won. */
  private static void deleteOthers(RunFolder folder, List<CandidateResult> results) {
    Set<Integer> winners =
        results.stream()
            .filter(CandidateResult::winner)
            .map(result -> result.candidate().id())
            .collect(Collectors.toSet());
    WinnerFiles.keepOnly(folder, winners);
  }

  private Leaderboard write(
      RunFolder folder,
      SearchPhase search,
      List<TrialResult> results,
      List<BaselineTrialResult> fits,
      List<Importance> importances) {
    List<CandidateResult> candidateResults = candidateResults(search, results);
    Leaderboard leaderboard =
        Leaderboard.of(
                experiment.config().search().metric(),
                experiment.config().validate(),
                space.hyperparameters(),
                candidateResults,
                Baselines.results(experiment, fits))
            .with(notes(search, candidateResults), importances);
    folder.write("leaderboard.csv", LeaderboardCsv.write(leaderboard));
    folder.write("leaderboard.json", LeaderboardJson.write(leaderboard));
    folder.write("leaderboard.parquet", LeaderboardParquet.write(leaderboard));
    folder.write("timings.csv", Timings.csv(results, fits));
    EvaluationFiles.write(folder, experiment, candidateResults);
    // Last: they need room, and without them the leaderboard is still right.
    SavedModels.write(folder, experiment, candidateResults);
    return leaderboard;
  }
}
