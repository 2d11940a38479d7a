package dev.gauntlet.journal;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.gauntlet.config.Names;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code timings.csv}: what differs between equal runs, one line per trial. */
public final class Timings {
  private Timings() {}

  public static String csv(List<TrialResult> results) {
    var text = new StringWriter();
    var writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(0).build(text);
    writer.writeRecord(
        "kind", "candidate", "index", "engine", "epochs", "best_epoch", "seconds", "host");
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
                    Integer.toString(result.outcome().epochs()),
                    Integer.toString(result.outcome().bestEpoch()),
                    String.format(Locale.ROOT, "%.3f", result.seconds()),
                    result.host()));
    return text.toString();
  }
}
