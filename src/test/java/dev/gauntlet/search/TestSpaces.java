package dev.gauntlet.search;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.AdamSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Configurations for tests. */
public final class TestSpaces {
  /** Two optimizers, one with a range that the other lacks. */
  public static final String CONDITIONAL =
      """
      data: {path: x.csv, label: label}
      space:
        network:
          {type: dense, layers: {min: 1, max: 3}, units: {choice: [8, 16]}, l2: {min: 1e-6, max: 1e-2, scale: log}}
        optimizer:
          choice:
            - {type: sgd, learning-rate: {min: 1e-3, max: 0.3, scale: log}, momentum: {choice: [0, 0.9]}}
            - {type: adam, learning-rate: {min: 1e-4, max: 0.03, scale: log}}
        training: {batch-size: {min: 16, max: 64, scale: log}}
      """;

  private TestSpaces() {}

  public static SearchConfig config(String yaml, String... overrides) {
    return ConfigReader.parse(yaml, Path.of("test.yaml"), List.of(overrides));
  }

  /** One candidate of fixed values, for the given sizes. */
  public static Candidate candidate(int inputs, int classes, String... overrides) {
    String fixed =
        """
        data: {path: x.csv, label: label}
        space:
          network: {type: dense, layers: 2, units: 20}
          optimizer: {type: adam, learning-rate: 0.01}
          training: {batch-size: 32, epochs: 10}
        """;
    var space = new SearchSpace(config(fixed, overrides).space(), inputs, classes);
    return space.candidate(0, new double[space.dimensions()]);
  }

  /** The candidates of the first round. */
  static List<Candidate> candidates(SearchConfig config, SearchSpace space) {
    return new Search(config, space)
        .next().stream()
            .map(attempt -> space.candidate(attempt.candidate(), attempt.point()))
            .toList();
  }

  /** An Arbiter space of one or two dense layers of 4 to 16 units; JSON. */
  public static String arbiter(int outputs) {
    return new MultiLayerSpace.Builder()
        .updater(new AdamSpace(new ContinuousParameterSpace(1e-3, 1e-2)))
        .addLayer(
            new DenseLayerSpace.Builder()
                .nOut(new IntegerParameterSpace(4, 16))
                .activation(new DiscreteParameterSpace<>(Activation.RELU, Activation.TANH))
                .build(),
            new IntegerParameterSpace(1, 2))
        .addLayer(
            new OutputLayerSpace.Builder()
                .nOut(outputs)
                .activation(Activation.SOFTMAX)
                .lossFunction(LossFunction.MCXENT)
                .build())
        .build()
        .toJson();
  }
}
