package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.spark.LineParser.BadLineException;
import dev.gauntlet.spark.OrderedRows.Piece;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** A pass over the lines of text files before Spark reads them, which counts those that are bad. */
final class LineScan {
  private static final int MAX_SHOWN = 20;

  private final Map<String, Long> lines = new HashMap<>();
  private final Map<String, Bad> bad = new LinkedHashMap<>();

  private LineScan() {}

  /**
   * Takes what was found in a piece of a file.
   *
   * @param <F> what a {@link LineParser} finds
   */
  interface Consumer<F> {
    /**
     * @param before lines of the file before the piece
     */
    void accept(String file, long before, F found);
  }

  private record Result<F>(long lines, long bad, long firstBad, String why, String fault, F found)
      implements Serializable {}

  /** What is bad in a file. */
  private record Bad(long lines, long first, String why) {}

  /**
   * Runs a parser over all lines, and hands what it found on in the order of the files.
   *
   * @param rule that lines follow, and advice, for messages
   * @throws InvalidInputException for each file that has bad lines
   */
  static <F> void run(
      SparkSession session,
      SparkFiles files,
      LineParser<F> parser,
      String rule,
      Consumer<F> consumer) {
    var rows =
        SparkErrors.guard(
            files.where(), () -> session.read().format("text").load(files.path()).select("value"));
    var scan = new LineScan();
    new OrderedRows(files.where(), rows)
        .each(
            input -> scan(parser, input),
            (piece, result) ->
                consumer.accept(piece.file(), scan.add(piece, result), result.found));
    if (!scan.bad.isEmpty()) {
      throw new InvalidInputException(
          scan.bad.entrySet().stream()
              .limit(MAX_SHOWN)
              .map(entry -> message(entry.getKey(), entry.getValue(), rule))
              .toList());
    }
  }

  /** Gives the lines of the file before the piece. */
  private long add(Piece piece, Result<?> result) {
    if (result.fault != null) {
      throw new InvalidInputException(OrderedRows.unreadable(piece.file(), result.fault));
    }
    long before = lines.getOrDefault(piece.file(), 0L);
    lines.put(piece.file(), before + result.lines);
    if (result.bad > 0) {
      bad.merge(
          piece.file(),
          new Bad(result.bad, before + result.firstBad + 1, result.why),
          (one, two) -> new Bad(one.lines + two.lines, one.first, one.why));
    }
    return before;
  }

  private static String message(String file, Bad bad, String rule) {
    String more = bad.lines == 1 ? "" : ", and " + (bad.lines - 1) + " more bad lines";
    return file + ":" + bad.first + ": " + bad.why + more + "; the rule: " + rule;
  }

  private static <F> Result<F> scan(LineParser<F> parser, CaughtRows input) {
    F found = parser.begin();
    long lines = 0;
    long bad = 0;
    long firstBad = 0;
    String why = null;
    for (InternalRow row = input.next(); row != null; row = input.next()) {
      try {
        parser.parse(row.getUTF8String(0).getBytes(), lines, found);
      } catch (BadLineException e) {
        firstBad = bad == 0 ? lines : firstBad;
        why = bad == 0 ? e.getMessage() : why;
        bad++;
      }
      lines++;
    }
    return new Result<>(lines, bad, firstBad, why, input.fault(), found);
  }
}
