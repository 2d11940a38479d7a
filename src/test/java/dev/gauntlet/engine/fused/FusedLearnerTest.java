package dev.gauntlet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.sun.management.ThreadMXBean;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.TrainingTask;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusedLearnerTest {
  private static final int STEPS = 10_000;

  private final Dataset dataset = TestData.clusters(6, 1, 11, 400, 300, 200);
  private final Preprocessor fitted = TestData.standardized(dataset, Datasets.allRows(dataset));
  private final Rows rows = new Rows(dataset, Datasets.allRows(dataset), fitted);
  private final int[] order = IntStream.range(0, rows.size()).toArray();

  private FusedLearner learner(String... overrides) {
    var task =
        new TrainingTask(
            TestSpaces.candidate(6, 3, overrides),
            rows,
            new Rows(dataset, new int[0], fitted),
            new double[] {1, 2, 1},
            predictions -> 0,
            new Seed(1));
    MultiLayerNetwork initial = Networks.initialised(task);
    Plan plan = Plan.of(initial.getLayerWiseConfigurations()).orElseThrow();
    Layout layout = Layout.of(plan);
    var weights = layout.fromDl4j(Networks.weights(initial), plan.states());
    return new FusedLearner(new Cpu(), plan, layout, task, weights, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "space.network={type: dense, layers: 2, units: 20, activation: elu, dropout: 0.3, l2: 0.01}",
        "space.network={type: dense, layers: 2, units: 20, batch-norm: before, l1: 0.01}",
        "space.network.gradient-clipping={type: norm, threshold: 0.1}",
        "space.network={type: dense, layers: 2, units: 20, dropout: 0.3, dropout-type: alpha}",
        "space.network={type: convolutional, image: 1x2x3, units: 4, head-dropout: 0.2, blocks: [{"
            + "filters: 2, kernel: 2, batch-norm: after}, {filters: 3, padding: valid, pooling:"
            + " none, kernel: 1, dropout: 0.1}]}"
      })
  void step_allocatesNothing(String network) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (FusedLearner learner = learner(network, "space.training.batch-size=100")) {
      learner.begin(1);
      // Until it is compiled, and what is made once was made.
      long before = 0;
      for (int step = 0; step < 2 * STEPS; step++) {
        if (step == STEPS) {
          before = threads.getCurrentThreadAllocatedBytes();
        }
        learner.step(order, 0, 100);
      }
      long after = threads.getCurrentThreadAllocatedBytes();

      assertThat((after - before) / STEPS).isLessThan(32);
    }
  }

  /** A tile at a time gives the gradient of the batch, but for rounding. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: dense, layers: 2, units: 20}",
        "{type: convolutional, image: 1x2x3, units: 4, blocks: [{filters: 3, pooling: none}]}",
        // Two images to a group.
        "{type: convolutional, image: 1x2x3, units: 4, activation: tanh, blocks: [{filters: 4096,"
            + " kernel: 1}, {filters: 2, pooling: none}]}"
      })
  void step_batchOfManyTiles_isOneStep(String network) {
    String[] tiled = {
      "space.network=" + network,
      "space.optimizer={type: sgd, learning-rate: 0.1, momentum: 0.9}",
      "space.training.batch-size=900"
    };
    try (FusedLearner learner = learner(tiled);
        FusedLearner other = learner(tiled)) {
      learner.begin(1);
      other.begin(1);
      int[] backwards = IntStream.range(0, 900).map(i -> 899 - i).toArray();

      double loss = learner.step(order, 0, 900);

      assertThat(other.step(backwards, 0, 900)).isEqualTo(loss, offset(1e-6));
      float[] weights = learner.weights().parameters();
      assertThat(other.weights().parameters()).containsExactly(weights, offset(1e-6f));
    }
  }
}
