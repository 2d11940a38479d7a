package dev.gauntlet.spark;

import dev.gauntlet.spark.Scheduler.Attempt;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.train.EpochListener;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One attempt at a trial in a process of its own on this machine, with the options and the class
 * path of this one. It ends when this one does.
 *
 * @param host for the record
 */
record TrialProcess(Experiment experiment, EngineFactory engines, Trial trial, String host)
    implements Serializable {
  /** Of what two processes cannot have, such as a port. */
  private static final List<String> OWN_OPTIONS =
      List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrun", "-Dcom.sun.management.");

  /**
   * Waits for it.
   *
   * @param timeout null for none
   * @throws IOException if the process cannot be started
   * @throws TimeoutException if it takes longer; it has been ended by then
   */
  Attempt<TrialResult> attempt(Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    Path answer = Files.createTempFile("gauntlet-trial", null);
    Process process =
        new ProcessBuilder(command(answer))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT)
            .start();
    try {
      send(process);
      if (timeout == null) {
        process.waitFor();
      } else if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      return read(answer, process.exitValue());
    } finally {
      process.destroyForcibly().onExit().join();
      Files.deleteIfExists(answer);
    }
  }

  /** The stream stays open: its end tells the process that this one is gone. */
  private void send(Process process) {
    try {
      var out = new ObjectOutputStream(new BufferedOutputStream(process.getOutputStream()));
      out.writeObject(this);
      out.flush();
    } catch (IOException e) {
      // It has ended; how far it came, its answer tells.
    }
  }

  @SuppressWarnings("unchecked") // What main writes.
  Attempt<TrialResult> read(Path answer, int exit) throws IOException {
    if (Files.size(answer) == 0) {
      throw new IOException("a process of its own for a training ended at once, exit code " + exit);
    }
    try (var in = new ObjectInputStream(Files.newInputStream(answer))) {
      return (Attempt<TrialResult>) in.readObject();
    } catch (EOFException | StreamCorruptedException e) {
      // Whatever its exit code is: a training may end its process with 0 too.
      return TrialTask.broke(trial, TrialResult.PROCESS_DIED);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> command(Path answer) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    command.add("-cp");
    command.add(ownJar() + File.pathSeparator + System.getProperty("java.class.path"));
    command.add(TrialProcess.class.getName());
    command.add(answer.toString());
    return command;
  }

  /** What spark-submit brings is not on the class path of the process. */
  private static Path ownJar() {
    try {
      return Path.of(
          TrialProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The process: reads what to do from its input, and writes to the file that it is given. */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    var process =
        (TrialProcess) new ObjectInputStream(new BufferedInputStream(System.in)).readObject();
    endWithInput();
    try (var out = new ObjectOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
      // That it has begun.
      out.flush();
      out.writeObject(process.attempt());
    }
    // Without what waits for idle threads.
    Runtime.getRuntime().halt(0);
  }

  private Attempt<TrialResult> attempt() {
    return TrialTask.attempt(experiment, engines, trial, EpochListener.NONE, host, "");
  }

  private static void endWithInput() {
    var thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing more comes.
                }
              } catch (IOException e) {
                // It is gone as well.
              }
              Runtime.getRuntime().halt(1);
            });
    thread.setDaemon(true);
    thread.start();
  }
}
