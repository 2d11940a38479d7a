package dev.gauntlet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A YAML file as an editor with a JSON schema sees it: YAML 1.2's core schema, then JSON. */
final class EditorView {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml$\n(.*?)^```$");

  private final com.networknt.schema.JsonSchema schema;

  EditorView(Map<String, Object> schema) {
    JsonNode tree = MAPPER.valueToTree(schema);
    this.schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(tree);
  }

  /**
   * What the editor marks.
   *
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is not YAML
   */
  List<String> marks(String yaml) {
    var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    JsonNode node = MAPPER.valueToTree(json(new Load(settings).loadFromString(yaml)));
    return schema.validate(node).stream().map(Object::toString).toList();
  }

  /** JSON has no keys but text. */
  private static Object json(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      map.forEach((key, entry) -> entries.put(String.valueOf(key), json(entry)));
      return entries;
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      // A number to editors, but not one that the validator can compare.
      return Double.MAX_VALUE;
    }
    return value instanceof List<?> list ? list.stream().map(EditorView::json).toList() : value;
  }

  /** Every whole search that ships or is shown. */
  static List<String> searches() throws IOException {
    List<String> searches = new ArrayList<>();
    for (Path conf : files("conf", ".yaml")) {
      searches.add(Files.readString(conf));
    }
    List<Path> pages = new ArrayList<>(files("src/site/markdown", ".md"));
    pages.add(Path.of("README.md"));
    for (Path page : pages) {
      EXAMPLE
          .matcher(Files.readString(page))
          .results()
          .map(match -> match.group(1))
          .filter(text -> text.contains("\ndata:") && text.contains("\nspace:"))
          .forEach(searches::add);
    }
    return searches;
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
