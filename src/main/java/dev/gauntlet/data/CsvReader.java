package dev.gauntlet.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Suggestions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Comma-separated text (RFC 4180) in UTF-8 with a header: one label column by name, all others
 * numbers.
 */
public final class CsvReader implements DatasetReader {
  /** Past this many problems of a file the rest is only counted. */
  private static final int MAX_SHOWN = 20;

  @Override
  public Dataset read(DataConfig config) {
    Path file = Path.of(config.path());
    requireFile(file);
    try (Reader text = open(file);
        var records =
            de.siegmar.fastcsv.reader.CsvReader.builder()
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text)) {
      Iterator<CsvRecord> rows = records.iterator();
      if (!rows.hasNext()) {
        throw new InvalidInputException(file + ": the file is empty; the rule: a header and rows.");
      }
      var table = new Table(file, header(file, rows.next(), config.label()), config.label());
      rows.forEachRemaining(table::add);
      return table.dataset();
    } catch (CsvParseException e) {
      String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new InvalidInputException(file + ": not CSV: " + cause);
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void requireFile(Path file) {
    if (!Files.exists(file)) {
      throw new InvalidInputException(
          "data.path: "
              + file
              + ": no such file. Maybe the path is meant from another folder: a"
              + " relative path counts from the folder of the YAML file.");
    }
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(
          "data.path: " + file + ": a folder; the rule: a CSV file. Maybe name a file in it.");
    }
  }

  /** Strict about encoding; skips a byte order mark. */
  private static Reader open(Path file) throws IOException {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var stream = new java.io.PushbackInputStream(Files.newInputStream(file), 3);
    byte[] start = stream.readNBytes(3);
    boolean mark =
        start.length == 3
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF;
    if (!mark) {
      stream.unread(start);
    }
    return new InputStreamReader(stream, decoder);
  }

  private static InvalidInputException unreadable(Path file, IOException e) {
    String why =
        e instanceof CharacterCodingException
            ? "not UTF-8 text. Maybe convert it: iconv -f latin1 -t utf-8."
            : "cannot be read: " + e.getMessage() + ".";
    return new InvalidInputException("data.path: " + file + ": " + why);
  }

  private static List<String> header(Path file, CsvRecord record, String label) {
    List<String> names = record.getFields().stream().map(String::strip).toList();
    List<String> problems = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String name : names) {
      if (name.isEmpty()) {
        problems.add(at(file, record) + "column " + (seen.size() + 1) + " has no name.");
      }
      if (!seen.add(name)) {
        problems.add(at(file, record) + "two columns are named \"" + name + "\".");
      }
    }
    if (!seen.contains(label)) {
      String text = "data.label: no column \"" + label + "\"." + Suggestions.maybe(label, seen);
      problems.add(at(file, record) + text);
    }
    if (names.size() < 2) {
      problems.add(at(file, record) + "one column; the rule: a label and at least one feature.");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return names;
  }

  private static String at(Path file, CsvRecord record) {
    return file + ":" + record.getStartingLineNumber() + ": ";
  }

  /** Grows row by row. */
  private static final class Table {
    private final Path file;
    private final List<String> names;
    private final int label;
    private final List<String> labels = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private float[] features = new float[1 << 12];
    private int size;
    private int problemCount;

    Table(Path file, List<String> names, String label) {
      this.file = file;
      this.names = names;
      this.label = names.indexOf(label);
    }

    void add(CsvRecord record) {
      if (record.getFieldCount() != names.size()) {
        String text = record.getFieldCount() + " fields; the header has " + names.size() + ".";
        problem(record, text);
        return;
      }
      if (size + names.size() > features.length) {
        features =
            java.util.Arrays.copyOf(
                features, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * features.length));
      }
      for (int column = 0; column < names.size(); column++) {
        String cell = record.getField(column).strip();
        if (column == label) {
          label(record, cell);
        } else {
          features[size++] = number(record, names.get(column), cell);
        }
      }
    }

    private void label(CsvRecord record, String cell) {
      if (cell.isEmpty()) {
        problem(record, "column \"" + names.get(label) + "\": no label.");
      }
      labels.add(cell);
    }

    private float number(CsvRecord record, String name, String cell) {
      String what = cell.isEmpty() ? "missing" : '"' + cell + '"';
      try {
        float value = Float.parseFloat(cell);
        if (Float.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported below, as what is not finite.
      }
      problem(record, "column \"" + name + "\": " + what + "; the rule: a finite number.");
      return 0;
    }

    private void problem(CsvRecord record, String text) {
      if (problemCount++ < MAX_SHOWN) {
        problems.add(at(file, record) + text);
      }
    }

    Dataset dataset() {
      if (problemCount > MAX_SHOWN) {
        problems.add(file + ": " + (problemCount - MAX_SHOWN) + " more problems like these.");
      }
      if (problemCount == 0 && labels.isEmpty()) {
        problems.add(file + ": a header and no rows.");
      }
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
      TreeMap<String, Integer> classes = new TreeMap<>();
      labels.forEach(name -> classes.put(name, 0));
      int next = 0;
      for (var entry : classes.entrySet()) {
        entry.setValue(next++);
      }
      List<String> columns = new ArrayList<>(names);
      columns.remove(label);
      return new Dataset(
          columns,
          List.copyOf(classes.keySet()),
          java.util.Arrays.copyOf(features, size),
          labels.stream().mapToInt(classes::get).toArray());
    }
  }
}
