package dev.gauntlet.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command took, as its user sees it.
 *
 * @param seconds from its start to its end, or to the awaited line
 * @param peakMib the most memory that the process held until its end; 0 where the system does not
 *     say
 * @param output all its lines
 */
record MeasuredProcess(double seconds, long peakMib, List<String> output) {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");

  /**
   * Runs a command to its end.
   *
   * @param until what the line begins with that ends the measurement; null for the end
   * @throws IllegalStateException if it fails, or has no such line, with all it wrote
   */
  static MeasuredProcess run(List<String> command, Map<String, String> environment, String until)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    var peak = new Peak(process);
    peak.start();
    long end = 0;
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        end = end == 0 && until != null && line.startsWith(until) ? System.nanoTime() : end;
      }
    }
    boolean done = process.waitFor() == 0;
    peak.join();
    if (!done || (until != null && end == 0)) {
      throw new IllegalStateException(command + ":\n" + String.join("\n", lines));
    }
    long last = until == null ? System.nanoTime() : end;
    return new MeasuredProcess((last - start) / 1e9, peak.kib >> 10, lines);
  }

  /** The beginning of a command that starts Java as this process was started. */
  static List<String> thisJava() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }

  /** Looks until the process has ended; the system itself keeps the highest value. */
  private static final class Peak extends Thread {
    private final Process process;
    private volatile long kib;

    Peak(Process process) {
      this.process = process;
    }

    @Override
    public void run() {
      Path status = Path.of("/proc/" + process.pid() + "/status");
      try {
        do {
          Matcher peak = PEAK.matcher(Files.exists(status) ? Files.readString(status) : "");
          kib = peak.find() ? Long.parseLong(peak.group(1)) : kib;
        } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
      } catch (IOException | InterruptedException e) {
        // It has just ended: what was seen last stands.
      }
    }
  }
}
