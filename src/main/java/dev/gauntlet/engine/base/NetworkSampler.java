package dev.gauntlet.engine.base;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Step.Activations;
import dev.gauntlet.train.DropoutSampler;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Monte Carlo dropout, tile by tile. A tile is always as large, the last one filled up with zeros:
 * the bits that BLAS gives for a row depend on how many there are, and on which of them it is.
 */
public final class NetworkSampler implements DropoutSampler {
  /**
   * Bytes of activations that each sampler keeps: several trials share a heap, and the data is in
   * it too.
   */
  static final long KEPT = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

  private final SampledNetwork network;
  private final Rows rows;
  private final int tile;
  private final Activations[] kept;

  /**
   * For a network as DL4J has it.
   *
   * @param plain predictions for these rows, which is what a network without dropout gives
   * @param own an engine's own step for a layer, its activation included; empty for none
   */
  public static DropoutSampler of(
      MultiLayerNetwork network,
      Rows rows,
      Supplier<float[]> plain,
      Function<Layer, Optional<Step>> own) {
    SampledNetwork sampled = SampledNetwork.of(network, own);
    if (sampled.random().isEmpty()) {
      float[] predictions = plain.get();
      return seed -> predictions.clone();
    }
    return new NetworkSampler(sampled, rows);
  }

  NetworkSampler(SampledNetwork network, Rows rows) {
    this(network, rows, network.tile(), KEPT);
  }

  /**
   * @param tile rows of a tile, a multiple of {@link DropoutStep#BLOCK}
   * @param bound bytes of activations before the first dropout that may be kept
   */
  NetworkSampler(SampledNetwork network, Rows rows, int tile, long bound) {
    NativeThreads.one();
    this.network = network;
    this.rows = rows;
    this.tile = tile;
    this.kept = new Activations[(rows.size() + tile - 1) / tile];
    if (kept.length > 0) {
      long bytes = (long) kept.length * before(0).values().length * Float.BYTES;
      for (int i = 0; bytes <= bound && i < kept.length; i++) {
        Activations before = before(i);
        kept[i] = new Activations(before.values().clone(), before.shape());
      }
    }
  }

  @Override
  public float[] pass(Seed seed) {
    NativeThreads.one();
    float[] predictions = new float[rows.size() * rows.outputs()];
    for (int i = 0; i < kept.length; i++) {
      Activations before = kept[i] == null ? before(i) : kept[i];
      Activations last = through(network.random(), before, seed, i * tile);
      int size = Math.min(tile, rows.size() - i * tile);
      float[] chunk = Predictions.of(last.values(), tile, rows.outputs());
      System.arraycopy(chunk, 0, predictions, i * tile * rows.outputs(), size * rows.outputs());
    }
    return Predictions.unscaled(predictions, rows);
  }

  /** What comes to the first dropout. */
  private Activations before(int number) {
    int width = rows.features();
    float[] values = new float[tile * width];
    int from = number * tile;
    for (int i = 0; i < tile && from + i < rows.size(); i++) {
      rows.copy(from + i, values, i * width);
    }
    var features = new Activations(values, new long[] {tile, width});
    return through(network.fixed(), features, null, from);
  }

  private static Activations through(
      List<Step> steps, Activations values, Seed pass, int firstRow) {
    for (Step step : steps) {
      values = step.apply(values, pass, firstRow);
    }
    return values;
  }
}
