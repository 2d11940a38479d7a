package dev.gauntlet.config;

import dev.gauntlet.config.YamlNode.Entry;
import dev.gauntlet.config.YamlNode.Mapping;
import dev.gauntlet.config.YamlNode.Scalar;
import dev.gauntlet.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML text to {@link YamlNode}s. Nothing is constructed from tags, and no scalar is given a type
 * here: what {@code no} or {@code 012} means is decided by the key that it stands at.
 */
final class YamlParser {
  /** With aliases a small file can stand for a huge tree. */
  private static final int MAX_NODES = 30_000;

  /** Composing is recursive. */
  private static final int MAX_DEPTH = 100;

  /** What YAML itself gives to values without a tag. */
  private static final Set<Tag> TAGS =
      Set.of(Tag.NULL, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.STR, Tag.SEQ, Tag.MAP);

  private final Location file;
  private final Problems problems;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int nodes;

  private YamlParser(Location file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The only document of the text; empty if there is none, or if the text is not YAML. */
  static Optional<YamlNode> parse(String yaml, Location file, Problems problems) {
    // Read in one piece: SnakeYAML Engine fails on a surrogate pair across two of its pieces.
    var settings =
        LoadSettings.builder().setLabel(file.source()).setBufferSize(yaml.length() + 2).build();
    var parser = new YamlParser(file, problems);
    try {
      if (yaml.length() > MAX_DEPTH) {
        requireBounded(yaml, settings);
      }
      Iterator<Node> documents = new Compose(settings).composeAllFromString(yaml).iterator();
      if (!documents.hasNext() && file.line() == 0) {
        return Optional.of(new Scalar(file, "", true));
      }
      if (!documents.hasNext()) {
        String text = "the file is empty. Maybe start from conf/quickstart.yaml.";
        problems.add(file.atLine(1), "", text);
        return Optional.empty();
      }
      YamlNode document = parser.convert(documents.next(), "");
      if (documents.hasNext()) {
        Location second = parser.at(documents.next());
        problems.add(second, "", "a second YAML document. Maybe remove the line \"---\".");
      }
      return Optional.ofNullable(document);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(file.atLine(line), "", "not YAML: " + e.getProblem() + ".");
    } catch (YamlEngineException e) {
      problems.add(
          file.atLine(1), "", "not YAML: " + e.getMessage().lines().findFirst().orElse(""));
    }
    return Optional.empty();
  }

  /** Before anything is composed. */
  private static void requireBounded(String yaml, LoadSettings settings) {
    int depth = 0;
    int events = 0;
    for (Event event : new Parse(settings).parseString(yaml)) {
      // A value has a key at most, and an end at most.
      if (++events > 3 * MAX_NODES) {
        throw tooMany();
      }
      depth +=
          event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
      if (depth > MAX_DEPTH) {
        throw new ParserException(
            "values inside each other, more than " + MAX_DEPTH + " deep", event.getStartMark());
      }
    }
  }

  private static YamlEngineException tooMany() {
    return new YamlEngineException("more than " + MAX_NODES + " values.");
  }

  private Location at(Node node) {
    return file.line() == 0
        ? file
        : file.atLine(node.getStartMark().map(Mark::getLine).map(line -> line + 1).orElse(1));
  }

  private YamlNode convert(Node node, String path) {
    if (++nodes > MAX_NODES) {
      throw tooMany();
    }
    if (!open.add(node)) {
      problems.add(at(node), path, "an alias of a value that contains it.");
      return new Sequence(at(node), List.of());
    }
    if (!TAGS.contains(node.getTag())) {
      problems.add(at(node), path, "the tag " + node.getTag() + " has no meaning here.");
    }
    try {
      if (node instanceof ScalarNode scalar) {
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return new Scalar(at(node), scalar.getValue(), plain);
      }
      return node instanceof SequenceNode sequence
          ? sequence(sequence, path)
          : mapping((MappingNode) node, path);
    } finally {
      open.remove(node);
    }
  }

  private Sequence sequence(SequenceNode node, String path) {
    List<YamlNode> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(convert(item, path + "[" + items.size() + "]"));
    }
    return new Sequence(at(node), items);
  }

  private Mapping mapping(MappingNode node, String path) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Location at = at(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(at, path, "a key must be a word.");
        continue;
      }
      String name = key.getValue();
      YamlNode value = convert(tuple.getValueNode(), Binder.child(path, name));
      Entry first = entries.putIfAbsent(name, new Entry(at, value));
      if (first != null) {
        String text = "duplicate key; the first is at " + first.at() + ".";
        problems.add(at, Binder.child(path, name), text);
      }
    }
    return new Mapping(at(node), entries);
  }
}
