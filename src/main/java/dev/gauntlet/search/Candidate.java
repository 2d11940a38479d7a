package dev.gauntlet.search;

import dev.gauntlet.config.SpaceConfig;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * One point of the search space, as data: the same on the driver and on every executor.
 *
 * @param id 0, 1, 2 ... in the order of the strategy
 * @param point the space with every range fixed
 * @param network a DL4J {@code MultiLayerConfiguration} as JSON, with seed 0 and plain loss
 * @param words the network for people, such as {@code dense 32-32 tanh, dropout 0.2}
 * @param parameters trainable and running values of the network
 */
public record Candidate(int id, SpaceConfig point, String network, String words, long parameters)
    implements Serializable {

  public TrainingPlan plan() {
    return TrainingPlan.of(point.training());
  }

  /** Values by their path under {@code space}, in the order of the YAML. */
  public Map<String, Object> hyperparameters() {
    return Hyperparameters.of(point);
  }

  /** The network layer by layer, the input first. */
  public List<LayerRow> layers() {
    return LayerTable.of(network);
  }

  /**
   * The same candidate with dropout in its network; for Monte Carlo dropout.
   *
   * @param inputs features of a row
   * @param outputs of the network: classes, or 1 for a number
   */
  public Candidate withDropout(double rate, int inputs, int outputs) {
    var dropping =
        new SpaceConfig(point.network().withDropout(rate), point.optimizer(), point.training());
    return NetworkBuilder.build(id, dropping, inputs, outputs);
  }
}
