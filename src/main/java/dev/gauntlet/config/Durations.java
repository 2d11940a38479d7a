package dev.gauntlet.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as text: a whole number and a unit, such as {@code 90s}, {@code 30m}. */
public final class Durations {
  static final String RULE = "a whole number above 0 and s, m, h or d, such as 90s, 30m or 8h";

  static final Pattern FORM = Pattern.compile("^([1-9][0-9]{0,8})([smhd])$");

  private Durations() {}

  /** Empty if the text is none. */
  static Optional<Duration> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(form.group(1)) * seconds(form.group(2))))
        : Optional.empty();
  }

  /** In the largest unit that has a whole number of it. */
  public static String text(Duration duration) {
    for (String unit : new String[] {"d", "h", "m"}) {
      if (duration.toSeconds() % seconds(unit) == 0) {
        return duration.toSeconds() / seconds(unit) + unit;
      }
    }
    return duration.toSeconds() + "s";
  }

  private static long seconds(String unit) {
    return switch (unit) {
      case "d" -> 86_400;
      case "h" -> 3_600;
      case "m" -> 60;
      default -> 1;
    };
  }
}
