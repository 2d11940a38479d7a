package dev.gauntlet.data.cache;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.Target;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.Target.Numbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A table as a folder: {@code values.npy} (rows x columns, column after column), {@code
 * target.npy}, {@code groups.npy} and {@code times.npy} if there are any, {@code table.json} with
 * everything else, and {@code checksums.json}.
 */
record StoredTable(Path folder) {
  /** To be raised when what is stored, or what a reader makes of the same file, changes. */
  static final int VERSION = 1;

  private static final JsonMapper JSON = new JsonMapper();
  private static final int BUFFER = 1 << 20;

  /**
   * What is not in arrays.
   *
   * @param source what the table was read from, for people
   * @param labels null for numbers
   * @param incomplete whether a value is missing
   */
  record Manifest(
      Map<String, Object> source,
      int rows,
      List<Column> columns,
      List<String> labels,
      int testRows,
      int dropped,
      boolean groups,
      boolean times,
      boolean incomplete) {

    static Manifest of(Table table, Map<String, Object> source) {
      return new Manifest(
          source,
          table.rows(),
          table.columns(),
          table.target() instanceof Labels labels ? labels.names() : null,
          table.testRows(),
          table.dropped(),
          table.groups() != null,
          table.times() != null,
          incomplete(table.values()));
    }

    private static boolean incomplete(float[] values) {
      for (float value : values) {
        if (Float.isNaN(value)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Writes a table to the folder, which is empty. */
  void write(Table table, Map<String, Object> source) throws IOException {
    int rows = table.rows();
    try (var file = create("values", NpyFile.FLOATS, rows, table.columns().size())) {
      ColumnMajor.write(file, table.values(), rows, table.columns().size());
      file.force();
    }
    if (table.target() instanceof Labels labels) {
      write("target", labels.codes());
    } else {
      write("target", ((Numbers) table.target()).values());
    }
    if (table.groups() != null) {
      write("groups", table.groups());
    }
    if (table.times() != null) {
      try (var file = create("times", NpyFile.DOUBLES, rows)) {
        file.write(table.times());
        file.force();
      }
    }
    writeJson("table.json", Manifest.of(table, source));
    writeJson("checksums.json", checksums());
  }

  private NpyFile create(String name, String type, int... shape) throws IOException {
    return NpyFile.create(folder.resolve(name + ".npy"), type, shape);
  }

  private void write(String name, int[] values) throws IOException {
    try (var file = create(name, NpyFile.INTS, values.length)) {
      file.write(values);
      file.force();
    }
  }

  private void write(String name, float[] values) throws IOException {
    try (var file = create(name, NpyFile.FLOATS, values.length)) {
      ColumnMajor.write(file, values, values.length, 1);
      file.force();
    }
  }

  private void writeJson(String name, Object value) throws IOException {
    try (var channel =
        FileChannel.open(
            folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer json = ByteBuffer.wrap(JSON.writeValueAsBytes(value));
      while (json.hasRemaining()) {
        channel.write(json);
      }
      channel.force(true);
    }
  }

  /**
   * The manifest, once every file is what was written.
   *
   * @throws IOException if one is not
   */
  Manifest verified() throws IOException {
    Map<String, String> written =
        JSON.readValue(
            Files.readAllBytes(folder.resolve("checksums.json")), new TypeReference<>() {});
    Map<String, String> found = checksums();
    found.remove("checksums.json");
    for (String name : written.keySet()) {
      if (!written.get(name).equals(found.get(name))) {
        throw new IOException(name + ": its checksum is wrong");
      }
    }
    return JSON.readValue(Files.readAllBytes(folder.resolve("table.json")), Manifest.class);
  }

  /** CRC32C of each file. */
  private Map<String, String> checksums() throws IOException {
    Map<String, String> checksums = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        checksums.put(file.getFileName().toString(), checksum(file));
      }
    }
    return checksums;
  }

  private static String checksum(Path file) throws IOException {
    var checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try (var channel = FileChannel.open(file)) {
      while (channel.read(buffer.clear()) >= 0) {
        checksum.update(buffer.flip());
      }
    }
    return "%08x".formatted(checksum.getValue());
  }

  /** The table of a verified folder. */
  Table read(Manifest manifest) throws IOException {
    int rows = manifest.rows();
    int columns = manifest.columns().size();
    float[] values;
    try (var file = open("values", NpyFile.FLOATS, rows, columns)) {
      values = ColumnMajor.read(file, rows, columns);
    }
    Target target =
        manifest.labels() == null
            ? new Numbers(floats("target", rows))
            : new Labels(ints("target", rows), manifest.labels());
    return new Table(
        manifest.columns(),
        values,
        target,
        manifest.testRows(),
        manifest.groups() ? ints("groups", rows) : null,
        manifest.times() ? times(rows) : null,
        manifest.dropped());
  }

  private NpyFile open(String name, String type, int... shape) throws IOException {
    return NpyFile.open(folder.resolve(name + ".npy"), type, shape);
  }

  private int[] ints(String name, int rows) throws IOException {
    try (var file = open(name, NpyFile.INTS, rows)) {
      int[] values = new int[rows];
      file.read(values);
      return values;
    }
  }

  private double[] times(int rows) throws IOException {
    try (var file = open("times", NpyFile.DOUBLES, rows)) {
      double[] values = new double[rows];
      file.read(values);
      return values;
    }
  }

  private float[] floats(String name, int rows) throws IOException {
    try (var file = open(name, NpyFile.FLOATS, rows)) {
      return ColumnMajor.read(file, rows, 1);
    }
  }
}
