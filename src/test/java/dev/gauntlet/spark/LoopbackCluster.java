package dev.gauntlet.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone Spark cluster of processes on 127.0.0.1. It has Spark's own jars and nothing of
 * ours, so that what runs on it has brought everything else. Logs stay in {@link #logs}.
 */
final class LoopbackCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** As Spark's own script does: the launcher prints a line, then the command, in NULs. */
  private static final String SPARK_SUBMIT =
      """
      #!/usr/bin/env bash
      export SPARK_HOME=$(cd "$(dirname "$0")/.." && pwd) SPARK_SCALA_VERSION=2.12
      java=${JAVA_HOME:+$JAVA_HOME/bin/}java
      command=()
      {
        IFS= read -r
        while IFS= read -r -d '' part; do command+=("$part"); done
      } < <("$java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \\
        org.apache.spark.deploy.SparkSubmit "$@")
      exec "${command[@]}"
      """;

  private final Path home;
  private final Path logs;
  private final int cores;
  private final int memoryMib;
  private final int port = freePort();
  private final int webPort = freePort();
  private final List<Process> workers = new ArrayList<>();
  private final Thread atExit = new Thread(this::killAll);
  private int started;
  private Process master;

  private LoopbackCluster(Path home, Path logs, int cores, int memoryMib) throws IOException {
    this.home = home;
    this.logs = logs;
    this.cores = cores;
    this.memoryMib = memoryMib;
  }

  /**
   * Starts a master and workers, and waits for them.
   *
   * @param folder an empty one, for Spark's installation
   * @param name of the folder of the logs
   * @param cores of each worker
   * @param memoryMib of each worker, for executors
   */
  static LoopbackCluster start(Path folder, String name, int workers, int cores, int memoryMib)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(Path.of("target/clusters", name).toAbsolutePath());
    var cluster = new LoopbackCluster(install(folder), logs, cores, memoryMib);
    Runtime.getRuntime().addShutdownHook(cluster.atExit);
    try {
      cluster.startMaster();
      for (int i = 0; i < workers; i++) {
        cluster.addWorker();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private static Path install(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (String jar :
        Files.readString(Path.of("target/classpath-spark")).split(File.pathSeparator, -1)) {
      Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
    }
    Path script = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    executable(script, SPARK_SUBMIT);
    return folder;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void startMaster() throws IOException, InterruptedException {
    List<String> ports =
        List.of("--port", String.valueOf(port), "--webui-port", String.valueOf(webPort));
    master = process("master", "org.apache.spark.deploy.master.Master", HOST, ports);
    await("the master", master, () -> state() != null);
  }

  /**
   * Starts another one and waits until the master knows it.
   *
   * @param gpus numbers that nvidia-smi has for its GPUs, which {@code submit/gpus.sh} announces
   */
  void addWorker(String... gpus) throws IOException, InterruptedException {
    int alive = state().path("aliveworkers").asInt();
    started++;
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--port", "0", "--webui-port", "0", "-c", String.valueOf(cores)));
    options.addAll(List.of("-m", memoryMib + "m"));
    options.addAll(List.of("-d", logs.resolve("work-" + started).toString()));
    options.addAll(List.of("--properties-file", properties(gpus).toString(), master()));
    // Two names of one machine: Spark has no second copy of a task on the host of the first.
    String host = started % 2 == 1 ? HOST : "localhost";
    Process worker =
        process("worker-" + started, "org.apache.spark.deploy.worker.Worker", host, options);
    workers.add(worker);
    await("a worker", worker, () -> state().path("aliveworkers").asInt() > alive);
  }

  private Path properties(String... gpus) throws IOException {
    List<String> lines = new ArrayList<>();
    if (gpus.length > 0) {
      Path tools = Files.createDirectories(home.resolve("gpus-" + started));
      String numbers = String.join(" ", gpus);
      executable(tools.resolve("nvidia-smi"), "#!/bin/sh\nprintf '%s\\n' " + numbers + "\n");
      Path script = tools.resolve("discover");
      Path ours = Path.of("submit/gpus.sh").toAbsolutePath();
      executable(script, "#!/bin/sh\nPATH=%s:$PATH exec %s\n".formatted(tools, ours));
      lines.add("spark.worker.resource.gpu.amount " + gpus.length);
      lines.add("spark.worker.resource.gpu.discoveryScript " + script);
    }
    return Files.write(home.resolve("worker-" + started + ".conf"), lines);
  }

  static void executable(Path script, String text) throws IOException {
    Files.writeString(script, text);
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
  }

  private Process process(String name, String type, String host, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ", -1)));
    command.addAll(List.of("-Xmx256m", "-cp", home.resolve("jars/*").toString(), type));
    command.addAll(List.of("--host", host));
    command.addAll(options);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment());
    return builder.redirectOutput(logs.resolve(name + ".log").toFile()).start();
  }

  private void await(String what, Process process, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(what + " did not start; see " + logs);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** What may take a while to become true. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  /** A jar of the test's own engines, for executors. */
  static Path engines(Path folder) throws IOException {
    Path classes = Path.of("target/test-classes");
    Path jar = folder.resolve("engines.jar");
    try (var to = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(classes.resolve("dev/gauntlet/chaos"))) {
      for (Path file : files.toList()) {
        to.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        to.write(Files.readAllBytes(file));
        to.closeEntry();
      }
    }
    return jar;
  }

  /** For {@code --master}. */
  String master() {
    return "spark://" + HOST + ":" + port;
  }

  /** For {@code SPARK_HOME}. */
  Path home() {
    return home;
  }

  /** What a process that submits to this cluster needs. */
  Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME", home.toString(), "SPARK_LOCAL_IP", HOST, "SPARK_SCALA_VERSION", "2.12");
  }

  /** What the processes wrote: {@code work-N} has the executors' of worker N. */
  Path logs() {
    return logs;
  }

  /** The master's view of workers and applications; null before it answers. */
  JsonNode state() throws IOException {
    try (var answer =
        URI.create("http://" + HOST + ":" + webPort + "/json/").toURL().openStream()) {
      return new ObjectMapper().readTree(answer);
    } catch (java.net.ConnectException e) {
      return null;
    }
  }

  /** Those that run, of all applications. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> executors(worker).stream()).toList();
  }

  private static List<ProcessHandle> executors(Process worker) {
    return worker.children().filter(LoopbackCluster::isExecutor).toList();
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend");
  }

  /** Kills one, as the kernel does that has no memory left; its worker starts another. */
  void killExecutor() {
    executors().get(0).destroyForcibly();
  }

  /** Kills the oldest one that is left, with its executors. */
  void killWorker() {
    kill(workers.remove(0));
  }

  /** Kills everything; the executors' copies of jars go, their logs stay. */
  @Override
  public void close() throws IOException {
    killAll();
    Runtime.getRuntime().removeShutdownHook(atExit);
    try (Stream<Path> files = Files.walk(logs)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.delete(jar);
      }
    }
  }

  private void killAll() {
    workers.forEach(LoopbackCluster::kill);
    workers.clear();
    if (master != null) {
      kill(master);
    }
  }

  /** The parent first: a worker would start them again. */
  private static void kill(Process process) {
    List<ProcessHandle> family = new ArrayList<>(List.of(process.toHandle()));
    process.descendants().forEach(family::add);
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(one -> one.onExit().join());
  }
}
