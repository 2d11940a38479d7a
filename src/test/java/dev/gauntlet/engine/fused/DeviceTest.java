package dev.gauntlet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a device may do that nobody above it knows of. */
class DeviceTest {
  private static final int STEPS = 9;

  private final Dataset dataset = TestData.clusters(6, 1, 11, 400, 300, 200);
  private final Preprocessor fitted = TestData.standardized(dataset, Datasets.allRows(dataset));
  private final Rows rows = new Rows(dataset, Datasets.allRows(dataset), fitted);

  /** Networks of one shape, which differ in numbers and seeds. */
  private TrainingTask task(int number) {
    return new TrainingTask(
        TestSpaces.candidate(
            6,
            3,
            "space.network={type: dense, layers: 2, units: 20, batch-norm: before, dropout: 0.%d}"
                .formatted(number),
            "space.optimizer.learning-rate=0.0" + number,
            "space.training={batch-size: 100, epochs: %d}".formatted(number)),
        rows,
        new Rows(dataset, new int[0], fitted),
        new double[] {1, 2, 1},
        predictions -> 0,
        new Seed(number));
  }

  @Test
  void train_networksTakenTogether_isAsAlone() throws Exception {
    var device = new LockstepDevice(3);
    var pool = Executors.newFixedThreadPool(3);
    List<Future<TrainedModel>> together = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      TrainingTask task = task(i);
      together.add(pool.submit(() -> new FusedEngine(device).train(task)));
    }

    for (int i = 1; i <= 3; i++) {
      TrainedModel alone = new FusedEngine().train(task(i));
      TrainedModel one = together.get(i - 1).get(1, TimeUnit.MINUTES);
      assertThat(one.curve()).isEqualTo(alone.curve());
      assertThat(one.predictions(rows)).containsExactly(alone.predictions(rows));
      assertThat(one.file()).isEqualTo(alone.file());
    }
    pool.shutdown();
    // Epochs of three, of two and of one: those that are done leave.
    List<Integer> expected = new ArrayList<>(Collections.nCopies(STEPS, 3));
    expected.addAll(Collections.nCopies(STEPS, 2));
    expected.addAll(Collections.nCopies(STEPS, 1));
    assertThat(device.rounds()).isEqualTo(expected);
  }
}
