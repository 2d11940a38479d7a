package dev.gauntlet;

import dev.gauntlet.journal.Journal;
import dev.gauntlet.leaderboard.Forest;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.Stage;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs the trials that the journal does not have, and hands out what they give once that is on
 * disk. Nobody after it can tell a trial of this run from one of a run before.
 */
final class JournaledExecutor implements TrialExecutor {
  private final TrialExecutor executor;
  private final Journal journal;
  private final Checkpoints checkpoints;
  private final InFlight inFlight;

  JournaledExecutor(
      TrialExecutor executor, Journal journal, Checkpoints checkpoints, InFlight inFlight) {
    this.executor = executor;
    this.journal = journal;
    this.checkpoints = checkpoints;
    this.inFlight = inFlight;
  }

  @Override
  public void run(
      Experiment experiment,
      List<Trial> trials,
      BooleanSupplier goOn,
      Consumer<TrialResult> onResult,
      Progress progress) {
    List<Integer> missing = missing(trials, onResult, progress);
    if (missing.isEmpty()) {
      return;
    }
    forgetOtherCheckpoints(trials);
    Map<Boolean, List<Integer>> suspected =
        missing.stream()
            .collect(
                Collectors.partitioningBy(
                    i -> inFlight.anySuspect() && inFlight.isSuspect(trials.get(i))));
    var others = new Begun(trials, suspected.get(false));
    if (!others.isEmpty()) {
      executor.run(experiment, others, goOn, finish(others, onResult, progress), progress);
    }
    var suspects = new Begun(trials, suspected.get(true));
    if (!suspects.isEmpty()) {
      executor.runApart(experiment, suspects, goOn, finish(suspects, onResult, progress), progress);
    }
  }

  private Consumer<TrialResult> finish(
      Begun begun, Consumer<TrialResult> onResult, Progress progress) {
    return result -> {
      // First: what another stage goes on from is there once the result counts.
      checkpoints.keep(result);
      TrialResult light = journal.append(begun.trial(result), result);
      inFlight.end(light);
      progress.finished(light);
      onResult.accept(light);
    };
  }

  /** Only now: rounds that are known from the journal may be before the one that was running. */
  private void forgetOtherCheckpoints(List<Trial> trials) {
    if (checkpoints.any()) {
      checkpoints.keepOnly(
          trials.stream().map(trial -> trial.candidate().id()).collect(Collectors.toSet()));
    }
  }

  /** Hands out what is known; returns the places of the others. */
  private List<Integer> missing(
      List<Trial> trials, Consumer<TrialResult> onResult, Progress progress) {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      // Without a look at the trial, which would have to be made, where nothing is known.
      Optional<TrialResult> known =
          journal.trials() == 0 ? Optional.empty() : journal.find(trials.get(i));
      if (known.isPresent()) {
        progress.recorded(known.get());
        onResult.accept(known.get());
      } else {
        missing.add(i);
      }
    }
    return missing;
  }

  @Override
  public void fit(
      Experiment experiment,
      List<BaselineTrial> trials,
      Consumer<BaselineTrialResult> onResult,
      Progress progress) {
    List<BaselineTrial> missing = new ArrayList<>();
    for (BaselineTrial trial : trials) {
      Optional<BaselineTrialResult> known = journal.find(trial);
      known.ifPresentOrElse(
          fit -> {
            progress.recorded(fit);
            onResult.accept(fit);
          },
          () -> missing.add(trial));
    }
    executor.fit(
        experiment,
        missing,
        fit -> {
          journal.append(fit);
          progress.fitted(fit);
          onResult.accept(fit);
        },
        progress);
  }

  /** The trials that are run, still made one by one, with the checkpoints that they go on from. */
  private final class Begun extends AbstractList<Trial> {
    private final List<Trial> all;
    private final List<Integer> places;
    private final Map<Integer, Candidate> candidates = new ConcurrentHashMap<>();

    Begun(List<Trial> all, List<Integer> places) {
      this.all = all;
      this.places = places;
    }

    /** Called by any thread. */
    @Override
    public Trial get(int i) {
      Trial trial = all.get(places.get(i));
      candidates.put(trial.candidate().id(), trial.candidate());
      inFlight.begin(trial);
      return trial.kind() == Trial.Kind.SEARCH
          ? trial.from(checkpoints.read(trial.candidate().id(), trial.index()))
          : trial;
    }

    @Override
    public int size() {
      return places.size();
    }

    /** That a result is of; without its checkpoint. */
    Trial trial(TrialResult result) {
      Candidate candidate = candidates.get(result.candidate());
      var stage = new Stage(result.until(), null);
      return new Trial(result.kind(), candidate, result.index(), stage);
    }
  }

  @Override
  public Optional<Forest> forest() {
    return executor.forest();
  }

  @Override
  public Map<String, Object> environment() {
    return executor.environment();
  }
}
