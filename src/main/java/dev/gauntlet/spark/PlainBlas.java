package dev.gauntlet.spark;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * MLlib's linear algebra in plain Java. Its library, netlib, would take a native one where the
 * machine has one installed, and sums would round as that machine's library rounds them.
 */
final class PlainBlas {
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  /** No file has this name. */
  private static final String NOT_A_LIBRARY = "gauntlet-uses-none";

  private PlainBlas() {}

  /** In this process and in executors, if netlib is not yet in use. */
  static void everywhere(SparkConf conf) {
    properties().forEach(name -> System.setProperty(name, NOT_A_LIBRARY));
    String plain =
        properties()
            .map(name -> "-D" + name + "=" + NOT_A_LIBRARY)
            .collect(Collectors.joining(" "));
    conf.set(OPTIONS, (conf.get(OPTIONS, "") + " " + plain).strip());
  }

  private static Stream<String> properties() {
    return Stream.of("blas", "lapack", "arpack")
        .map(library -> "dev.ludovic.netlib." + library + ".nativeLib");
  }
}
