package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.TrainingConfig;
import dev.gauntlet.config.TrainingConfig.Distribution;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class DistributedTest {
  private static final long GB = 1_000_000_000;

  private static SearchConfig config(String... overrides) {
    return ConfigReader.read(Path.of("conf/quickstart.yaml"), List.of(overrides));
  }

  private static SparkConf spark(String master) {
    return new SparkConf(false).setMaster(master);
  }

  private static TrainingConfig training(Distributed distributed) {
    return distributed.config().space().training();
  }

  @Test
  void of_rowsInThisProcess_areNotSpread() {
    Distributed distributed = Distributed.of(config(), 100 * GB, spark("local[4]"));

    assertThat(training(distributed).averages()).isFalse();
    assertThat(distributed.config()).isEqualTo(config());
    assertThat(distributed.why()).isNull();
  }

  @Test
  void of_cluster_decidesByTheMemoryOfAnExecutor() {
    SparkConf spark = spark("spark://h:7077").set("spark.executor.memory", "4g");

    Distributed small = Distributed.of(config(), GB / 2, spark);
    Distributed large = Distributed.of(config(), 12 * GB, spark);

    assertThat(training(small).averages()).isFalse();
    assertThat(small.why())
        .isEqualTo(
            "a candidate per slot: 0.5 GB of rows, 3 times over, are less than 60 % of"
                + " spark.executor.memory, 4.3 GB");
    assertThat(training(large).distribution()).isEqualTo(Distribution.PARAMETER_AVERAGING);
    assertThat(training(large).shards()).as("one per GiB").isEqualTo(12);
    assertThat(large.why())
        .isEqualTo(
            "parameter averaging over 12 shards, once an epoch: 12.0 GB of rows, 3 times over, are"
                + " more than 60 % of spark.executor.memory, 4.3 GB");
  }

  @Test
  void of_shardsLeftOpen_areOnePerGibOnEveryCluster() {
    SearchConfig config =
        config(
            "space.training.distribution=parameter-averaging",
            "space.training.averaging-frequency=5");

    Distributed local = Distributed.of(config, GB, spark("local[3]"));

    assertThat(training(local).shards()).isEqualTo(2);
    assertThat(local.why()).isEqualTo("parameter averaging over 2 shards, every 5 steps");
    SparkConf yarn =
        spark("yarn").set("spark.executor.instances", "5").set("spark.executor.cores", "2");
    assertThat(training(Distributed.of(config, GB, yarn)).shards()).isEqualTo(2);
    assertThat(training(Distributed.of(config, 5 * GB, yarn)).shards()).isEqualTo(5);
  }

  @Test
  void of_shardsGiven_areKept() {
    SearchConfig config =
        config("space.training.distribution=parameter-averaging", "space.training.shards=7");

    assertThat(training(Distributed.of(config, GB, spark("local[2]"))).shards()).isEqualTo(7);
  }
}
