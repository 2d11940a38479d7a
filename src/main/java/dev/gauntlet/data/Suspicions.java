package dev.gauntlet.data;

import dev.gauntlet.data.Description.ColumnSummary;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.Target.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** Looks for what a search would suffer from. */
record Suspicions(Table table, List<ColumnSummary> columns) {
  private static final int BUCKETS = 64;
  private static final double ALONE = 0.995;

  List<String> find() {
    List<String> found = new ArrayList<>();
    double majority = classes() ? accuracy(new int[table.rows()], 1) : 0;
    for (int column = 0; column < columns.size(); column++) {
      ColumnSummary summary = columns.get(column);
      if (summary.missing() == table.rows()) {
        found.add(summary.name() + ": every value is missing.");
      } else if (!summary.constant() && idLike(column)) {
        found.add(summary.name() + ": looks like an identifier. Maybe data.drop.");
      } else if (!summary.constant() && classes()) {
        alone(column, majority, found);
      } else if (!summary.constant() && summary.categories() == 0) {
        alone(column, found);
      }
    }
    duplicates(found);
    return found;
  }

  /** A whole number or a word of its own in every row, numbers in ascending order. */
  private boolean idLike(int column) {
    if (columns.get(column).categories() > 0) {
      return columns.get(column).categories() == table.rows();
    }
    for (int row = 0; row < table.rows(); row++) {
      float value = table.value(row, column);
      boolean ascending = row == 0 || value > table.value(row - 1, column);
      if (!ascending || value != Math.rint(value)) {
        return false;
      }
    }
    return table.rows() > 2;
  }

  /** One rule per bucket of values, or per category (Holte 1993). */
  private void alone(int column, double majority, List<String> found) {
    int categories = columns.get(column).categories();
    int[] buckets = categories > 0 ? places(column) : quantiles(column);
    int count = Arrays.stream(buckets).max().orElse(0) + 1;
    double accuracy = accuracy(buckets, count);
    if (accuracy >= ALONE && majority < ALONE && count <= table.rows() / 5) {
      found.add(
          String.format(
              Locale.ROOT,
              "%s: predicts the label alone, for %.1f %% of the rows. Maybe it is made from the"
                  + " label: data.drop.",
              columns.get(column).name(),
              100 * accuracy));
    }
  }

  private boolean classes() {
    return table.target() instanceof Labels;
  }

  /** A straight line to a number. */
  private void alone(int column, List<String> found) {
    float[] targets = ((Numbers) table.target()).values();
    var line = new SimpleRegression();
    for (int row = 0; row < targets.length; row++) {
      if (!Float.isNaN(table.value(row, column))) {
        line.addData(table.value(row, column), targets[row]);
      }
    }
    if (line.getRSquare() >= ALONE) {
      found.add(
          String.format(
              Locale.ROOT,
              "%s: a straight line of it is the target, R2 %.4f. Maybe it is made from the target:"
                  + " data.drop.",
              columns.get(column).name(),
              line.getRSquare()));
    }
  }

  private int[] places(int column) {
    return IntStream.range(0, table.rows())
        .map(row -> Float.isNaN(table.value(row, column)) ? 0 : (int) table.value(row, column))
        .toArray();
  }

  /** Equal values share a bucket. */
  private int[] quantiles(int column) {
    float[] sorted = new float[table.rows()];
    for (int row = 0; row < sorted.length; row++) {
      sorted[row] = table.value(row, column);
    }
    Arrays.sort(sorted);
    float[] ends = new float[Math.min(BUCKETS, sorted.length)];
    int count = 0;
    for (int i = 0; i < ends.length; i++) {
      float end = sorted[(int) ((long) (i + 1) * sorted.length / ends.length) - 1];
      if (count == 0 || end != ends[count - 1]) {
        ends[count++] = end;
      }
    }
    int last = count;
    return IntStream.range(0, table.rows())
        .map(row -> Arrays.binarySearch(ends, 0, last, table.value(row, column)))
        .map(place -> place < 0 ? -place - 1 : place)
        .toArray();
  }

  private double accuracy(int[] buckets, int count) {
    Labels labels = (Labels) table.target();
    int[][] counts = new int[count + 1][labels.names().size()];
    for (int row = 0; row < buckets.length; row++) {
      counts[buckets[row]][labels.codes()[row]]++;
    }
    int right = Arrays.stream(counts).mapToInt(c -> Arrays.stream(c).max().orElse(0)).sum();
    return (double) right / buckets.length;
  }

  private void duplicates(List<String> found) {
    int testStart = table.rows() - table.testRows();
    Set<Row> seen = new HashSet<>();
    int again = 0;
    int across = 0;
    for (int row = 0; row < table.rows(); row++) {
      boolean known = !seen.add(new Row(table, row));
      again += known && row < testStart ? 1 : 0;
      across += known && row >= testStart ? 1 : 0;
    }
    if (across > 0) {
      found.add(across + " test rows have the features of an earlier row.");
    }
    if (again > 0) {
      found.add(again + " rows have the features of an earlier row.");
    }
  }

  /** A row as a key. */
  private record Row(Table table, int row) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Row that
          && Arrays.equals(
              table.values(),
              row * width(),
              (row + 1) * width(),
              table.values(),
              that.row * width(),
              (that.row + 1) * width());
    }

    @Override
    public int hashCode() {
      int hash = 1;
      for (int i = row * width(); i < (row + 1) * width(); i++) {
        hash = 31 * hash + Float.floatToIntBits(table.values()[i]);
      }
      return hash;
    }

    private int width() {
      return table.columns().size();
    }
  }
}
