package dev.gauntlet.chaos;

import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.engine.Engines;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.train.EngineWrapper;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;

/**
 * The engines that there are, slowed down, with a note of which GPU each training had and when.
 *
 * @param log a file that gets a line when a training ends
 * @param millis that each takes at least; 0 for the engines as they are, without a note
 */
public record GpuLog(String log, int millis) implements EngineFactory {

  /**
   * A training.
   *
   * @param gpu its address; empty for none
   * @param process that trained it
   * @param begin by a clock that all processes of a machine share
   */
  public record Training(String gpu, long process, long begin, long end) {

    /** Those that have ended. */
    public static List<Training> all(Path log) throws IOException {
      return Files.readAllLines(log).stream().map(Training::of).toList();
    }

    private static Training of(String line) {
      String[] parts = line.split(" ", -1);
      return new Training(
          parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }

    @Override
    public String toString() {
      return "%s %d %d %d%n".formatted(gpu, process, begin, end);
    }
  }

  @Override
  public TrainingEngine of(EngineChoice choice, Candidate candidate) {
    TrainingEngine engine = Engines.of(choice, candidate);
    return millis == 0 ? engine : new Noted(engine, log, millis);
  }

  private record Noted(TrainingEngine engine, String log, int millis) implements EngineWrapper {
    @Override
    public TrainedModel train(TrainingTask task) throws TrainingFailedException {
      var gpu = TaskContext.get().resourcesJMap().get("gpu");
      String address = gpu == null ? "" : String.join("+", gpu.addresses());
      long begin = System.nanoTime();
      TrainedModel model = engine.train(task);
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
        var training =
            new Training(address, ProcessHandle.current().pid(), begin, System.nanoTime());
        Files.writeString(
            Path.of(log),
            training.toString(),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (InterruptedException e) {
        throw new CancellationException();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return model;
    }
  }
}
