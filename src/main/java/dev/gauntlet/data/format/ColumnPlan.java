package dev.gauntlet.data.format;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each column of a file is for. A pattern is a name, a glob with {@code *} and {@code ?}, a
 * place from 0, or a range of places such as {@code 0-23}; an exact name goes first.
 *
 * @param names of all columns of the file
 * @param roles one per column
 * @param words the columns that are categorical because the configuration says so
 */
public record ColumnPlan(List<String> names, List<Role> roles, Set<Integer> words) {
  private static final Pattern PLACES = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");

  /** What a column is for. */
  public enum Role {
    FEATURE,
    LABEL,
    GROUP,
    TIME,
    NONE
  }

  /**
   * Matches patterns and names.
   *
   * @param where names the file in messages
   * @param index how many columns come first that number the rows, and are never features
   * @throws InvalidInputException for each pattern that matches no column
   */
  public static ColumnPlan of(String where, List<String> names, DataConfig config, int index) {
    return of(where, names, Map.of(), config, index);
  }

  /**
   * As {@link #of(String, List, DataConfig, int)}.
   *
   * @param families names that stand for several columns, and their places
   */
  public static ColumnPlan of(
      String where,
      List<String> names,
      Map<String, Set<Integer>> families,
      DataConfig config,
      int index) {
    List<String> problems = new ArrayList<>();
    var matcher = new Patterns(where, names, families, problems);
    Set<Integer> features = matcher.all("data.keep", config.keep());
    features.removeAll(matcher.all("data.drop", config.drop()));
    List<Role> roles = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      roles.add(i >= index && features.contains(i) ? Role.FEATURE : Role.NONE);
    }
    if (config.labels() == null && config.label() != null) {
      matcher.one("data.label", config.label()).ifPresent(i -> roles.set(i, Role.LABEL));
    }
    matcher.splitBy("data.split.group", config.split().group(), Role.GROUP, roles);
    matcher.splitBy("data.split.time", config.split().time(), Role.TIME, roles);
    if (problems.isEmpty() && !roles.contains(Role.FEATURE)) {
      problems.add(where + ": no column is left as a feature; the rule: at least one.");
    }
    Set<Integer> words = matcher.all("data.categorical", config.categorical());
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new ColumnPlan(names, List.copyOf(roles), words);
  }

  /** The places of the features, in the order of the file. */
  public List<Integer> features() {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < roles.size(); i++) {
      if (roles.get(i) == Role.FEATURE) {
        places.add(i);
      }
    }
    return places;
  }

  private record Patterns(
      String where, List<String> names, Map<String, Set<Integer>> families, List<String> problems) {

    /** Null matches every column. */
    Set<Integer> all(String key, List<String> patterns) {
      Set<Integer> places = new HashSet<>();
      if (patterns == null) {
        names.forEach(name -> places.add(places.size()));
        return places;
      }
      for (String pattern : patterns) {
        Set<Integer> matched = matches(pattern);
        if (matched.isEmpty()) {
          problems.add(
              where
                  + ": "
                  + key
                  + ": no column \""
                  + pattern
                  + "\"."
                  + Suggestions.maybe(pattern, names));
        }
        places.addAll(matched);
      }
      return places;
    }

    Optional<Integer> one(String key, String pattern) {
      Set<Integer> places = all(key, List.of(pattern));
      if (places.size() > 1) {
        problems.add(
            where
                + ": "
                + key
                + ": \""
                + pattern
                + "\" matches "
                + places.size()
                + " columns; the rule: one.");
      }
      return places.stream().findFirst();
    }

    /** Null names no column. */
    void splitBy(String key, String pattern, Role role, List<Role> roles) {
      if (pattern == null) {
        return;
      }
      Optional<Integer> place = one(key, pattern);
      if (place.isPresent() && roles.get(place.get()) == Role.LABEL) {
        problems.add(where + ": " + key + ": \"" + pattern + "\" is the label.");
      }
      place.ifPresent(i -> roles.set(i, role));
    }

    private Set<Integer> matches(String pattern) {
      int exact = names.indexOf(pattern);
      if (exact >= 0) {
        return Set.of(exact);
      }
      if (families.containsKey(pattern)) {
        return families.get(pattern);
      }
      Set<Integer> places = new HashSet<>();
      Matcher range = PLACES.matcher(pattern);
      boolean numbers = range.matches();
      long from = numbers ? Long.parseLong(range.group(1)) : 0;
      long to = numbers && range.group(2) != null ? Long.parseLong(range.group(2)) : from;
      Pattern glob = Pattern.compile(glob(pattern));
      for (int i = 0; i < names.size(); i++) {
        if (numbers ? i >= from && i <= to : glob.matcher(names.get(i)).matches()) {
          places.add(i);
        }
      }
      return places;
    }

    private static String glob(String pattern) {
      return "\\Q"
          + pattern.replace("\\E", "\\E\\\\E\\Q").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q")
          + "\\E";
    }
  }
}
