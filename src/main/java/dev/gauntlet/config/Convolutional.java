package dev.gauntlet.config;

import dev.gauntlet.config.NetworkConfig.Activation;
import dev.gauntlet.config.NetworkConfig.BatchNorm;
import dev.gauntlet.config.NetworkConfig.DropoutType;
import dev.gauntlet.config.NetworkConfig.WeightInit;
import dev.gauntlet.config.Range.Fixed;
import java.io.Serializable;
import java.util.List;

/**
 * Blocks of convolutions and pooling, then dense layers of the same width, then an output layer.
 *
 * @param image {@code CHANNELSxHEIGHTxWIDTH} of a row; null for that of the data
 * @param blocks first to last
 * @param headLayers dense layers between the blocks and the output
 * @param units in each dense layer; null where there is none
 * @param headDropout the fraction of a dense layer's outputs that is dropped in training; null
 *     where there is none
 */
public record Convolutional(
    @Default("") String image,
    @Default("[{repeat: {min: 1, max: 3}}]") List<Block> blocks,
    @Default("1") @Bounds(min = 0, max = 10) Range<Integer> headLayers,
    @Default("{choice: [64, 128]}") @Bounds(min = 1, max = 65536) Range<Integer> units,
    @Default("0") @Bounds(min = 0, max = 1, below = true) Range<Double> headDropout,
    @Default("relu") Range<Activation> activation,
    @Default("0") @Bounds(min = 0, max = 1, below = true) Range<Double> inputDropout,
    @Default("plain") Range<DropoutType> dropoutType,
    @Default("xavier") Range<WeightInit> weightInit,
    @Default("0") @Bounds(min = 0) Range<Double> l1,
    @Default("0") @Bounds(min = 0) Range<Double> l2,
    @Default("0") @Bounds(min = 0) Range<Double> weightDecay,
    @Default("none") Range<GradientClipping> gradientClipping)
    implements NetworkConfig, LayerSettings {

  public Convolutional {
    if (image != null && !image.matches("[1-9][0-9]{0,3}(x[1-9][0-9]{0,4}){2}")) {
      throw new IllegalArgumentException(
          "image " + image + "; the rule: CHANNELSxHEIGHTxWIDTH. Maybe 1x28x28.");
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          "blocks: none; the rule: at least one. Maybe type: dense.");
    }
    blocks = List.copyOf(blocks);
    LayerSettings.requireOnePenalty(l2, weightDecay);
    if (headLayers.isOnly(0)) {
      units = null;
      headDropout = null;
    }
  }

  /**
   * Convolutions, each with its activation, then pooling. Left out, it has no values but {@code
   * repeat}.
   *
   * @param repeat how often the block stands one after the other; 0 leaves it out
   * @param filters of each convolution
   * @param growth of filters from one repetition to the next; null for one
   * @param convolutions one after the other
   * @param kernel side of the square
   * @param padding of convolutions; pooling has none
   * @param batchNorm where each convolution has batch normalisation
   * @param poolSize side of the square, and the stride; null where nothing is pooled
   * @param dropout the fraction of the block's outputs that is dropped in training
   */
  public record Block(
      @Default("1") @Bounds(min = 0, max = 20) Range<Integer> repeat,
      @Default("{choice: [16, 32]}") @Bounds(min = 1, max = 4096) Range<Integer> filters,
      @Default("same") Range<Growth> growth,
      @Default("1") @Bounds(min = 1, max = 10) Range<Integer> convolutions,
      @Default("3") @Bounds(min = 1, max = 64) Range<Integer> kernel,
      @Default("same") Range<Padding> padding,
      @Default("none") Range<BatchNorm> batchNorm,
      @Default("max") Range<Pooling> pooling,
      @Default("2") @Bounds(min = 2, max = 64) Range<Integer> poolSize,
      @Default("0") @Bounds(min = 0, max = 1, below = true) Range<Double> dropout)
      implements Serializable {

    public Block {
      if (repeat.isOnly(0)) {
        filters = null;
        convolutions = null;
        kernel = null;
        padding = null;
        batchNorm = null;
        pooling = null;
        dropout = null;
      }
      if (repeat.isOnly(0) || repeat.isOnly(1)) {
        growth = null;
      }
      if (pooling == null || pooling.isOnly(Pooling.NONE)) {
        poolSize = null;
      }
    }

    Block withDropout(Range<Double> rate) {
      return new Block(
          repeat,
          filters,
          growth,
          convolutions,
          kernel,
          padding,
          batchNorm,
          pooling,
          poolSize,
          rate);
    }

    /** Of a point: the filters of a repetition, from 0. */
    public long filters(int repetition) {
      boolean doubled = growth != null && growth.value() == Growth.DOUBLE;
      return doubled ? (long) filters.value() << repetition : filters.value();
    }
  }

  /** Filters of a repeated block. */
  public enum Growth {
    SAME,
    /** Twice as many in each repetition. */
    DOUBLE
  }

  /** What is around an image. */
  public enum Padding {
    /** As many zeros as keep its size. */
    SAME,
    /** None: it shrinks by kernel - 1. */
    VALID
  }

  /** What makes one value of a square. */
  public enum Pooling {
    MAX,
    AVERAGE,
    /** The block does not pool. */
    NONE
  }

  @Override
  public boolean hasDropout() {
    boolean head = headDropout != null && headDropout.value() > 0;
    return head
        || inputDropout.value() > 0
        || blocks.stream()
            .anyMatch(block -> block.repeat().value() > 0 && block.dropout().value() > 0);
  }

  /** After each dense layer; where there is none, after each block. */
  @Override
  public Convolutional withDropout(double rate) {
    Range<Double> fixed = new Fixed<>(rate);
    if (headDropout != null) {
      return with(image, blocks, fixed, inputDropout);
    }
    boolean hasBlock = blocks.stream().anyMatch(block -> !block.repeat().isOnly(0));
    return hasBlock
        ? with(
            image,
            blocks.stream().map(block -> block.withDropout(fixed)).toList(),
            null,
            inputDropout)
        : with(image, blocks, null, fixed);
  }

  /** The same for images of another shape. */
  public Convolutional withImage(String shape) {
    return with(shape, blocks, headDropout, inputDropout);
  }

  private Convolutional with(
      String shape,
      List<Block> newBlocks,
      Range<Double> newHeadDropout,
      Range<Double> newInputDropout) {
    return new Convolutional(
        shape,
        newBlocks,
        headLayers,
        units,
        newHeadDropout,
        activation,
        newInputDropout,
        dropoutType,
        weightInit,
        l1,
        l2,
        weightDecay,
        gradientClipping);
  }
}
