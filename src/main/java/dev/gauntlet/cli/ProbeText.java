package dev.gauntlet.cli;

import dev.gauntlet.Estimate;
import dev.gauntlet.Gauntlet;
import dev.gauntlet.Probe.Measured;
import dev.gauntlet.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a probe found, and how long a run would take. */
final class ProbeText {
  private static final String LINE = System.lineSeparator();

  private ProbeText() {}

  static String of(Gauntlet gauntlet, List<Measured> probe) {
    var table = new TextTable().left("probe").right("seconds per epoch").left("");
    for (Measured measured : probe) {
      boolean failed = measured.failure() != null;
      table.row(
          "candidate " + measured.candidate(),
          failed ? "-" : seconds(measured.secondsPerEpoch()),
          failed ? "failed: " + measured.failure() : "");
    }
    double[] seconds =
        probe.stream()
            .filter(measured -> measured.failure() == null)
            .mapToDouble(Measured::secondsPerEpoch)
            .sorted()
            .toArray();
    return table + LINE + (seconds.length == 0 ? " No estimate." : estimates(gauntlet, seconds));
  }

  private static String estimates(Gauntlet gauntlet, double[] seconds) {
    int configured = gauntlet.experiment().config().run().slots();
    int slots = configured > 0 ? configured : Runtime.getRuntime().availableProcessors();
    double mean = Arrays.stream(seconds).average().orElseThrow();
    return String.join(
        LINE,
        " Time   at most %s, if the mean of these is that of all candidates"
            .formatted(estimate(gauntlet, mean, slots)),
        "        at most %s, if all are as slow as the slowest of these"
            .formatted(estimate(gauntlet, seconds[seconds.length - 1], slots)),
        "        on %d slots of this speed, every planned epoch trained; Spark's start, baselines, scores and"
                .formatted(slots)
            + " dropout passes not counted");
  }

  private static String estimate(Gauntlet gauntlet, double secondsPerEpoch, int slots) {
    Estimate estimate =
        Estimate.of(Workload.of(gauntlet), gauntlet.experiment(), secondsPerEpoch, slots);
    return "%s (search %s, gauntlet %s)"
        .formatted(
            duration(estimate.total()), duration(estimate.search()), duration(estimate.gauntlet()));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 1 ? "%.4f" : "%.1f", seconds);
  }

  /** Such as {@code 40 s}, {@code 12 min} or {@code 3.5 h}. */
  static String duration(double seconds) {
    if (seconds < 120) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    double hours = seconds / 3600;
    return hours < 2
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(
            Locale.ROOT, hours < 48 ? "%.1f h" : "%.1f days", hours < 48 ? hours : hours / 24);
  }
}
