package dev.gauntlet.journal;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.gauntlet.config.Names;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * {@code timings.csv}: what differs between equal runs, one line per trial and per fit of a
 * baseline.
 */
public final class Timings {
  private Timings() {}

  /**
   * The file.
   *
   * @param fits of baselines
   */
  public static String csv(List<TrialResult> results, List<BaselineTrialResult> fits) {
    var text = new StringWriter();
    var writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(0).build(text);
    writer.writeRecord(
        "kind",
        "candidate",
        "index",
        "engine",
        "device",
        "epochs",
        "best_epoch",
        "seconds",
        "host",
        "gpu");
    results.stream()
        .sorted(
            Comparator.comparing(TrialResult::kind)
                .thenComparing(TrialResult::candidate)
                .thenComparing(TrialResult::index)
                .thenComparing(TrialResult::until))
        .forEach(
            result ->
                writer.writeRecord(
                    Names.word(result.kind()),
                    Integer.toString(result.candidate()),
                    result.kind() == Trial.Kind.FINAL ? "" : Integer.toString(result.index()),
                    result.engine(),
                    result.device(),
                    Integer.toString(result.outcome().epochs()),
                    Integer.toString(result.outcome().bestEpoch()),
                    String.format(Locale.ROOT, "%.3f", result.seconds()),
                    result.host(),
                    result.gpu()));
    fits.stream()
        .sorted(
            Comparator.comparing((BaselineTrialResult fit) -> fit.trial().baseline())
                .thenComparing(fit -> fit.trial().fold()))
        .forEach(
            fit ->
                writer.writeRecord(
                    "baseline",
                    Names.word(fit.trial().baseline()),
                    fit.trial().fold() == BaselineTrial.SEARCH
                        ? ""
                        : Integer.toString(fit.trial().fold()),
                    "",
                    "",
                    "",
                    "",
                    String.format(Locale.ROOT, "%.3f", fit.seconds()),
                    "",
                    ""));
    return text.toString();
  }
}
