package dev.gauntlet.search;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Range;
import dev.gauntlet.config.TrainingConfig.Loss;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The output layer that a loss asks for: its units, their activation, DL4J's loss. */
enum Losses {
  BINARY(LossFunction.XENT, Activation.SIGMOID),
  CATEGORICAL(LossFunction.MCXENT, Activation.SOFTMAX),
  SQUARED(LossFunction.MSE, Activation.IDENTITY),
  ABSOLUTE(LossFunction.MEAN_ABSOLUTE_ERROR, Activation.IDENTITY);

  private final LossFunction function;
  private final Activation activation;

  Losses(LossFunction function, Activation activation) {
    this.function = function;
    this.activation = activation;
  }

  /**
   * @param outputs classes; 1 for a number
   */
  static Losses of(Loss loss, int outputs) {
    return switch (loss) {
      case AUTO -> outputs == 1 ? SQUARED : outputs == 2 ? BINARY : CATEGORICAL;
      case BINARY_CROSS_ENTROPY -> BINARY;
      case CATEGORICAL_CROSS_ENTROPY -> CATEGORICAL;
      case MSE -> SQUARED;
      case MAE -> ABSOLUTE;
    };
  }

  /**
   * What only the data can tell.
   *
   * @throws InvalidInputException for a binary loss and more than two classes
   */
  static void check(Range<Loss> loss, int outputs) {
    boolean binary =
        loss instanceof Range.Choice<Loss> choice
            ? choice.values().contains(Loss.BINARY_CROSS_ENTROPY)
            : loss.value() == Loss.BINARY_CROSS_ENTROPY;
    if (binary && outputs > 2) {
      throw new InvalidInputException(
          "space.training.loss: binary-cross-entropy with "
              + outputs
              + " classes; the rule: two. Maybe categorical-cross-entropy.");
    }
  }

  /** The output layer, but for its inputs. */
  OutputLayer.Builder layer(int outputs) {
    return new OutputLayer.Builder(function)
        .nOut(this == BINARY ? 1 : outputs)
        .activation(activation);
  }
}
