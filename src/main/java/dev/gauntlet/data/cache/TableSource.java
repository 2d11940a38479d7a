package dev.gauntlet.data.cache;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataConfig.Missing;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.files.DataFiles;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table is read from: files and the configuration of their reader.
 *
 * @param parts the files as they were when they were looked at
 */
record TableSource(DataConfig config, Task task, DataFiles files, List<SourcePart> parts) {

  /** Keys that say where files are, or that come into play only once a table is read. */
  static final Set<String> IRRELEVANT =
      Set.of(
          "path",
          "labels",
          "test",
          "test-labels",
          "spark-table",
          "unseen",
          "label-map",
          "positive",
          "scale",
          "cache",
          "split.train",
          "split.validation",
          "split.test");

  static TableSource of(DataConfig config, Task task, DataFiles files) throws IOException {
    return new TableSource(config, task, files, SourcePart.of(files));
  }

  /** Of all files, in bytes. */
  long size() {
    return parts.stream().mapToLong(SourcePart::size).sum();
  }

  /** Whether a file is not what it was, as far as size and time say. */
  boolean changed() throws IOException {
    return !parts.equals(SourcePart.of(files));
  }

  /** Whether a reader refuses missing values. */
  boolean refusesMissing() {
    return config.missing() == Missing.ERROR;
  }

  /**
   * All that the table depends on, for people and for the key: the contents of files, in order and
   * with their roles, and every key of the section {@code data} but {@link #IRRELEVANT} ones.
   */
  Map<String, Object> description() throws IOException {
    List<Map<String, Object>> contents = new ArrayList<>();
    for (SourcePart part : parts) {
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("role", part.role());
      content.put("name", part.name());
      content.put("sha256", part.digest());
      contents.add(content);
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("version", StoredTable.VERSION);
    description.put("task", Names.word(task));
    description.put("data", relevant());
    description.put("files", contents);
    return description;
  }

  /**
   * Policies for missing values that leave them in the table are one; whether it refuses is not in
   * it.
   */
  private Map<String, Object> relevant() {
    Map<String, Object> keys = new LinkedHashMap<>();
    collect("", (Map<?, ?>) ConfigWriter.tree(config), keys);
    keys.put("missing", config.missing() == Missing.DROP_ROWS ? "dropped" : "kept");
    return keys;
  }

  private static void collect(String prefix, Map<?, ?> tree, Map<String, Object> keys) {
    tree.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (IRRELEVANT.contains(key)) {
            return;
          }
          if (value instanceof Map<?, ?> section) {
            collect(key + ".", section, keys);
          } else {
            keys.put(key, value);
          }
        });
  }

  /** SHA-256 of a {@link #description}, as 64 hexadecimal digits. */
  static String key(Map<String, Object> description) throws IOException {
    try {
      byte[] json = new JsonMapper().writeValueAsBytes(description);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
