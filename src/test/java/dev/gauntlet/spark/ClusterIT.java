package dev.gauntlet.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gauntlet.chaos.Searches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code submit/cluster.sh}, on a master and two workers that know nothing of Gauntlet. */
class ClusterIT {
  private static final List<String> SMALL =
      List.of(
          "--set", "search.candidates=3",
          "--set", "space.training.epochs=3",
          "--set", "validate.winners=1",
          "--set", "validate.folds=3",
          "--set", "validate.mc-dropout.passes=10",
          "--set", "validate.baselines=[random-forest]");

  /** On the slower engine: trials must be long enough for Spark to make a second copy. */
  private static final List<String> WITHOUT_BASELINES =
      List.of("--set", "validate.baselines=[]", "--set", "run.slots=1", "--set", "run.engine=dl4j");

  @TempDir static Path folder;
  private static LoopbackCluster cluster;
  private static Path expected;
  private static Path withoutBaselines;

  @BeforeAll
  static void start() throws Exception {
    cluster = LoopbackCluster.start(folder.resolve("spark"), "ClusterIT", 2, 2, 1024);
    expected = local("local", List.of());
    withoutBaselines = local("local-without-baselines", WITHOUT_BASELINES);
  }

  private static Path local(String name, List<String> more) throws Exception {
    Path output = folder.resolve(name);
    List<String> command = new ArrayList<>(List.of("submit/local.sh", "conf/quickstart.yaml"));
    command.addAll(List.of("--master", "local[2]", "--output", output.toString()));
    command.addAll(SMALL);
    command.addAll(more);
    Ended ended = run(command, Map.of());
    assertThat(ended.code).as(ended.output).isZero();
    return output;
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  /** What a process left. */
  private record Ended(int code, String output) {}

  private static Ended run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "log", ".txt");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
    return new Ended(process.exitValue(), Files.readString(log));
  }

  private static Ended submit(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("submit/cluster.sh"));
    command.addAll(List.of(arguments));
    return run(command, cluster.environment());
  }

  /** A small search on both workers, with its events and all it said. */
  private static Path search(String name, List<String> more, String... sparkOptions)
      throws IOException, InterruptedException {
    Path output = folder.resolve(name);
    Path events = Files.createDirectories(folder.resolve(name + "-events"));
    List<String> arguments = new ArrayList<>(List.of("conf/quickstart.yaml"));
    arguments.addAll(List.of("--master", cluster.master(), "--output", output.toString()));
    arguments.addAll(SMALL);
    arguments.addAll(more);
    arguments.addAll(List.of("--", "--executor-memory", "1000m"));
    arguments.addAll(List.of("--conf", "spark.eventLog.enabled=true"));
    arguments.addAll(List.of("--conf", "spark.eventLog.dir=" + events.toUri()));
    arguments.addAll(List.of(sparkOptions));
    Ended ended = submit(arguments.toArray(String[]::new));
    assertThat(ended.code).as(ended.output).isZero();
    Files.writeString(output.resolve("output.txt"), ended.output);
    return output;
  }

  private static List<JsonNode> events(String name, String type) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<Path> logs = Files.list(folder.resolve(name + "-events"))) {
      for (String line : Files.readAllLines(logs.findFirst().orElseThrow())) {
        JsonNode event = new ObjectMapper().readTree(line);
        if (event.path("Event").asText().equals("SparkListener" + type)) {
          events.add(event);
        }
      }
    }
    return events;
  }

  /** Seconds differ, and the order of arrival. */
  private static List<String> trials(Path run) throws IOException {
    return Files.readAllLines(run.resolve("timings.csv")).stream()
        .map(line -> line.split(",", -1))
        .map(cells -> String.join(",", List.of(cells).subList(0, 5)))
        .sorted()
        .toList();
  }

  @Test
  void run_twoWorkers_hasTheBytesOfOneProcess() throws Exception {
    Path run = search("two-workers", List.of());

    Searches.assertSame(run, expected);
    assertThat(run.resolve("output.txt")).content().startsWith("Data ").doesNotContain(" WARN ");
    Set<String> executors =
        events("two-workers", "TaskEnd").stream()
            .map(event -> event.path("Task Info").path("Executor ID").asText())
            .collect(Collectors.toSet());
    assertThat(executors).containsExactlyInAnyOrder("0", "1");
    int most =
        Overlap.most(
            events("two-workers", "TaskEnd"),
            task -> task.at("/Task Info/Launch Time").asLong(),
            task -> task.at("/Task Info/Finish Time").asLong());
    assertThat(most).as("cores").isEqualTo(4);
    JsonNode settings = events("two-workers", "EnvironmentUpdate").get(0).path("Spark Properties");
    assertThat(settings.path("spark.executorEnv.OMP_NUM_THREADS").asText()).isEqualTo("1");
    assertThat(settings.path("spark.executor.memory").asText()).isEqualTo("1000m");
    assertThat(settings.path("spark.jars").asText().split(",")).hasSize(1);
    assertThat(settings.path("spark.executor.extraJavaOptions").asText())
        .contains("-XX:+UseParallelGC", "javacpp.maxphysicalbytes=0", "netlib.blas.nativeLib");
  }

  /** One trial at a time, so that a worker is free for its second copy. */
  @Test
  void run_speculationAndDynamicAllocation_countsEveryTrialOnce() throws Exception {
    Path run =
        search(
            "twice",
            WITHOUT_BASELINES,
            "--conf",
            "spark.speculation=true",
            "--conf",
            "spark.speculation.interval=50ms",
            "--conf",
            "spark.speculation.task.duration.threshold=100ms",
            "--conf",
            "spark.dynamicAllocation.enabled=true",
            "--conf",
            "spark.dynamicAllocation.shuffleTracking.enabled=true");

    Searches.assertSame(run, withoutBaselines);
    assertThat(trials(run)).isEqualTo(trials(withoutBaselines)).doesNotHaveDuplicates();
    assertThat(events("twice", "TaskStart"))
        .anyMatch(event -> event.path("Task Info").path("Speculative").asBoolean());
    assertThat(events("twice", "ExecutorAdded")).hasSize(2);
  }

  @Test
  void run_badConfiguration_exitsWithTwoBeforeSparkStarts() throws Exception {
    int before = applications();

    Ended ended =
        submit(
            "conf/quickstart.yaml", "--master", cluster.master(), "--set", "data.label=diagnosys");

    assertThat(ended.code).as(ended.output).isEqualTo(2);
    assertThat(ended.output.lines()).hasSize(2);
    assertThat(ended.output).contains("no column \"diagnosys\". Maybe \"diagnosis\".");
    assertThat(applications()).isEqualTo(before);
  }

  private static int applications() throws IOException {
    JsonNode state = cluster.state();
    return state.path("activeapps").size() + state.path("completedapps").size();
  }

  /** No run needs a cluster to say that nothing came of it. */
  @Test
  void run_noCandidateLearns_exitsWithOne() throws Exception {
    Ended ended =
        submit(
            "conf/quickstart.yaml",
            "--master=local[1]",
            "--output",
            folder.resolve("failed").toString(),
            "--set",
            "search.candidates=1",
            "--set",
            "space.optimizer={type: sgd, learning-rate: 1e30}",
            "--set",
            "validate.baselines=[]");

    assertThat(ended.code).as(ended.output).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''        | spark://h:1 | SPARK_HOME: not set; the rule: the folder of a Spark 3.5
          /nowhere  | spark://h:1 | SPARK_HOME=/nowhere: no bin/spark-submit there; the rule:
                    | h:7077      | --master h:7077: no master of Spark; the rule: spark://HOST:PORT
          """)
  void cluster_wrongSparkOrMaster_exitsWithTwo(String home, String master, String message)
      throws Exception {
    String spark = home == null ? cluster.home().toString() : home;

    Ended ended =
        run(
            List.of("submit/cluster.sh", "conf/quickstart.yaml", "--master", master),
            Map.of("SPARK_HOME", spark));

    assertThat(ended.code).isEqualTo(2);
    assertThat(ended.output)
        .startsWith(message)
        .contains("Maybe ")
        .endsWith("1 problem; nothing was run.\n");
  }

  @Test
  void jar_hasNothingOfSparkAndAllServices() throws IOException {
    try (var jar = new JarFile("target/gauntlet-spark.jar")) {
      List<String> names = jar.stream().map(entry -> entry.getName()).toList();
      assertThat(names)
          .contains("dev/gauntlet/cli/GauntletCommand.class", "log4j2.properties")
          .noneMatch(name -> name.matches("(scala|org/apache/hadoop)/.*"))
          .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)|.*module-info.class"));
      // A class of DL4J's.
      assertThat(names)
          .filteredOn(name -> name.startsWith("org/apache/spark/") && name.endsWith(".class"))
          .allMatch(name -> name.contains("/TaskContextHelper"));
      var services =
          jar.getEntry("META-INF/services/org.nd4j.linalg.compression.NDArrayCompressor");
      assertThat(new String(jar.getInputStream(services).readAllBytes(), UTF_8))
          .contains("org.nd4j.compression.impl.Gzip", "nativecpu.compression.CpuThreshold");
    }
  }
}
