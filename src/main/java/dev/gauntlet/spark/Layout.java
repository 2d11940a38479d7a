package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.data.format.ColumnPlan.Role;
import dev.gauntlet.spark.Slot.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/**
 * Which columns of a source are read, and where their values are.
 *
 * @param cells one per column of the plan; null for a column that is not read
 */
record Layout(List<Slot> slots, Cell[] cells) {

  /**
   * Where the values of a column of the table are.
   *
   * @param place among the numbers or the words of a row
   */
  record Cell(Encoding encoding, int place) {}

  /**
   * Of a source that has the columns of the first one.
   *
   * @param roles in the first source
   * @throws InvalidInputException for each column that cannot be what the plan says
   */
  static Layout of(Roles roles, Source first, Source source) {
    List<String> problems = new ArrayList<>();
    var builder = new Builder(roles, first, source, problems);
    int column = 0;
    for (Field field : first.fields()) {
      builder.add(field, column);
      column += field.width();
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new Layout(List.copyOf(builder.slots), builder.cells);
  }

  /** What Spark is asked for. */
  Column[] columns() {
    return slots.stream().map(Slot::column).toArray(Column[]::new);
  }

  private static final class Builder {
    private final Roles roles;
    private final Source first;
    private final Source source;
    private final Map<String, Field> byName;
    private final List<String> problems;
    private final List<Slot> slots = new ArrayList<>();
    private final Cell[] cells;
    private int numbers;
    private int words;

    Builder(Roles roles, Source first, Source source, List<String> problems) {
      this.roles = roles;
      this.first = first;
      this.source = source;
      this.problems = problems;
      this.cells = new Cell[roles.plan().names().size()];
      this.byName =
          source.fields().stream().collect(Collectors.toMap(Field::name, Function.identity()));
    }

    void add(Field wanted, int column) {
      if (roles.plan().roles().subList(column, column + wanted.width()).stream()
          .allMatch(role -> role == Role.NONE)) {
        return;
      }
      Field field = byName.get(wanted.name());
      Optional<String> problem =
          field == null ? Optional.of(missing(wanted)) : problem(field, wanted, column);
      if (problem.isPresent()) {
        problems.add(source.where() + ": " + problem.get());
      } else {
        put(field, wanted, column);
      }
    }

    private String missing(Field wanted) {
      List<String> names = source.fields().stream().map(Field::name).toList();
      return "no column \""
          + wanted.name()
          + "\", which "
          + first.where()
          + " has."
          + Suggestions.maybe(wanted.name(), names);
    }

    private Optional<String> problem(Field field, Field wanted, int column) {
      Optional<String> problem = roles.problem(field, column);
      if (problem.isPresent() || alike(field, wanted, column)) {
        return problem;
      }
      return Optional.of(
          "column \""
              + field.name()
              + "\": "
              + shown(field)
              + "; the rule: "
              + shown(wanted)
              + ", as in "
              + first.where()
              + ".");
    }

    private static String shown(Field field) {
      return field.shown() + (field.kind().wide() ? " of " + field.width() : "");
    }

    /** A column without a value is like any other. */
    private boolean alike(Field field, Field wanted, int column) {
      if (field.kind() == Kind.NOTHING) {
        return true;
      }
      return field.kind().wide()
          ? wanted.kind().wide() && field.width() == wanted.width()
          : roles.encoding(field, column) == roles.encoding(wanted, column);
    }

    private void put(Field field, Field wanted, int column) {
      boolean nothing = field.kind() == Kind.NOTHING;
      Encoding encoding = roles.encoding(nothing ? wanted : field, column);
      slots.add(new Slot(field.name(), encoding, field.type(), wanted.width()));
      int place =
          switch (encoding) {
            case WORD -> words++;
            case TIME -> 0;
            case NUMBER, ARRAY, VECTOR -> numbers;
          };
      boolean number = encoding != Encoding.WORD && encoding != Encoding.TIME;
      numbers += number ? wanted.width() : 0;
      for (int i = 0; i < wanted.width(); i++) {
        cells[column + i] = new Cell(encoding, place + i);
      }
    }
  }
}
