package dev.gauntlet.config;

import dev.gauntlet.config.YamlNode.Entry;
import dev.gauntlet.config.YamlNode.Mapping;
import dev.gauntlet.config.YamlNode.Scalar;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a search from a YAML file. */
public final class ConfigReader {
  private ConfigReader() {}

  /**
   * @param overrides {@code path=value}, applied in order
   * @throws InvalidInputException with every problem of the file and the overrides
   */
  public static SearchConfig read(Path file, List<String> overrides) {
    return parse(text(file), file, overrides);
  }

  /**
   * @param file names the text in messages; relative paths in the text count from its folder
   */
  public static SearchConfig parse(String text, Path file, List<String> overrides) {
    var problems = new Problems();
    Path parent = file.toAbsolutePath().getParent();
    var location = new Location(file.toString(), 1, parent);
    Optional<YamlNode> document = YamlParser.parse(text, location, problems);
    if (document.isEmpty()) {
      problems.throwIfAny();
    }
    if (!(document.orElseThrow() instanceof Mapping root)) {
      String kind = document.get().kind();
      throw new InvalidInputException(
          location + ": " + kind + "; the rule: keys and values, such as \"seed: 1\".");
    }
    root.entries().computeIfAbsent("name", key -> named(file, location));
    var setter = new Overrides(problems);
    overrides.forEach(override -> setter.apply(root, override));
    SearchConfig config = new Binder(problems).bind(root, "", SearchConfig.class);
    problems.throwIfAny();
    return config;
  }

  /**
   * Data, and a search that does not matter: the section {@code data} of a YAML file, or a data
   * file of its own. Missing values are counted and not refused.
   *
   * @param file either, a data file also as a URI; it needs its label by {@code data.label=NAME}
   * @throws InvalidInputException with every problem
   */
  public static SearchConfig data(String file, List<String> overrides) {
    List<String> all = new ArrayList<>(List.of("data.missing=most-frequent"));
    all.addAll(overrides);
    if (file.matches(".*\\.ya?ml")) {
      return read(Path.of(file), all);
    }
    String quoted = '"' + file.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    String search = "space: {network: {type: dense}, optimizer: {type: adam}}";
    all.add(0, "data.path=" + quoted);
    return parse(search, Path.of("data"), all);
  }

  private static Entry named(Path file, Location location) {
    String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return new Entry(location, new Scalar(location, name, false));
  }

  private static String text(Path file) {
    if (!Files.exists(file)) {
      throw new InvalidInputException(
          file + ": no such file." + Suggestions.maybe(file.toString(), neighbours(file)));
    }
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(
          file + ": a folder; the rule: a YAML file." + Suggestions.maybe("", neighbours(file)));
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(file + ": not UTF-8 text. Maybe save it as UTF-8.");
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private static List<String> neighbours(Path file) {
    Path folder = Files.isDirectory(file) ? file : file.toAbsolutePath().getParent().normalize();
    try (var files = Files.list(folder)) {
      return files
          .map(Path::getFileName)
          .filter(name -> name.toString().matches(".*\\.ya?ml"))
          .map(name -> file.resolveSibling(name).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
