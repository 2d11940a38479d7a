package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.base.Blas;
import dev.gauntlet.engine.fused.Plan.Dense;
import org.bytedeco.javacpp.FloatPointer;

/** A dense layer without its activation: a matrix product, in BLAS. */
final class DenseOp implements WeightedOp {
  private final int inputs;
  private final int units;
  private final boolean returns;
  private final boolean readsRows;
  private final FloatPointer weights;
  private final FloatPointer gradient;
  private final float[] parameters;
  private final int from;
  private float[] turning;
  private NativeFloats turned;
  private final NativeFloats in;
  private final NativeFloats shared;
  private final float[] out;
  private final float[] back;
  private final Dropped dropped;
  private long seed;
  private boolean accumulates;
  private boolean turns;

  /**
   * @param first whether it gets what was put in row by row
   * @param returns whether the gradient of its inputs is needed
   * @param from where its numbers begin
   * @param shared for what it gives and gets, as large as any layer needs it
   * @param back the gradient that it returns, as large as any layer needs it
   * @param capacity rows, at most
   */
  DenseOp(
      Dense dense,
      boolean first,
      boolean returns,
      Memory memory,
      int from,
      NativeFloats shared,
      float[] back,
      int capacity) {
    this.inputs = dense.inputs();
    this.units = dense.units();
    this.returns = returns;
    this.weights = memory.weights().pointer(from);
    this.gradient = memory.slopes().pointer(from);
    this.parameters = memory.parameters();
    this.from = from;
    this.in = new NativeFloats(capacity * (inputs + 1));
    this.shared = shared;
    this.out = new float[capacity * (units + 1)];
    this.back = back;
    this.dropped = Dropped.of(dense.settings().noise(), capacity * (inputs + 1));
    this.readsRows = first && dropped == null;
    if (readsRows) {
      float[] ones = new float[capacity * (inputs + 1)];
      setOnes(ones, capacity);
      in.put(ones, ones.length);
    }
  }

  /** Whether rows may be put where BLAS reads them, by {@link #input}. */
  boolean readsRows() {
    return readsRows;
  }

  /** Puts a row there. */
  void input(int place, float[] values, int from) {
    in.put(place * (inputs + 1), values, from, inputs);
  }

  @Override
  public void begin(long mask, boolean added, boolean many) {
    seed = mask;
    accumulates = added;
    // It pays to turn the matrix then: a product with one as it lies is a third faster.
    turns = many;
  }

  /**
   * @param values null if rows were put in
   */
  @Override
  public float[] forward(float[] values, int rows, boolean training) {
    if (values != null) {
      setOnes(values, rows);
      in.put(drop(values, rows, training), rows * (inputs + 1));
    }
    Blas.product(
        rows,
        units,
        inputs + 1,
        in.pointer(),
        false,
        inputs + 1,
        weights,
        false,
        units,
        0,
        shared.pointer(),
        units + 1);
    shared.get(out, rows * (units + 1));
    return out;
  }

  private float[] drop(float[] values, int rows, boolean training) {
    if (dropped == null || !training) {
      return values;
    }
    float[] kept = dropped.forward(values, rows * (inputs + 1), seed);
    setOnes(kept, rows);
    return kept;
  }

  /** The weights with the matrix turned: {@code units x inputs}. */
  private void turn() {
    if (turning == null) {
      turning = new float[inputs * units];
      turned = new NativeFloats(turning.length);
    }
    for (int input = 0; input < inputs; input++) {
      int at = from + input * units;
      for (int unit = 0; unit < units; unit++) {
        turning[unit * inputs + input] = parameters[at + unit];
      }
    }
    turned.put(turning, turning.length);
  }

  private void setOnes(float[] values, int rows) {
    for (int row = 1; row <= rows; row++) {
      values[row * (inputs + 1) - 1] = 1;
    }
  }

  @Override
  public float[] backward(float[] delta, int rows) {
    shared.put(delta, rows * (units + 1));
    Blas.product(
        inputs + 1,
        units,
        rows,
        in.pointer(),
        true,
        inputs + 1,
        shared.pointer(),
        false,
        units + 1,
        accumulates ? 1 : 0,
        gradient,
        units);
    if (!returns) {
      return null;
    }
    if (turns && !accumulates) {
      turn();
    }
    Blas.product(
        rows,
        inputs,
        units,
        shared.pointer(),
        false,
        units + 1,
        turns ? turned.pointer() : weights,
        !turns,
        turns ? inputs : units,
        0,
        in.pointer(),
        inputs + 1);
    in.get(back, rows * (inputs + 1));
    if (dropped != null) {
      dropped.backward(back, rows * (inputs + 1));
    }
    return back;
  }

  @Override
  public void close() {
    if (turned != null) {
      turned.close();
    }
    in.close();
  }
}
