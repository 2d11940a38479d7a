package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.fused.Layout.Block;
import dev.gauntlet.engine.fused.Plan.Clipping;
import dev.gauntlet.engine.fused.Plan.Normalized;
import dev.gauntlet.engine.fused.Plan.Penalty;
import dev.gauntlet.engine.fused.Plan.Weighted;
import org.deeplearning4j.nn.conf.GradientNormalization;

/**
 * What becomes of the gradient of a step, in DL4J's order: clip, add what regularisation asks for,
 * optimize, decay. All arrays are in the order of the layout.
 */
final class Update {
  private final Layout layout;
  private final Optimizer optimizer;
  private final float[] parameters;
  private final float[] gradient;
  private final float[][] state;

  /**
   * @param state of the optimizer, one array for each kind
   */
  Update(Plan plan, Layout layout, float[] parameters, float[] gradient, float[][] state) {
    this.layout = layout;
    this.optimizer = Optimizer.of(plan.updater());
    this.parameters = parameters;
    this.gradient = gradient;
    this.state = state;
  }

  /**
   * Takes it from the parameters.
   *
   * @param step from 0
   */
  void apply(double rate, int step) {
    for (int i = 0; i < layout.blocks().size(); i++) {
      Block block = layout.blocks().get(i);
      if (block.part() instanceof Weighted weighted) {
        clip(weighted.settings().clipping(), block);
        regularize(weighted, block);
      } else if (block.part() instanceof Normalized normalized) {
        clip(normalized.clipping(), block);
      }
    }
    for (int i = 0; i < layout.trained().size(); i++) {
      int[] stretch = layout.trained().get(i);
      optimizer.apply(gradient, state, stretch[0], stretch[1], rate, step);
    }
    for (int i = 0; i < layout.blocks().size(); i++) {
      Block block = layout.blocks().get(i);
      if (block.part() instanceof Weighted weighted && weighted.settings().penalty().decay() > 0) {
        decay(weighted, block, rate);
      }
    }
    subtract(parameters, gradient, layout.size());
  }

  private static void subtract(float[] values, float[] others, int size) {
    for (int i = 0; i < size; i++) {
      values[i] -= others[i];
    }
  }

  private void clip(Clipping clipping, Block block) {
    float threshold = (float) clipping.threshold();
    if (clipping.kind() == GradientNormalization.ClipElementWiseAbsoluteValue) {
      for (int i = block.from(); i < block.to(); i++) {
        gradient[i] = Math.max(-threshold, Math.min(threshold, gradient[i]));
      }
    } else if (clipping.kind() == GradientNormalization.ClipL2PerLayer) {
      double squares = 0;
      for (int i = block.from(); i < block.to(); i++) {
        squares += (double) gradient[i] * gradient[i];
      }
      if (Math.sqrt(squares) > clipping.threshold()) {
        float factor = (float) (clipping.threshold() / Math.sqrt(squares));
        for (int i = block.from(); i < block.to(); i++) {
          gradient[i] *= factor;
        }
      }
    }
  }

  /** Of weights, not of biases. */
  private void regularize(Weighted weighted, Block block) {
    float l1 = (float) weighted.settings().penalty().l1();
    float l2 = (float) weighted.settings().penalty().l2();
    int to = block.to() - weighted.units();
    if (l1 > 0) {
      addSigns(gradient, parameters, l1, block.from(), to);
    }
    if (l2 > 0) {
      add(gradient, parameters, l2, block.from(), to);
    }
  }

  private void decay(Weighted weighted, Block block, double rate) {
    Penalty penalty = weighted.settings().penalty();
    double factor = penalty.decay() * (penalty.scaled() ? rate : 1);
    add(gradient, parameters, (float) factor, block.from(), block.to() - weighted.units());
  }

  private static void add(float[] target, float[] values, float factor, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] += factor * values[i];
    }
  }

  /** The sign is a number between -1 and 1 that was made very large before. */
  private static void addSigns(float[] target, float[] values, float factor, int from, int to) {
    for (int i = from; i < to; i++) {
      float large = values[i] * Float.MAX_VALUE * Float.MAX_VALUE;
      target[i] += factor * Math.max(-1, Math.min(1, large));
    }
  }
}
