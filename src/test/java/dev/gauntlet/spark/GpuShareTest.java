package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.chaos.Searches;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.RunConfig;
import dev.gauntlet.engine.Gpus;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class GpuShareTest {
  private static final String TASK = "spark.task.resource.gpu.amount";

  private static SparkConf conf(RunConfig run, String... settings) {
    var conf = new SparkConf(false);
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    GpuShare.into(conf, run);
    return conf;
  }

  private static RunConfig run(String... overrides) {
    return ConfigReader.read(Searches.CONF, Searches.small(overrides)).run();
  }

  @Test
  void into_executorsWithoutGpus_askForNone() {
    assertThat(GpuShare.isAsked(conf(run("run.trials-per-gpu=2"), TASK, "1"))).isFalse();
  }

  @Test
  void into_executorsWithGpus_askAsTheSearchSays() {
    String[] gpus = {"spark.executor.resource.gpu.amount", "2", TASK, "0.25"};

    assertThat(conf(run("run.trials-per-gpu=2"), gpus).get(TASK)).isEqualTo("0.5");
    assertThat(conf(run(), gpus).get(TASK, "none"))
        .isEqualTo(Gpus.areSupported() ? "0.25" : "none");
    assertThat(GpuShare.isAsked(conf(run("run.engine=fused", "run.trials-per-gpu=2"), gpus)))
        .isFalse();
    assertThat(GpuShare.isAsked(conf(null, gpus))).isFalse();
  }

  /** Spark computes the trials of a GPU from the share, and rounds down. */
  @Test
  void into_anyNumberPerGpu_isTheNumberThatSparkGets() {
    assertThat(IntStream.rangeClosed(1, 32))
        .allMatch(
            number ->
                number
                    == (int)
                        Math.floor(
                            1
                                / conf(
                                        run("run.trials-per-gpu=" + number),
                                        "spark.executor.resource.gpu.amount",
                                        "1")
                                    .getDouble(TASK, 0)));
  }
}
