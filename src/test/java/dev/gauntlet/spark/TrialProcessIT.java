package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.chaos.ChaosRun;
import dev.gauntlet.chaos.Fault;
import dev.gauntlet.chaos.FaultyEngines;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.spark.Scheduler.Attempt;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.train.EpochListener;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes; each starts Java and ND4J. */
class TrialProcessIT {
  private static final Gauntlet GAUNTLET =
      Gauntlet.prepare(
          ConfigReader.read(Path.of("conf/quickstart.yaml"), List.of("space.training.epochs=3")),
          new FileTableReader());
  private static final Experiment EXPERIMENT = GAUNTLET.experiment();
  private static final Trial TRIAL = new Trial(Kind.SEARCH, GAUNTLET.samples().get(0), 0);

  private static TrialProcess process(Fault fault) {
    Map<Integer, Fault> faults = fault == null ? Map.of() : Map.of(TRIAL.candidate().id(), fault);
    return new TrialProcess(EXPERIMENT, new FaultyEngines(faults, null), TRIAL, "here");
  }

  private static long children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
  }

  @Test
  void attempt_soundTrial_givesWhatItGivesHere() throws Exception {
    Attempt<TrialResult> apart = process(null).attempt(null);

    EngineFactory engines = new FaultyEngines(Map.of(), null);
    Attempt<TrialResult> here =
        TrialTask.attempt(EXPERIMENT, engines, TRIAL, EpochListener.NONE, "here", "");
    assertThat(apart).usingRecursiveComparison().ignoringFields("result.seconds").isEqualTo(here);
    assertThat(apart.broke()).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"HALT", "EXIT"})
  void attempt_trialThatEndsItsProcess_breaks(Fault fault) throws Exception {
    Attempt<TrialResult> attempt = process(fault).attempt(null);

    assertThat(attempt.broke()).isEqualTo("the process that trained it died");
    assertThat(attempt.result().failed()).isTrue();
  }

  @Test
  void attempt_trialThatThrows_tellsItsCause() throws Exception {
    assertThat(process(Fault.THROW).attempt(null).broke())
        .isEqualTo("IllegalStateException: thrown on purpose");
  }

  @Test
  void attempt_trialThatNeverEnds_isEnded() {
    long before = children();

    assertThatThrownBy(() -> process(Fault.LOOP).attempt(Duration.ofSeconds(4)))
        .isInstanceOf(TimeoutException.class);

    assertThat(children()).isEqualTo(before);
  }

  @Test
  void attempt_interrupted_endsTheProcess() {
    long before = children();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> process(Fault.LOOP).attempt(null))
        .isInstanceOf(InterruptedException.class);

    assertThat(children()).isEqualTo(before);
  }

  @Test
  void attempt_driverThatIsKilled_endsTheProcess(@TempDir Path folder) throws Exception {
    ProcessBuilder builder = ChaosRun.java(TrialProcessIT.class.getName());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
    Process driver = builder.redirectOutput(Redirect.DISCARD).start();
    while (!hasBegun(folder)) {
      assertThat(driver.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
    }
    ProcessHandle child = driver.children().findFirst().orElseThrow();

    driver.destroyForcibly();

    child.onExit().get(10, TimeUnit.SECONDS);
  }

  private static boolean hasBegun(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("gauntlet-trial"))
          .anyMatch(file -> file.toFile().length() > 0);
    }
  }

  /** A driver with a trial that does not end. */
  public static void main(String[] arguments) throws Exception {
    process(Fault.LOOP).attempt(null);
  }
}
