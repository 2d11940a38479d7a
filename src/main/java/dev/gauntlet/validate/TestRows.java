package dev.gauntlet.validate;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.gauntlet.config.Decimals;
import dev.gauntlet.data.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a winner says of each test row, as comma-separated text: its prediction, and what the passes
 * of Monte Carlo dropout add to it. With up to {@value #MOST_CLASSES} classes each has its columns.
 */
final class TestRows {
  private static final int MOST_CLASSES = 20;

  private final Rows rows;
  private final float[] predictions;
  private final Uncertainty passes;
  private final float[] means;

  private TestRows(Rows rows, float[] predictions, Uncertainty passes) {
    this.rows = rows;
    this.predictions = predictions;
    this.passes = passes;
    this.means = passes == null ? null : passes.means();
  }

  /**
   * The file.
   *
   * @param predictions {@code rows.size() x rows.outputs()}
   * @param passes null if they were not run
   */
  static byte[] csv(Rows rows, float[] predictions, Uncertainty passes) {
    return new TestRows(rows, predictions, passes).csv();
  }

  private byte[] csv() {
    var bytes = new ByteArrayOutputStream();
    try (var writer =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(bytes, StandardCharsets.UTF_8)) {
      writer.writeRecord(rows.numbers() ? numberHeader() : classHeader());
      for (int i = 0; i < rows.size(); i++) {
        writer.writeRecord(rows.numbers() ? number(i) : classes(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private List<String> numberHeader() {
    return passes == null
        ? List.of("row", "target", "predicted")
        : List.of("row", "target", "predicted", "mc_mean", "mc_std");
  }

  private List<String> number(int i) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(rows.index()[i]));
    cells.add(Decimals.of(rows.number(i)));
    cells.add(Decimals.of(predictions[i]));
    if (passes != null) {
      cells.add(Decimals.of(means[i]));
      cells.add(Decimals.of((float) passes.std(i)));
    }
    return cells;
  }

  private List<String> classHeader() {
    List<String> names = new ArrayList<>(List.of("row", "label", "predicted", "probability"));
    if (passes != null) {
      names.addAll(
          List.of("mc_predicted", "mc_probability", "mc_entropy", "mc_mutual_information"));
    }
    if (wide()) {
      classes().forEach(name -> names.add("p." + name));
      if (passes != null) {
        classes().forEach(name -> names.add("mc." + name));
      }
    }
    return names;
  }

  private List<String> classes(int i) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(rows.index()[i]));
    cells.add(Cells.neutral(classes().get(rows.label(i))));
    predicted(predictions, i, cells);
    if (passes != null) {
      predicted(means, i, cells);
      cells.add(Decimals.of((float) passes.entropy(i)));
      cells.add(Decimals.of((float) passes.information(i)));
    }
    if (wide()) {
      all(predictions, i, cells);
      if (passes != null) {
        all(means, i, cells);
      }
    }
    return cells;
  }

  private void predicted(float[] probabilities, int i, List<String> cells) {
    int best = ConfusionMatrix.predicted(probabilities, i, rows.outputs());
    cells.add(Cells.neutral(classes().get(best)));
    cells.add(Decimals.of(probabilities[i * rows.outputs() + best]));
  }

  private void all(float[] probabilities, int i, List<String> cells) {
    for (int c = 0; c < rows.outputs(); c++) {
      cells.add(Decimals.of(probabilities[i * rows.outputs() + c]));
    }
  }

  private boolean wide() {
    return rows.outputs() <= MOST_CLASSES;
  }

  private List<String> classes() {
    return rows.dataset().classes();
  }
}
