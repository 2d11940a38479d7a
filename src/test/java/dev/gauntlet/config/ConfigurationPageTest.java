package dev.gauntlet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The configuration reference names every key of the records, and no other. */
class ConfigurationPageTest {
  private final Set<String> keys = new TreeSet<>();

  @Test
  void page_names_exactlyTheKeysThatThereAre() throws IOException {
    collect(SearchConfig.class, "");
    String page = Files.readString(Path.of("src/site/markdown/configuration.md"));

    Set<String> documented = new TreeSet<>();
    Pattern.compile("^\\| `([a-z0-9.-]+)` \\| ", Pattern.MULTILINE)
        .matcher(page.substring(page.indexOf("## Keys")))
        .results()
        .forEach(match -> documented.add(match.group(1)));
    assertThat(documented).isEqualTo(keys);
  }

  private void collect(Class<?> record, String path) {
    for (RecordComponent component : record.getRecordComponents()) {
      String name = path + Names.word(component.getName());
      Type type = component.getGenericType();
      Class<?> element =
          type instanceof ParameterizedType generic
              ? (Class<?>) generic.getActualTypeArguments()[0]
              : (Class<?>) type;
      if (written(element)) {
        keys.add(name);
      } else if (element.isSealed()) {
        keys.add(name + ".type");
        for (Class<?> variant : element.getPermittedSubclasses()) {
          collect(variant, name + ".");
        }
      } else if (element.isRecord()) {
        collect(element, name + ".");
      } else {
        keys.add(name);
      }
      if (element.isSealed() && type instanceof ParameterizedType) {
        keys.add(name);
      }
    }
  }

  /** Words, or a mapping of the user's own keys. */
  private static boolean written(Class<?> element) {
    return element.isSealed()
        && Arrays.stream(element.getPermittedSubclasses())
            .anyMatch(variant -> variant.isAnnotationPresent(Bare.class));
  }
}
