package dev.gauntlet.data.cache;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.cache.StoredTable.Manifest;
import dev.gauntlet.data.files.CacheFolder;
import dev.gauntlet.data.files.DataFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tables of large files, by their content. Whatever goes wrong with it, the table is read
 * as without it, and a warning says so.
 */
public final class TableCache {
  /** Files that together have less are read faster than they are looked up. */
  static final long THRESHOLD = 8L << 20;

  /** Of all entries. */
  static final long LIMIT = 20L << 30;

  private final Place place;
  private final long threshold;
  private final long limit;
  private final Consumer<String> warnings;

  /** Where entries are. */
  interface Place {
    Path folder() throws IOException;
  }

  TableCache(Place place, long threshold, long limit, Consumer<String> warnings) {
    this.place = place;
    this.threshold = threshold;
    this.limit = limit;
    this.warnings = warnings;
  }

  /** In the user's cache folder. */
  public static TableCache standard() {
    return new TableCache(
        () -> CacheFolder.folder("tables"),
        THRESHOLD,
        LIMIT,
        warning -> LoggerFactory.getLogger(TableCache.class).warn(warning));
  }

  /**
   * What the reader gives, or gave for the same content and configuration.
   *
   * @param reader of these files
   */
  public Table get(DataConfig config, Task task, DataFiles files, Supplier<Table> reader) {
    Lookup lookup;
    try {
      TableSource source = TableSource.of(config, task, files);
      lookup = source.size() < threshold ? null : lookup(source);
    } catch (IOException e) {
      // The reader finds out too, and says it better.
      lookup = null;
    }
    return lookup == null ? reader.get() : lookup.find(reader);
  }

  /** Null without a folder. */
  private Lookup lookup(TableSource source) throws IOException {
    Shelf shelf;
    try {
      shelf = new Shelf(place.folder(), limit);
    } catch (IOException e) {
      warnings.accept("data.cache: no folder for it, so nothing is kept: " + e);
      return null;
    }
    Map<String, Object> description = source.description();
    return new Lookup(shelf, source, description, TableSource.key(description), warnings);
  }

  private record Lookup(
      Shelf shelf,
      TableSource source,
      Map<String, Object> description,
      String key,
      Consumer<String> warnings) {

    Table find(Supplier<Table> reader) {
      Table known = load();
      if (known != null) {
        return known;
      }
      Table table = reader.get();
      store(table);
      return table;
    }

    /** Null if there is none, or none that the reader would not refuse. */
    private Table load() {
      Path folder = shelf.entry(key);
      if (!Files.exists(folder)) {
        return null;
      }
      try {
        var stored = new StoredTable(folder);
        Manifest manifest = stored.verified();
        if (manifest.incomplete() && source.refusesMissing()) {
          return null;
        }
        Table table = stored.read(manifest);
        shelf.touch(key);
        return table;
      } catch (IOException | RuntimeException e) {
        discard(e);
        return null;
      }
    }

    /** Nothing to say if another process has removed it. */
    private void discard(Exception why) {
      try {
        if (Files.exists(shelf.entry(key))) {
          warn("is damaged, is removed and made again: " + why);
          shelf.remove(key);
        }
      } catch (IOException e) {
        warn("cannot be removed: " + e);
      }
    }

    private void store(Table table) {
      try {
        if (!source.changed()) {
          shelf.add(key, folder -> new StoredTable(folder).write(table, description));
        }
      } catch (IOException e) {
        warn("cannot be written, so the next run reads the data again: " + e);
      }
    }

    private void warn(String text) {
      warnings.accept("data.cache: the entry " + shelf.entry(key) + " " + text);
    }
  }
}
