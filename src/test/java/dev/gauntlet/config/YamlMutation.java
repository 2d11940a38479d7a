package dev.gauntlet.config;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages YAML text as people, editors and enemies do. */
final class YamlMutation {
  private static final Pattern TOKEN = Pattern.compile("[^\\s,:{}\\[\\]]+");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.e-]*");

  /** What may stand where a value stands. */
  private static final List<String> VALUES =
      List.of(
          "",
          "~",
          "null",
          "0",
          "-0",
          "1",
          "2",
          "-1",
          "0.5",
          ".5",
          "1.",
          "1.0",
          "5e-1",
          "1e3",
          "+1",
          "+.5",
          "007",
          "007.5",
          "0x1F",
          "0xF",
          "0o17",
          "0b1",
          "1_000",
          "1e999",
          "1e-999",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999",
          ".inf",
          "-.Inf",
          ".nan",
          "true",
          "True",
          "FALSE",
          "yes",
          "no",
          "off",
          "\"1\"",
          "'true'",
          "\"\"",
          "auto",
          "none",
          "relu",
          "adam",
          "sgd",
          "dense",
          "linear",
          "log",
          "random",
          "grid",
          "accuracy",
          "2024-01-01",
          "12:30:45",
          "[]",
          "{}",
          "[1, 2]",
          "[relu]",
          "{choice: [1, 2]}",
          "{choice: []}",
          "{choice: [0.5, 0.5]}",
          "{choice: [relu, tanh]}",
          "{min: 1, max: 3}",
          "{min: 0.1, max: 0.5, scale: log}",
          "{min: 3, max: 1}",
          "{type: adam}",
          "{type: sgd}",
          "{type: dense}",
          "{choice: [{type: adam}, {type: sgd}]}",
          "a b",
          "*",
          "{1: 2}");

  /** What only a parser is afraid of. */
  private static final List<String> WILD =
      List.of(
          "&a ",
          "*a",
          "<<: *a",
          "!!str ",
          "!!int ",
          "! ",
          "!x ",
          "!!java.net.URL ",
          "? ",
          "- ",
          "|\n",
          ">-\n",
          "---\n",
          "...\n",
          "%YAML 1.2\n",
          "# ",
          "\t",
          "\r\n",
          "\"",
          "'",
          "`",
          "@",
          "{",
          "}",
          "[",
          "]",
          ": ",
          ",",
          "\\",
          "\"\\x\"",
          "\"\\uD800\"",
          "\u0000",
          "\u0007",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\ufeff",
          "\ud800",
          "\ufffe",
          "\ud83d\ude00",
          "\u202e");

  private final Random random;

  YamlMutation(Random random) {
    this.random = random;
  }

  /** One or two values or lines are others; the rest is as it was. */
  String ofValues(String seed) {
    String text = seed;
    for (int i = random.nextInt(2); i >= 0; i--) {
      text = random.nextInt(6) == 0 ? lines(text) : token(text, TOKEN, pick(VALUES));
    }
    return text;
  }

  /** One to three changes of any kind. */
  String ofText(String seed) {
    String text = seed;
    for (int i = random.nextInt(3); i >= 0; i--) {
      text = change(text);
    }
    return text;
  }

  private String change(String text) {
    return switch (random.nextInt(12)) {
      case 0 -> flip(text);
      case 1 -> token(text, TOKEN, pick(VALUES));
      case 2 -> token(text, TOKEN, "");
      case 3 -> token(text, NUMBER, number());
      case 4 -> insert(text, pick(WILD));
      case 5 -> insert(text, pick(WILD) + pick(VALUES));
      case 6 -> lines(text);
      case 7 -> text.substring(0, random.nextInt(text.length() + 1));
      case 8 -> repeated(text);
      case 9 -> insert(text, Character.toString(random.nextInt(0x110000)));
      case 10 -> token(text, TOKEN, token(text));
      default -> random.nextInt(20) == 0 ? large(text) : flip(text);
    };
  }

  private String flip(String text) {
    if (text.isEmpty()) {
      return text;
    }
    var changed = new StringBuilder(text);
    int at = random.nextInt(text.length());
    changed.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(8))));
    return changed.toString();
  }

  private String insert(String text, String more) {
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at) + more + text.substring(at);
  }

  private String token(String text, Pattern kind, String other) {
    List<MatchResult> tokens = kind.matcher(text).results().toList();
    if (tokens.isEmpty()) {
      return text;
    }
    MatchResult token = tokens.get(random.nextInt(tokens.size()));
    return text.substring(0, token.start()) + other + text.substring(token.end());
  }

  private String token(String text) {
    List<String> tokens = TOKEN.matcher(text).results().map(MatchResult::group).toList();
    return tokens.isEmpty() ? "" : pick(tokens);
  }

  /** A line twice, not at all, or with another indentation. */
  private String lines(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return text;
    }
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    String other =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> line + "\n" + line + "\n";
          case 2 -> "  " + line + "\n";
          default -> line.replaceFirst("^  ", "") + "\n";
        };
    var changed = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      changed.append(i == at ? other : lines.get(i) + "\n");
    }
    return changed.toString();
  }

  private String number() {
    return switch (random.nextInt(4)) {
      case 0 -> Long.toString(random.nextLong());
      case 1 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
      case 2 -> Integer.toString(random.nextInt(100) - 10);
      default -> "9".repeat(1 + random.nextInt(400));
    };
  }

  private String repeated(String text) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(40));
    return text.substring(0, to) + text.substring(from);
  }

  /** Deep, long or many. */
  private String large(String text) {
    int size = 1 << (4 + random.nextInt(11));
    return switch (random.nextInt(8)) {
      case 0 -> insert(text, "[".repeat(size));
      case 1 -> insert(text, "{a: ".repeat(size));
      case 2 -> insert(text, "- ".repeat(size));
      case 3 -> insert(text, "[".repeat(size) + "]".repeat(size));
      case 4 -> token(text, TOKEN, pick(List.of("a", "0", ":0", "\"", "\u00e9", "-")).repeat(size));
      case 5 -> text + manyKeys(size);
      case 6 -> text + "\nzzz: " + bomb(1 + random.nextInt(12), 1 + random.nextInt(12)) + "\n";
      default -> token(text, TOKEN, "[" + "1, ".repeat(size) + "]");
    };
  }

  private static String manyKeys(int count) {
    var text = new StringBuilder("\n");
    for (int i = 0; i < count; i++) {
      text.append("k").append(i).append(": 1\n");
    }
    return text.toString();
  }

  /** Each level holds the one below it several times. */
  private static String bomb(int levels, int width) {
    var text = new StringBuilder("[&a0 [x]");
    for (int level = 1; level <= levels; level++) {
      String alias = ", *a" + (level - 1);
      text.append(", &a%d [x%s]".formatted(level, alias.repeat(width)));
    }
    return text.append("]").toString();
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
