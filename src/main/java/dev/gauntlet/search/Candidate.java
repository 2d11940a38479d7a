package dev.gauntlet.search;

import dev.gauntlet.config.LayerSettings;
import dev.gauntlet.config.SpaceConfig;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One point of the search space, as data: the same on the driver and on every executor.
 *
 * @param id 0, 1, 2 ... in the order of the strategy
 * @param point the space with every range fixed
 * @param network a DL4J {@code MultiLayerConfiguration} as JSON, with seed 0 and plain loss; empty
 *     for an invalid one
 * @param words the network for people, such as {@code dense 32-32 tanh, dropout 0.2}
 * @param parameters trainable and running values of the network
 * @param chosen values of an Arbiter space by their path; empty for other networks
 * @param invalid why there is no such network; null if there is one
 */
public record Candidate(
    int id,
    SpaceConfig point,
    String network,
    String words,
    long parameters,
    Map<String, Object> chosen,
    String invalid)
    implements Serializable {

  public TrainingPlan plan() {
    return TrainingPlan.of(point.training());
  }

  /** Values by their path under {@code space}, in the order of the YAML. */
  public Map<String, Object> hyperparameters() {
    Map<String, Object> values = new LinkedHashMap<>(chosen);
    values.putAll(Hyperparameters.of(point));
    return values;
  }

  /** Whether anything in the network is dropped in training. */
  public boolean hasDropout() {
    if (invalid != null) {
      return false;
    }
    return point.network() instanceof LayerSettings settings
        ? settings.hasDropout()
        : NetworkBuilder.drops(network);
  }

  /**
   * The network layer by layer, the input first.
   *
   * @param inputs features of a row
   */
  public List<LayerRow> layers(int inputs) {
    return LayerTable.of(network, inputs);
  }

  /**
   * The same candidate with dropout in its network; for Monte Carlo dropout.
   *
   * @param inputs features of a row
   * @param outputs what is predicted: classes, or 1 for a number
   */
  public Candidate withDropout(double rate, int inputs, int outputs) {
    if (point.network() instanceof LayerSettings settings) {
      var dropping =
          new SpaceConfig(settings.withDropout(rate), point.optimizer(), point.training());
      return NetworkBuilder.build(id, dropping, inputs, outputs);
    }
    return NetworkBuilder.dropping(this, rate);
  }

  /** The same network, trained for so many epochs, all of them. */
  public Candidate withEpochs(int epochs) {
    var all = new SpaceConfig(point.network(), point.optimizer(), point.training().of(epochs));
    return new Candidate(id, all, network, words, parameters, chosen, invalid);
  }
}
