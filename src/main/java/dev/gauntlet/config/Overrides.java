package dev.gauntlet.config;

import dev.gauntlet.config.YamlNode.Entry;
import dev.gauntlet.config.YamlNode.Mapping;
import dev.gauntlet.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code --set path=value}: puts a value into the tree before it is bound and checked. */
final class Overrides {
  private static final Pattern FORM = Pattern.compile("([^=]+)=(.*)", Pattern.DOTALL);
  private static final Pattern PATH =
      Pattern.compile("[^.\\[\\]]+(\\.[^.\\[\\]]+|\\[[0-9]{1,6}\\])*");
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]{1,6})\\]");

  private final Problems problems;

  Overrides(Problems problems) {
    this.problems = problems;
  }

  /** Changes the mapping in place. */
  void apply(Mapping root, String override) {
    Location at = Location.argument("--set " + override);
    Matcher form = FORM.matcher(override);
    String path = form.matches() ? form.group(1).strip() : "";
    if (!PATH.matcher(path).matches()) {
      problems.add(at, "", "the rule: path=value. Maybe search.candidates=10.");
      return;
    }
    Optional<YamlNode> value = YamlParser.parse(form.group(2), at, problems);
    if (value.isPresent()) {
      put(root, steps(path), value.get(), at, path);
    }
  }

  /** Keys as strings, places in lists as integers. */
  private static List<Object> steps(String path) {
    List<Object> steps = new ArrayList<>();
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      steps.add(step.group(1) != null ? step.group(1) : Integer.valueOf(step.group(2)));
    }
    return steps;
  }

  private void put(YamlNode root, List<Object> steps, YamlNode value, Location at, String path) {
    YamlNode node = root;
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      Object step = steps.get(i);
      if (node instanceof Mapping mapping && step instanceof String key) {
        Entry entry = mapping.entries().get(key);
        boolean absent = entry == null || isNothing(entry.value());
        if (absent && !last && steps.get(i + 1) instanceof Integer) {
          problems.add(at, path, "no list at " + key + ".");
          return;
        }
        if (last || absent) {
          YamlNode next = last ? value : new Mapping(at, new LinkedHashMap<>());
          entry = new Entry(at, next);
          mapping.entries().put(key, entry);
        }
        node = entry.value();
      } else if (node instanceof Sequence sequence
          && step instanceof Integer index
          && index < sequence.items().size()) {
        if (last) {
          sequence.items().set(index, value);
        }
        node = sequence.items().get(index);
      } else {
        String text =
            node instanceof Sequence sequence
                ? "no [" + step + "] in a list of " + sequence.items().size() + "."
                : "nothing can be set inside " + node.kind() + " at " + node.at() + ".";
        problems.add(at, path, text);
        return;
      }
    }
  }

  private static boolean isNothing(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.plain() && scalar.text().isEmpty();
  }
}
