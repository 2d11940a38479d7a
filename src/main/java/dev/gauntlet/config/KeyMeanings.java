package dev.gauntlet.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the table of keys in the configuration reference says about each key, as plain text. The
 * page is packed beside this class, so that editors and readers of the page are told the same.
 */
final class KeyMeanings {
  private static final String PAGE = "configuration.md";
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9.-]+)` \\| (.*?) \\|(.*)\\|$", Pattern.MULTILINE);

  private final Map<String, MatchResult> rows = new HashMap<>();

  KeyMeanings(String page) {
    ROW.matcher(page.substring(page.indexOf("## Keys")))
        .results()
        .forEach(row -> rows.put(row.group(1), row));
  }

  static KeyMeanings ofPage() {
    try (InputStream page = KeyMeanings.class.getResourceAsStream(PAGE)) {
      return new KeyMeanings(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param path such as {@code space.network.units}
   * @param withDefault whether to say what holds if the key is not written
   * @return empty for a key without a row, or with nothing to say
   */
  String of(String path, boolean withDefault) {
    MatchResult row = rows.get(path);
    if (row == null) {
      return "";
    }
    String absent = plain(row.group(2));
    String more =
        !withDefault || absent.matches("none|required|")
            ? ""
            : absent.startsWith("required") ? absent : "default: " + absent;
    String meaning = plain(row.group(3));
    return meaning.isEmpty() || more.isEmpty() ? meaning + more : meaning + " (" + more + ")";
  }

  private static String plain(String markdown) {
    return markdown
        .strip()
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .replaceAll("\\*([A-Za-z]+)\\*", "$1")
        .replace("`", "");
  }
}
