package dev.gauntlet.search;

import dev.gauntlet.config.NetworkConfig.DropoutType;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;

/** Kinds of dropout as DL4J has them. */
final class Dropouts {
  private Dropouts() {}

  /**
   * @param rate the fraction that is dropped; DL4J's plain and alpha dropout count what is kept
   */
  static IDropout of(DropoutType type, double rate) {
    return switch (type) {
      case PLAIN -> new Dropout(1 - rate);
      case ALPHA -> new AlphaDropout(1 - rate);
      case GAUSSIAN -> new GaussianDropout(rate);
    };
  }
}
