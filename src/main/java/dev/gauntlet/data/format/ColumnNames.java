package dev.gauntlet.data.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rules for names of columns. */
public final class ColumnNames {
  private ColumnNames() {}

  /**
   * What is wrong with names: empty ones, and those that are equal but for case.
   *
   * @param where names the file in messages
   */
  public static List<String> problems(String where, List<String> names) {
    List<String> problems = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String known = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (name.isEmpty()) {
        problems.add(
            where
                + ": column "
                + (i + 1)
                + " has no name. Maybe it is an index: to_csv(index=False).");
      } else if (name.equals(known)) {
        problems.add(where + ": two columns are named \"" + name + "\".");
      } else if (known != null) {
        problems.add(
            where
                + ": columns \""
                + known
                + "\" and \""
                + name
                + "\" differ only in case; the rule: names that everybody tells apart.");
      }
    }
    return problems;
  }
}
