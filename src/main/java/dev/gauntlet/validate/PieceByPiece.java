package dev.gauntlet.validate;

import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Sharding;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.ModelWrapper;
import dev.gauntlet.train.TrainedModel;

/** A model that goes through rows piece by piece, and answers in the order in which they stand. */
record PieceByPiece(TrainedModel model, Sharding sharding) implements ModelWrapper {

  @Override
  public float[] predictions(Rows rows) {
    int[] order = sharding.order(rows.index());
    return back(model.predictions(ordered(rows, order)), order);
  }

  @Override
  public DropoutSampler sampler(Rows rows) {
    int[] order = sharding.order(rows.index());
    DropoutSampler sampler = model.sampler(ordered(rows, order));
    return seed -> back(sampler.pass(seed), order);
  }

  private static Rows ordered(Rows rows, int[] order) {
    int[] index = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      index[i] = rows.index()[order[i]];
    }
    return rows.at(index);
  }

  private static float[] back(float[] values, int[] order) {
    int width = values.length / Math.max(1, order.length);
    float[] back = new float[values.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(values, i * width, back, order[i] * width, width);
    }
    return back;
  }
}
