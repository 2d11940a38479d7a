package dev.gauntlet.benchmark;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.Rows;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What trials cost beyond their training: a search of {@code conf/quickstart.yaml} with 10,000
 * candidates that take no time to train, on two slots, with its journal on disk, and the same
 * command again, which finds everything in the journal. Targets: 20 ms per trial and 50 trials a
 * second, and 5 s until the first trial that the journal does not have.
 */
public final class OverheadBenchmark {
  private static final int SLOTS = 2;

  private OverheadBenchmark() {}

  /**
   * @param arguments candidates; in a process of its own also the run folder
   */
  public static void main(String[] arguments) throws Exception {
    int candidates = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
    if (arguments.length > 1) {
      System.out.println(
          TimedRun.of(config(candidates), SLOTS, Untrained::of, Path.of(arguments[1])));
      return;
    }
    Path folder = Files.createTempDirectory("gauntlet-overhead");
    try {
      System.out.printf("Load before: %.2f%n", TimedRun.load());
      measure("run", candidates, folder);
      measure("again, from the journal", candidates, folder);
    } finally {
      TimedRun.delete(folder);
    }
  }

  private static void measure(String name, int candidates, Path folder) throws Exception {
    List<String> command = new ArrayList<>(MeasuredProcess.thisJava());
    command.add(OverheadBenchmark.class.getName());
    command.add(Integer.toString(candidates));
    command.add(folder.resolve("run").toString());
    var process = MeasuredProcess.run(command, Map.of("OMP_NUM_THREADS", "1"), null);
    String last = process.output().get(process.output().size() - 1);
    System.out.printf(
        "%-24s %d candidates: %s; process %.2f s, %d MiB at most%n",
        name, candidates, last, process.seconds(), process.peakMib());
  }

  private static SearchConfig config(int candidates) {
    return ConfigReader.read(
        Path.of("conf/quickstart.yaml"),
        List.of(
            "search.candidates=" + candidates,
            "validate.winners=1",
            "validate.folds=2",
            "validate.mc-dropout.passes=0",
            "validate.baselines=[majority]"));
  }

  /** Trains nothing. */
  private record Untrained() implements TrainingEngine {
    static TrainingEngine of(EngineChoice choice, Candidate candidate) {
      return new Untrained();
    }

    @Override
    public String name() {
      return "none";
    }

    @Override
    public boolean supports(Candidate candidate) {
      return true;
    }

    @Override
    public TrainedModel train(TrainingTask task) {
      return new Numbered(task.candidate().id());
    }
  }

  /** Predicts something else for each candidate, so that they have ranks. */
  private record Numbered(int candidate) implements TrainedModel {
    @Override
    public float[] predictions(Rows rows) {
      float[] predictions = new float[rows.size() * rows.outputs()];
      for (int i = 0; i < predictions.length; i++) {
        predictions[i] = Math.floorMod(i * 31 + candidate * 17, 97) / 97f;
      }
      return predictions;
    }

    @Override
    public DropoutSampler sampler(Rows rows) {
      return seed -> predictions(rows);
    }

    @Override
    public LearningCurve curve() {
      return new LearningCurve(List.of(0.5), List.of(0.5), 1);
    }

    @Override
    public byte[] checkpoint() {
      return null;
    }

    @Override
    public byte[] file() {
      return new byte[1];
    }
  }
}
