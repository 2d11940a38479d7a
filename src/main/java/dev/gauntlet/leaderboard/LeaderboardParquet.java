package dev.gauntlet.leaderboard;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.gauntlet.config.Names;
import dev.gauntlet.leaderboard.Leaderboard.RankedRow;
import dev.gauntlet.leaderboard.LeaderboardColumns.Column;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The leaderboard as Parquet: the columns of the CSV with their types, where null means "not
 * measured"; the metric and its direction among the file's own key-value pairs.
 */
public final class LeaderboardParquet {
  /** The length of the footer, 4 bytes, and the magic word. */
  private static final int TRAILER = 8;

  private LeaderboardParquet() {}

  /** The bytes of the file. */
  public static byte[] write(Leaderboard leaderboard) {
    List<Column> columns = LeaderboardColumns.of(leaderboard);
    var schema =
        new MessageType(
            "leaderboard",
            columns.stream().map(column -> (Type) type(column).named(column.name())).toList());
    var groups = new SimpleGroupFactory(schema);
    var file = new MemoryFile();
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file)
            .withType(schema)
            .withExtraMetaData(
                Map.of(
                    "metric", Names.word(leaderboard.metric()),
                    "direction", Names.word(leaderboard.metric().direction())))
            .build()) {
      for (RankedRow row : leaderboard.rows()) {
        Group group = groups.newGroup();
        columns.forEach(column -> add(group, column.name(), column.cell().apply(row)));
        writer.write(group);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sorted(file.bytes());
  }

  /** Its writer lists encodings in the order of a hash set, which is another in each process. */
  private static byte[] sorted(byte[] file) {
    int length = ByteBuffer.wrap(file).order(LITTLE_ENDIAN).getInt(file.length - TRAILER);
    int start = file.length - TRAILER - length;
    try {
      FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, start, length));
      footer.getRow_groups().stream()
          .flatMap(rows -> rows.getColumns().stream())
          .forEach(column -> Collections.sort(column.getMeta_data().getEncodings()));
      var bytes = new ByteArrayOutputStream();
      bytes.write(file, 0, start);
      Util.writeFileMetaData(footer, bytes);
      // The same values in another order: as many bytes.
      bytes.write(file, file.length - TRAILER, TRAILER);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Types.PrimitiveBuilder<?> type(Column column) {
    return switch (column.content()) {
      case INTEGER -> Types.optional(PrimitiveTypeName.INT64);
      case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE);
      case TRUTH -> Types.optional(PrimitiveTypeName.BOOLEAN);
      case TEXT -> Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType());
    };
  }

  private static void add(Group group, String name, Object value) {
    if (value instanceof Long number) {
      group.add(name, number);
    } else if (value instanceof Double number) {
      group.add(name, number);
    } else if (value instanceof Boolean truth) {
      group.add(name, truth);
    } else if (value instanceof String text) {
      group.add(name, text);
    }
  }
}
