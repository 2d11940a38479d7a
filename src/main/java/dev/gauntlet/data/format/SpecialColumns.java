package dev.gauntlet.data.format;

import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Target;
import dev.gauntlet.data.format.ColumnPlan.Role;
import dev.gauntlet.data.format.TableBuilder.Cells;
import dev.gauntlet.data.format.TableBuilder.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What rows have besides features: the label, the group and the time. */
final class SpecialColumns {
  private final ColumnPlan plan;
  private final Task task;
  private final BiConsumer<Place, String> problem;
  private final int labelColumn;
  private final int groupColumn;
  private final int timeColumn;
  private final Map<String, Integer> labels = new LinkedHashMap<>();
  private final Map<String, Integer> groups = new LinkedHashMap<>();
  private final IntStream.Builder labelCodes = IntStream.builder();
  private final DoubleStream.Builder labelNumbers = DoubleStream.builder();
  private final IntStream.Builder groupCodes = IntStream.builder();
  private final DoubleStream.Builder times = DoubleStream.builder();

  /**
   * @param problem takes what is wrong with a row
   */
  SpecialColumns(ColumnPlan plan, Task task, BiConsumer<Place, String> problem) {
    this.plan = plan;
    this.task = task;
    this.problem = problem;
    this.labelColumn = plan.roles().indexOf(Role.LABEL);
    this.groupColumn = plan.roles().indexOf(Role.GROUP);
    this.timeColumn = plan.roles().indexOf(Role.TIME);
  }

  /**
   * Adds a row.
   *
   * @param label of the row; null if the plan has a label column
   */
  void add(Cells cells, String label, Place place) {
    if (groupColumn >= 0) {
      groupCodes.add(TableBuilder.code(groups, cells.word(groupColumn).strip()));
    }
    if (timeColumn >= 0) {
      times.add(time(cells, place));
    }
    if (labelColumn >= 0) {
      label(cells, labelColumn, place);
    }
    if (label != null) {
      label(new TextCells(new String[] {label}), 0, place);
    }
  }

  private void label(Cells cells, int column, Place place) {
    String word = cells.word(column).strip();
    if (MissingWords.contains(word)) {
      String shown = word.isEmpty() ? "" : " (\"" + word + "\")";
      problem.accept(place, "no label" + shown + "; the rule: one in every row.");
      return;
    }
    if (task == Task.CLASSIFICATION) {
      labelCodes.add(TableBuilder.code(labels, word));
      return;
    }
    float number = cells.number(column);
    if (!Float.isFinite(number)) {
      problem.accept(place, "\"" + word + "\"; the rule: a finite number, as task is regression.");
    }
    labelNumbers.add(number);
  }

  private double time(Cells cells, Place place) {
    double time = cells.time(timeColumn);
    if (!Double.isFinite(time)) {
      String name = plan.names().get(timeColumn);
      String word = cells.word(timeColumn).strip();
      problem.accept(
          place, "column \"" + name + "\": \"" + word + "\"; the rule: a time as a number.");
    }
    return time;
  }

  /** One per row. */
  Target target() {
    if (task == Task.CLASSIFICATION) {
      return new Target.Labels(labelCodes.build().toArray(), List.copyOf(labels.keySet()));
    }
    double[] given = labelNumbers.build().toArray();
    float[] numbers = new float[given.length];
    for (int i = 0; i < given.length; i++) {
      numbers[i] = (float) given[i];
    }
    return new Target.Numbers(numbers);
  }

  /** One per row; null for none. */
  int[] groups() {
    return groupColumn >= 0 ? groupCodes.build().toArray() : null;
  }

  /** One per row; null for none. */
  double[] times() {
    return timeColumn >= 0 ? times.build().toArray() : null;
  }
}
