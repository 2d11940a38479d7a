package dev.gauntlet.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * What this process holds between two searches.
 *
 * @param seconds since the first search began
 * @param heap bytes that live objects take
 * @param arrays bytes of native arrays that JavaCPP made
 * @param resident bytes of memory, as the system counts them
 * @param descriptors open files and sockets
 * @param threads of Java and native ones
 */
record SoakSample(
    long seconds, long heap, long arrays, long resident, long descriptors, long threads) {

  /** Something that may not grow, by more than what is noise. */
  record Gauge(String name, ToLongFunction<SoakSample> value, double share, long more) {
    long most(long median) {
      return (long) (median * (1 + share)) + more;
    }
  }

  /** That of resident memory is wide: the JVM compiles for the first quarter of an hour. */
  static final List<Gauge> GAUGES =
      List.of(
          new Gauge("heap", SoakSample::heap, 0.03, 0),
          new Gauge("native arrays", SoakSample::arrays, 0.03, 1 << 20),
          new Gauge("resident memory", SoakSample::resident, 0.10, 0),
          new Gauge("descriptors", SoakSample::descriptors, 0, 0),
          new Gauge("threads", SoakSample::threads, 0, 0));

  /** When what nobody holds is gone; Netty's threads end two seconds after Spark. */
  static SoakSample take(long seconds) throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      // What the collector finds is freed by other threads.
      System.gc();
      Thread.sleep(1000);
    }
    Runtime runtime = Runtime.getRuntime();
    String status = Files.readString(Path.of("/proc/self/status"));
    return new SoakSample(
        seconds,
        runtime.totalMemory() - runtime.freeMemory(),
        Pointer.totalBytes(),
        number(status, "VmRSS") << 10,
        openFiles(),
        number(status, "Threads"));
  }

  private static long number(String status, String name) {
    Matcher line = Pattern.compile(name + ":\\s+([0-9]+)").matcher(status);
    if (!line.find()) {
      throw new IllegalStateException(name + " is not in /proc/self/status");
    }
    return Long.parseLong(line.group(1));
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Override
  public String toString() {
    return String.format(
        "%6d s  heap %7.2f MiB  arrays %6.2f MiB  resident %5d MiB  descriptors %4d  threads %3d",
        seconds, heap / 1048576.0, arrays / 1048576.0, resident >> 20, descriptors, threads);
  }
}
