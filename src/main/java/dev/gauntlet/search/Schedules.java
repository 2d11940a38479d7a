package dev.gauntlet.search;

import dev.gauntlet.config.OptimizerConfig.Scheduled;
import dev.gauntlet.config.ScheduleConfig;
import dev.gauntlet.config.ScheduleConfig.Cosine;
import dev.gauntlet.config.ScheduleConfig.Exponential;
import dev.gauntlet.config.ScheduleConfig.Inverse;
import dev.gauntlet.config.ScheduleConfig.None;
import dev.gauntlet.config.ScheduleConfig.Poly;
import dev.gauntlet.config.ScheduleConfig.Sigmoid;
import dev.gauntlet.config.ScheduleConfig.Step;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.SigmoidSchedule;
import org.nd4j.linalg.schedule.StepSchedule;

/**
 * Learning rates by epoch as ND4J's own schedules, so that plain DL4J loads a network that has one.
 * Some it lacks: its {@code PolySchedule} grows (1 + e / E in place of 1 - e / E), its {@code
 * RampSchedule} cannot be written to JSON, and there is no cosine. Those are tables of a value per
 * epoch.
 */
final class Schedules {
  /** A longer table has values that hold for several epochs; each layer's JSON has a copy. */
  static final int MAX_VALUES = 1000;

  private Schedules() {}

  /**
   * @param epochs the length of the schedule
   * @return empty for a rate that stays the same
   */
  static Optional<ISchedule> of(Scheduled optimizer, int epochs) {
    double rate = optimizer.learningRate().value();
    int warmUp = optimizer.warmUp().value();
    ScheduleConfig config = optimizer.schedule().value();
    if (warmUp == 0) {
      return config instanceof None ? Optional.empty() : Optional.of(of(config, rate, epochs));
    }
    ISchedule warm = of(config, rate, epochs);
    int length = config instanceof None ? Math.min(warmUp + 1, epochs) : epochs;
    return Optional.of(
        table(length, e -> warm.valueAt(0, e) * Math.min(1, (e + 1) / (warmUp + 1.0))));
  }

  private static ISchedule of(ScheduleConfig config, double rate, int epochs) {
    if (config instanceof Step step) {
      return new StepSchedule(
          ScheduleType.EPOCH, rate, step.factor().value(), step.every().value());
    }
    if (config instanceof Exponential exponential) {
      return new ExponentialSchedule(ScheduleType.EPOCH, rate, exponential.factor().value());
    }
    if (config instanceof Inverse inverse) {
      return new InverseSchedule(
          ScheduleType.EPOCH, rate, inverse.gamma().value(), inverse.power().value());
    }
    if (config instanceof Sigmoid sigmoid) {
      return new SigmoidSchedule(
          ScheduleType.EPOCH, rate, -sigmoid.gamma().value(), sigmoid.step().value());
    }
    if (config instanceof Poly poly) {
      double power = poly.power().value();
      return table(epochs, e -> rate * StrictMath.pow(1 - (double) e / epochs, power));
    }
    if (config instanceof Cosine cosine) {
      double least = cosine.minShare().value();
      return table(epochs, e -> rate * (least + (1 - least) * cosine(e, epochs)));
    }
    return new FixedSchedule(rate);
  }

  /** From 1 to 0, half a period. */
  private static double cosine(int epoch, int epochs) {
    return (1 + StrictMath.cos(Math.PI * epoch / epochs)) / 2;
  }

  private static ISchedule table(int epochs, IntToDoubleFunction rate) {
    int step = Math.floorDiv(epochs - 1, MAX_VALUES) + 1;
    Map<Integer, Double> values = new TreeMap<>();
    for (long epoch = 0; epoch < epochs; epoch += step) {
      values.put((int) epoch, rate.applyAsDouble((int) epoch));
    }
    values.put(epochs - 1, rate.applyAsDouble(epochs - 1));
    return new MapSchedule(ScheduleType.EPOCH, values);
  }
}
