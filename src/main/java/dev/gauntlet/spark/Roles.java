package dev.gauntlet.spark;

import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.format.ColumnPlan;
import dev.gauntlet.data.format.ColumnPlan.Role;
import dev.gauntlet.spark.Slot.Encoding;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a plan have to be, and how they are read then.
 *
 * @param plan whose words are those that the configuration names
 */
record Roles(ColumnPlan plan, Task task) {

  /** The plan with text as words. */
  ColumnPlan typed(List<Field> fields) {
    Set<Integer> words = new HashSet<>(plan.words());
    int column = 0;
    for (Field field : fields) {
      if (field.kind() == Kind.WORD) {
        words.add(column);
      }
      column += field.width();
    }
    return new ColumnPlan(plan.names(), plan.roles(), words);
  }

  /** Of a field without a problem, whose first column is the given one. */
  Encoding encoding(Field field, int column) {
    if (field.kind().wide()) {
      return field.kind() == Kind.VECTOR ? Encoding.VECTOR : Encoding.ARRAY;
    }
    return switch (plan.roles().get(column)) {
      case TIME -> Encoding.TIME;
      case GROUP -> Encoding.WORD;
      case LABEL -> task == Task.REGRESSION ? Encoding.NUMBER : Encoding.WORD;
      case FEATURE, NONE ->
          plan.words().contains(column) || field.kind() == Kind.WORD
              ? Encoding.WORD
              : Encoding.NUMBER;
    };
  }

  /** Why a field cannot be what it is for; empty if it can. */
  Optional<String> problem(Field field, int column) {
    if (field.kind().wide() || field.kind() == Kind.NOTHING) {
      return Optional.empty();
    }
    Role role = plan.roles().get(column);
    boolean number = field.kind() == Kind.NUMBER;
    String rule =
        field.kind() == Kind.NESTED
            ? "numbers, words, or arrays of numbers of one length. Maybe data.drop."
            : switch (role) {
              case TIME ->
                  number || field.kind() == Kind.MOMENT
                      ? null
                      : "data.split.time is a number, a date or a timestamp.";
              case LABEL ->
                  number || task == Task.CLASSIFICATION ? null : "a number, as task is regression.";
              case FEATURE -> plan.words().contains(column) ? null : feature(field.kind());
              case GROUP, NONE -> null;
            };
    return Optional.ofNullable(rule)
        .map(text -> "column \"" + field.name() + "\": " + field.shown() + "; the rule: " + text);
  }

  private static String feature(Kind kind) {
    return switch (kind) {
      case MOMENT -> "a feature is a number or a word. Maybe data.drop, or data.split.time.";
      case MIXED -> "numbers or text. Maybe data.categorical, or data.drop.";
      default -> null;
    };
  }
}
