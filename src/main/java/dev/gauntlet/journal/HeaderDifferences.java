package dev.gauntlet.journal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What keeps one search from going on in the run folder of another, in words. */
record HeaderDifferences(Header there, Header here) {

  /** Keys that change no result, or only how far the search goes. */
  private static final Set<String> FREE =
      Set.of(
          "search.candidates",
          "search.max-time",
          "search.max-trials",
          "search.max-epochs",
          "validate.winners");

  List<String> list() {
    List<String> differences = new ArrayList<>();
    if (there.format() != here.format()) {
      differences.add(
          "its journal has format "
              + there.format()
              + ", and this version writes "
              + here.format());
      return differences;
    }
    if (!there.gauntlet().equals(here.gauntlet())) {
      differences.add("it is of Gauntlet " + there.gauntlet() + ", and this is " + here.gauntlet());
    }
    if (!there.data().equals(here.data())) {
      differences.add(
          "the data has changed (fingerprint "
              + there.data()
              + " there, "
              + here.data()
              + " here)");
    }
    compare("", there.config(), here.config(), differences);
    return differences;
  }

  private static boolean isFree(String path) {
    return FREE.contains(path)
        || (path.startsWith("run.") && !path.equals("run.engine"))
        || (path.startsWith("data.") && Header.PLACES.contains(path.substring("data.".length())));
  }

  private static void compare(String path, Object there, Object here, List<String> differences) {
    if (isFree(path) || Objects.equals(there, here)) {
      return;
    }
    if (there instanceof Map<?, ?> old && here instanceof Map<?, ?> now) {
      Set<Object> keys = new LinkedHashSet<>(old.keySet());
      keys.addAll(now.keySet());
      String prefix = path.isEmpty() ? "" : path + ".";
      keys.forEach(key -> compare(prefix + key, old.get(key), now.get(key), differences));
    } else {
      differences.add(path + " is " + text(there) + " there and " + text(here) + " here");
    }
  }

  private static String text(Object value) {
    return value == null ? "absent" : value instanceof String text ? text : JournalJson.text(value);
  }
}
