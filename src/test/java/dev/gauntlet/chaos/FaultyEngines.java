package dev.gauntlet.chaos;

import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.Engines;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.train.EngineWrapper;
import dev.gauntlet.train.ModelWrapper;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The engines that there are, but for some candidates.
 *
 * @param faults by candidate
 * @param log a file that gets a line when a training begins: candidate, seed, epochs and a hash of
 *     the network; null for none
 */
public record FaultyEngines(Map<Integer, Fault> faults, String log) implements EngineFactory {

  /** How many trials lines of the log are: a final one may train its network with dropout too. */
  static int trials(List<String> trainings) {
    Map<String, Map<String, Long>> networks =
        trainings.stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.lastIndexOf(' ')),
                    Collectors.groupingBy(line -> line, Collectors.counting())));
    return networks.values().stream()
        .mapToInt(counts -> Math.toIntExact(Collections.max(counts.values())))
        .sum();
  }

  @Override
  public TrainingEngine of(EngineChoice choice, Candidate candidate) {
    return new Faulty(Engines.of(choice, candidate), faults.get(candidate.id()), log);
  }

  private record Faulty(TrainingEngine engine, Fault fault, String log) implements EngineWrapper {
    @Override
    public TrainedModel train(TrainingTask task) throws TrainingFailedException {
      note(task);
      if (fault == null) {
        return engine.train(task);
      }
      switch (fault) {
        case HALT -> Runtime.getRuntime().halt(1);
        case EXIT -> System.exit(0);
        case HEAP -> fill();
        case LOOP -> loop();
        case THROW -> throw new IllegalStateException("thrown on purpose");
        case SLOW -> {
          for (int i = 1; i < 20; i++) {
            engine.train(task);
          }
        }
        case NAN -> {
          return new Nowhere(engine.train(task));
        }
      }
      return engine.train(task);
    }

    private void note(TrainingTask task) {
      if (log != null) {
        String line =
            "%d %d %d %08x%n"
                .formatted(
                    task.candidate().id(),
                    task.seed().value(),
                    task.stage().until(),
                    task.candidate().network().hashCode());
        try {
          Files.writeString(
              Path.of(log), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private static void fill() {
      List<long[]> blocks = new ArrayList<>();
      while (blocks.size() < Integer.MAX_VALUE) {
        blocks.add(new long[1 << 16]);
      }
    }

    /** As native code does. */
    private static void loop() {
      long turns = 0;
      while (turns >= 0) {
        turns = (turns + 1) & Integer.MAX_VALUE;
      }
    }
  }

  private record Nowhere(TrainedModel model) implements ModelWrapper {
    @Override
    public float[] predictions(Rows rows) {
      float[] predictions = model.predictions(rows);
      Arrays.fill(predictions, Float.NaN);
      return predictions;
    }
  }
}
