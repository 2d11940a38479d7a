package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

class UpdatersTest {

  /** As plain DL4J reads it from the JSON of a candidate. */
  private static IUpdater updater(String... overrides) {
    Candidate candidate = TestSpaces.candidate(4, 2, overrides);
    var network = MultiLayerConfiguration.fromJson(candidate.network());
    return ((DenseLayer) network.getConf(0).getLayer()).getIUpdater();
  }

  static List<Arguments> optimizers() {
    return List.of(
        Arguments.of("sgd", new Sgd(0.01)),
        Arguments.of("{type: sgd, learning-rate: 0.5, momentum: 0.9}", new Nesterovs(0.5, 0.9)),
        Arguments.of("nesterov", new Nesterovs(0.01, 0.9)),
        Arguments.of("{type: nesterov, momentum: 0.5}", new Nesterovs(0.01, 0.5)),
        Arguments.of("adam", new Adam(0.001, 0.9, 0.999, 1e-8)),
        Arguments.of(
            "{type: adam, learning-rate: 0.1, beta1: 0.8, beta2: 0.99, epsilon: 1e-4}",
            new Adam(0.1, 0.8, 0.99, 1e-4)),
        Arguments.of("adamax", new AdaMax(0.002, 0.9, 0.999, 1e-8)),
        Arguments.of(
            "{type: adamax, beta1: 0.8, beta2: 0.99, epsilon: 1e-4}",
            new AdaMax(0.002, 0.8, 0.99, 1e-4)),
        Arguments.of("nadam", new Nadam(0.002, 0.9, 0.999, 1e-8)),
        Arguments.of(
            "{type: nadam, beta1: 0.8, beta2: 0.99, epsilon: 1e-4}",
            new Nadam(0.002, 0.8, 0.99, 1e-4)),
        Arguments.of("amsgrad", new AMSGrad(0.001, 0.9, 0.999, 1e-8)),
        Arguments.of(
            "{type: amsgrad, beta1: 0.8, beta2: 0.99, epsilon: 1e-4}",
            new AMSGrad(0.001, 0.8, 0.99, 1e-4)),
        Arguments.of("rmsprop", new RmsProp(0.001, 0.9, 1e-8)),
        Arguments.of("{type: rmsprop, decay: 0.5, epsilon: 1e-4}", new RmsProp(0.001, 0.5, 1e-4)),
        Arguments.of("adagrad", new AdaGrad(0.01, 1e-6)),
        Arguments.of("{type: adagrad, epsilon: 1e-4}", new AdaGrad(0.01, 1e-4)),
        Arguments.of("adadelta", new AdaDelta(0.95, 1e-6)),
        Arguments.of("{type: adadelta, rho: 0.5, epsilon: 1e-4}", new AdaDelta(0.5, 1e-4)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void network_optimizer_isDl4js(String optimizer, IUpdater expected) {
    assertThat(updater("space.optimizer=" + optimizer)).isEqualTo(expected);
  }

  /** Learning rate 0.8, 10 epochs; rates at epochs 0, 1, 5 and 9. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none                                  | 0.8, 0.8, 0.8, 0.8
          {type: step, factor: 0.5, every: 3}   | 0.8, 0.8, 0.4, 0.1
          {type: exponential, factor: 0.5}      | 0.8, 0.4, 0.025, 0.0015625
          {type: inverse, gamma: 1, power: 2}   | 0.8, 0.2, 0.022222222222222223, 0.008
          {type: poly, power: 2}                | 0.8, 0.648, 0.2, 0.008
          {type: sigmoid, gamma: 2, step: 1}    | 0.7046376624, 0.4, 0.0002682801, 0.0000000900
          cosine                                | 0.8, 0.7804226065, 0.4, 0.0195773935
          {type: cosine, min-share: 0.5}        | 0.8, 0.7902113033, 0.6, 0.4097886967
          """)
  void network_schedule_givesTheRateOfAnEpoch(String schedule, String rates) {
    String[] optimizers = {
      "sgd", "nesterov", "adam", "adamax", "nadam", "amsgrad", "rmsprop", "adagrad"
    };
    for (String type : optimizers) {
      String optimizer =
          "space.optimizer={type: %s, learning-rate: 0.8, schedule: %s}".formatted(type, schedule);

      assertThat(rates(updater(optimizer), 0, 1, 5, 9))
          .containsExactly(
              Arrays.stream(rates.split(", ")).mapToDouble(Double::parseDouble).toArray(),
              within(1e-9));
    }
  }

  /** Quarters of the way up in epochs 0, 1 and 2, then the schedule's own rate. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none                                | 0.2, 0.4, 0.6, 0.8, 0.8
          {type: step, factor: 0.5, every: 2} | 0.2, 0.4, 0.3, 0.4, 0.2
          {type: poly, power: 1}              | 0.2, 0.36, 0.48, 0.56, 0.48
          """)
  void network_warmUp_risesToTheSchedule(String schedule, String rates) {
    IUpdater updater =
        updater(
            "space.optimizer={type: adagrad, learning-rate: 0.8, warm-up: 3, schedule: %s}"
                .formatted(schedule));

    assertThat(rates(updater, 0, 1, 2, 3, 4))
        .containsExactly(
            Arrays.stream(rates.split(", ")).mapToDouble(Double::parseDouble).toArray(),
            within(1e-12));
  }

  /** Longer than a table is. */
  @Test
  void network_longWarmUp_endsAtTheRate() {
    IUpdater updater =
        updater(
            "space.optimizer={type: sgd, learning-rate: 0.8, warm-up: 1001}",
            "space.training.epochs=3000");

    assertThat(rates(updater, 0, 1001, 2999))
        .containsExactly(new double[] {0.8 / 1002, 0.8, 0.8}, within(1e-12));
  }

  private static double[] rates(IUpdater updater, int... epochs) {
    // A schedule goes by epochs: the count of iterations does not matter.
    return Arrays.stream(epochs).mapToDouble(epoch -> updater.getLearningRate(7, epoch)).toArray();
  }

  /** A table of every epoch would be as long as the search. */
  @Test
  void network_longSchedule_hasAShortTable() {
    String optimizer = "space.optimizer={type: sgd, learning-rate: 1, schedule: cosine}";

    Candidate candidate = TestSpaces.candidate(4, 2, optimizer, "space.training.epochs=1000000000");

    assertThat(candidate.network().length()).isLessThan(150_000);
    assertThat(updater(optimizer, "space.training.epochs=2500").getLearningRate(0, 1250))
        .isCloseTo(0.5, within(2e-3));
  }

  @Test
  void hyperparameters_nestedVariants_haveTheirPaths() {
    String optimizer =
        "space.optimizer={choice: [{type: adam, warm-up: {min: 0, max: 3}, schedule: {choice: [none,"
            + " {type: step, factor: {min: 0.1, max: 0.9}}]}}, adadelta]}";
    var config = TestSpaces.config(TestSpaces.CONDITIONAL, optimizer, "search.candidates=40");
    var space = new SearchSpace(config.space(), 4, 2);

    assertThat(space.hyperparameters())
        .containsSubsequence(
            "optimizer.type",
            "optimizer.schedule.type",
            "optimizer.schedule.factor",
            "optimizer.warm-up");
    var seen = new java.util.HashSet<String>();
    for (Candidate candidate : TestSpaces.candidates(config, space)) {
      var values = candidate.hyperparameters();
      String type = values.get("optimizer.type") + " " + values.get("optimizer.schedule.type");
      seen.add(type);
      assertThat(values.containsKey("optimizer.schedule.factor"))
          .isEqualTo(type.equals("adam step"));
    }
    assertThat(seen).containsExactlyInAnyOrder("adam none", "adam step", "adadelta null");
  }
}
