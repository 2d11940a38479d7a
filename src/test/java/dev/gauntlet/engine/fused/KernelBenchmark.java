package dev.gauntlet.engine.fused;

import dev.gauntlet.config.NetworkConfig.DropoutType;
import dev.gauntlet.engine.fused.Plan.Clipping;
import dev.gauntlet.engine.fused.Plan.Convolved;
import dev.gauntlet.engine.fused.Plan.Dense;
import dev.gauntlet.engine.fused.Plan.Noise;
import dev.gauntlet.engine.fused.Plan.Penalty;
import dev.gauntlet.engine.fused.Plan.Pooled;
import dev.gauntlet.engine.fused.Plan.Settings;
import dev.gauntlet.natives.BlasKernel;
import dev.gauntlet.search.Volume;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a step is made of: microseconds for one call, each forward and back but for dropout. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  private static final Settings PLAIN =
      new Settings(null, new Penalty(0, 0, 0, false), new Clipping(GradientNormalization.None, 0));

  private static float[] values(int size) {
    Random random = new Random(1);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Memory memory(int size) {
    BlasKernel.choose();
    Memory memory = Memory.of(values(size), new float[size]);
    memory.load();
    return memory;
  }

  private static int[] numbers(String shape) {
    return Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
  }

  /** Forward and back, over the same numbers again and again. */
  public abstract static class Case {
    private Op op;
    private float[] in;
    private float[] delta;
    private float[] kept;
    private float[] used;
    private int rows;

    void set(Op one, int size, int width, int outWidth) {
      op = one;
      rows = size;
      kept = values(size * width);
      in = kept.clone();
      delta = values(size * outWidth);
      used = delta.clone();
    }

    float[] pass() {
      // Operations may change what they get.
      System.arraycopy(kept, 0, in, 0, in.length);
      System.arraycopy(delta, 0, used, 0, used.length);
      op.forward(in, rows, true);
      return op.backward(used, rows);
    }
  }

  /** A dense layer. */
  @State(Scope.Thread)
  public static class DenseCase extends Case {
    @Param({"200x92x50", "128x784x64", "128x784x500"})
    String rowsInputsUnits;

    @Setup
    public void make() {
      int[] shape = numbers(rowsInputsUnits);
      var dense = new Dense(shape[1], shape[2], null, PLAIN);
      int widest = Math.max(shape[1], shape[2]) + 1;
      var shared = new NativeFloats(shape[0] * widest);
      float[] back = new float[shape[0] * widest];
      Memory memory = memory((shape[1] + 1) * shape[2]);
      var op = new DenseOp(dense, false, true, memory, 0, shared, back, shape[0]);
      set(op, shape[0], shape[1] + 1, shape[2] + 1);
    }
  }

  /** A convolution of 3 x 3; of few channels, the first one. */
  @State(Scope.Thread)
  public static class ConvolutionCase extends Case {
    @Param({"8x28x28x1x32", "8x32x32x3x32", "4x26x26x32x64", "8x15x15x32x64", "8x6x6x64x64"})
    String imagesHeightWidthChannelsUnits;

    @Setup
    public void make() {
      int[] shape = numbers(imagesHeightWidthChannelsUnits);
      Volume in = new Volume(shape[3], shape[1], shape[2]);
      var part = new Convolved(in, shape[4], 3, 3, 0, 0, 0, 0, shape[3] < 4, PLAIN);
      Memory memory = memory((part.inputs() + 1) * part.units());
      var shared = new ConvolutionOp.Shared(part, memory, 0, shape[0]);
      var op = new ConvolutionOp(shared, shape[0]);
      set(op, shape[0], (int) in.values(), (int) part.out().values());
    }
  }

  /** Squares of 2 x 2. */
  @State(Scope.Thread)
  public static class PoolCase extends Case {
    @Param({"true", "false"})
    boolean maximum;

    @Setup
    public void make() {
      Volume in = new Volume(64, 24, 24);
      var part = new Pooled(in, 2, 2, maximum);
      float[] back = new float[4 * (int) in.values()];
      set(new PoolOp(part, back, 4), 4, (int) in.values(), (int) part.out().values());
    }
  }

  /** 200 rows of 50 units. */
  @State(Scope.Thread)
  public static class ActivationCase extends Case {
    @Param({"RELU", "ELU", "GELU", "SOFTPLUS", "TANH", "SIGMOID"})
    String function;

    @Setup
    public void make() {
      set(new ActivationOp(Activation.valueOf(function), false, 51, 200), 200, 51, 51);
    }
  }

  /** 200 rows of 50 units. */
  @State(Scope.Thread)
  public static class DropoutCase {
    @Param DropoutType type;

    private final float[] in = values(200 * 51);
    private Dropped dropped;
    private long seed;

    @Setup
    public void make() {
      dropped = Dropped.of(new Noise(type, 0.5), in.length);
    }
  }

  @Benchmark
  public float[] dense(DenseCase one) {
    return one.pass();
  }

  @Benchmark
  public float[] convolution(ConvolutionCase one) {
    return one.pass();
  }

  @Benchmark
  public float[] pooling(PoolCase one) {
    return one.pass();
  }

  @Benchmark
  public float[] activation(ActivationCase one) {
    return one.pass();
  }

  @Benchmark
  public float[] dropout(DropoutCase one) {
    return one.dropped.forward(one.in, one.in.length, one.seed++);
  }
}
