package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.engine.fused.Plan.Convolved;
import dev.gauntlet.engine.fused.Plan.Dense;
import dev.gauntlet.engine.fused.Plan.Normalized;
import dev.gauntlet.engine.fused.Plan.Part;
import dev.gauntlet.engine.fused.Plan.Weighted;
import dev.gauntlet.search.Volume;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the numbers of each layer are in one flat array. A layer with weights is a matrix {@code
 * (inputs + 1) x units}, biases last, so that a product with inputs and a 1 has them. Batch
 * normalisation is gamma, beta, mean and variance, one number per unit.
 *
 * @param blocks one for each part with weights
 * @param size of the array
 * @param dl4j the place here of each number of DL4J's own order
 * @param trained which stretches the optimizer changes: from, to
 */
record Layout(List<Block> blocks, int size, int[] dl4j, List<int[]> trained) {

  /** From {@code from} to {@code to - 1}. */
  record Block(Part part, int from, int to) {}

  static Layout of(Plan plan) {
    List<Block> blocks = new ArrayList<>();
    List<int[]> trained = new ArrayList<>();
    int at = 0;
    for (Part part : plan.parts()) {
      int from = at;
      if (part instanceof Weighted weighted) {
        at += weighted.units() * (weighted.inputs() + 1);
        trained.add(new int[] {from, at});
      } else if (part instanceof Normalized normalized) {
        at += 4 * normalized.units();
        trained.add(new int[] {from, from + 2 * normalized.units()});
      }
      if (at > from) {
        blocks.add(new Block(part, from, at));
      }
    }
    int[] dl4j = new int[at];
    for (Block block : blocks) {
      if (block.part() instanceof Dense dense) {
        fill(dense, block.from(), dl4j);
      } else if (block.part() instanceof Convolved convolved) {
        fill(convolved, block.from(), dl4j);
      } else {
        for (int i = block.from(); i < block.to(); i++) {
          dl4j[i] = i;
        }
      }
    }
    return new Layout(List.copyOf(blocks), at, dl4j, joined(trained));
  }

  /** DL4J has all weights of the first unit, of the second ..., and then all biases. */
  private static void fill(Dense dense, int from, int[] dl4j) {
    Volume maps = dense.maps() == null ? new Volume(dense.inputs(), 1, 1) : dense.maps();
    int at = from;
    for (int unit = 0; unit < dense.units(); unit++) {
      for (int channel = 0; channel < maps.channels(); channel++) {
        for (int place = 0; place < maps.height() * maps.width(); place++) {
          int input = place * maps.channels() + channel;
          dl4j[at++] = from + input * dense.units() + unit;
        }
      }
    }
    for (int unit = 0; unit < dense.units(); unit++) {
      dl4j[at++] = from + dense.inputs() * dense.units() + unit;
    }
  }

  /** DL4J has all biases, and then the kernels of the first unit, of the second ... */
  private static void fill(Convolved part, int from, int[] dl4j) {
    int at = from;
    for (int unit = 0; unit < part.units(); unit++) {
      dl4j[at++] = from + part.inputs() * part.units() + unit;
    }
    for (int unit = 0; unit < part.units(); unit++) {
      for (int channel = 0; channel < part.in().channels(); channel++) {
        for (int y = 0; y < part.height(); y++) {
          for (int x = 0; x < part.width(); x++) {
            dl4j[at++] = from + part.input(channel, y, x) * part.units() + unit;
          }
        }
      }
    }
  }

  private static List<int[]> joined(List<int[]> stretches) {
    List<int[]> joined = new ArrayList<>();
    for (int[] stretch : stretches) {
      int[] last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && last[1] == stretch[0]) {
        last[1] = stretch[1];
      } else {
        joined.add(stretch.clone());
      }
    }
    return joined;
  }

  /** From DL4J's order. The state of an optimizer is kind after kind in each stretch. */
  Weights fromDl4j(Weights weights, int states) {
    float[] parameters = new float[size];
    for (int i = 0; i < size; i++) {
      parameters[dl4j[i]] = weights.parameters()[i];
    }
    float[] state = new float[states * size];
    forEachState(states, (theirs, ours) -> state[ours] = weights.state()[theirs]);
    return new Weights(parameters, state);
  }

  /** To DL4J's order. */
  Weights toDl4j(Weights weights, int states) {
    float[] parameters = new float[size];
    for (int i = 0; i < size; i++) {
      parameters[i] = weights.parameters()[dl4j[i]];
    }
    float[] state = new float[states * trained.stream().mapToInt(one -> one[1] - one[0]).sum()];
    forEachState(states, (theirs, ours) -> state[theirs] = weights.state()[ours]);
    return new Weights(parameters, state);
  }

  private interface Places {
    void accept(int theirs, int ours);
  }

  /**
   * Where each number of DL4J's state is here: kind after kind, each as long as the weights. DL4J
   * has a view of its own for each stretch of weights that have the same optimizer.
   */
  private void forEachState(int states, Places places) {
    int at = 0;
    for (int[] stretch : trained) {
      for (int state = 0; state < states; state++) {
        for (int i = stretch[0]; i < stretch[1]; i++) {
          // A stretch has the same numbers here and there.
          places.accept(at++, state * size + dl4j[i]);
        }
      }
    }
  }
}
