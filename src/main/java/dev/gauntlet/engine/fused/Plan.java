package dev.gauntlet.engine.fused;

import dev.gauntlet.config.NetworkConfig.DropoutType;
import dev.gauntlet.search.Volume;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A network as this engine trains it: convolutions first, then dense layers, each with what follows
 * it up to the next one. Maps lie position by position, all channels of one beside each other.
 *
 * @param updater of all layers
 */
record Plan(List<Part> parts, Loss loss, IUpdater updater) {
  /** Of these, a training has about ten numbers each. */
  private static final long MOST_WEIGHTS = 1 << 23;

  /** Numbers of 512 MiB. */
  private static final long MOST = 1 << 27;

  /** A step of the forward pass. */
  sealed interface Part permits Weighted, Normalized, Activated, Pooled {}

  /** A layer that multiplies with a matrix: {@code (inputs + 1) x units}, biases last. */
  sealed interface Weighted extends Part permits Dense, Convolved {
    int inputs();

    int units();

    Settings settings();
  }

  /**
   * What a layer with weights may have.
   *
   * @param noise on its inputs; null for none
   */
  record Settings(Noise noise, Penalty penalty, Clipping clipping) {}

  /**
   * Dropout.
   *
   * @param keep the share of inputs that is kept, or as much noise as that
   */
  record Noise(DropoutType type, double keep) {}

  /**
   * A matrix product.
   *
   * @param maps what its inputs were before; null for no maps
   */
  record Dense(int inputs, int units, Volume maps, Settings settings) implements Weighted {}

  /**
   * A convolution in steps of 1.
   *
   * @param in what it gets
   * @param units channels that it puts out
   * @param height of the kernel
   * @param width of the kernel
   * @param top lines of zeros above
   * @param left columns of zeros
   * @param bottom lines of zeros below
   * @param right columns of zeros
   * @param first whether it gets the features
   */
  record Convolved(
      Volume in,
      int units,
      int height,
      int width,
      int top,
      int left,
      int bottom,
      int right,
      boolean first,
      Settings settings)
      implements Weighted {
    @Override
    public int inputs() {
      return in.channels() * height * width;
    }

    /** What it gets with the zeros around it. */
    Volume padded() {
      return new Volume(in.channels(), in.height() + top + bottom, in.width() + left + right);
    }

    Volume out() {
      return new Volume(
          units, in.height() + top + bottom - height + 1, in.width() + left + right - width + 1);
    }

    /** The line of the matrix that a weight is in: features are few, and lie column by column. */
    int input(int channel, int y, int x) {
      int position = first ? x * height + y : y * width + x;
      return position * in.channels() + channel;
    }
  }

  /**
   * Squares beside each other become one value each; what is left over at the edge is not used.
   *
   * @param maximum or mean
   */
  record Pooled(Volume in, int height, int width, boolean maximum) implements Part {
    Volume out() {
      return new Volume(in.channels(), in.height() / height, in.width() / width);
    }
  }

  /**
   * Batch normalisation.
   *
   * @param maps whose channels have statistics; null for units
   * @param logarithmic whether the running variance is kept as the decimal logarithm of its root
   */
  record Normalized(
      int units, Volume maps, double decay, double epsilon, boolean logarithmic, Clipping clipping)
      implements Part {}

  record Activated(Activation function) implements Part {}

  /**
   * Factors of what is added for the size of weights.
   *
   * @param scaled whether weight decay is multiplied by the learning rate
   */
  record Penalty(double l1, double l2, double decay, boolean scaled) {
    boolean isNone() {
      return l1 == 0 && l2 == 0 && decay == 0;
    }
  }

  /** The shape of a row that is an image; null if it is none. */
  Volume image() {
    return parts.get(0) instanceof Convolved first ? first.in() : null;
  }

  /** Those before the first dense layer. */
  List<Part> imageParts() {
    return parts.stream().takeWhile(part -> !(part instanceof Dense)).toList();
  }

  /** Arrays of the optimizer's state, each as long as the weights. */
  int states() {
    return Optimizer.of(updater).states();
  }

  /** Numbers of a row. */
  int features() {
    return image() == null ? ((Dense) parts.get(0)).inputs() : (int) image().values();
  }

  /**
   * Whether there are few enough weights, and what goes through at once is: an image, and a tile of
   * rows, or all rows of a step where a layer has statistics of them.
   *
   * @param batch rows of a step
   */
  boolean fits(int batch) {
    long weights = 0;
    long images = 0;
    long rows = 0;
    long widest = 0;
    for (Part part : parts) {
      if (part instanceof Dense one) {
        rows += one.inputs() + one.units() + 2L;
        widest = Math.max(widest, Math.max(one.inputs(), one.units()) + 1L);
      } else if (part instanceof Convolved one) {
        long places = one.padded().values() / one.in().channels();
        images += (one.first() ? one.height() : 3) * one.padded().values();
        images += 4 * places * one.units();
      } else if (part instanceof Pooled one) {
        images += one.in().values() + one.out().values();
      } else if (part instanceof Normalized one && one.maps() != null) {
        images += 3 * one.maps().values();
      } else if (part instanceof Normalized one) {
        rows += 7L * (one.units() + 1);
      }
      if (part instanceof Weighted one) {
        weights += (one.inputs() + 1L) * one.units();
      }
    }
    long together = normalizes() ? Math.max(batch, Network.TILE) : Network.TILE;
    long numbers = (rows + 2 * widest) * together + images * (normalizes() ? batch : 1);
    return weights <= MOST_WEIGHTS && numbers <= MOST;
  }

  /** Whether a layer needs all rows of a step at once. */
  boolean normalizes() {
    return parts.stream().anyMatch(part -> part instanceof Normalized);
  }

  /** What happens to the gradient of a layer that is too large. */
  record Clipping(GradientNormalization kind, double threshold) {}

  /** Empty for a network that this engine cannot train. */
  static Optional<Plan> of(MultiLayerConfiguration network) {
    try {
      return Optional.of(new PlanReader(network).plan());
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
