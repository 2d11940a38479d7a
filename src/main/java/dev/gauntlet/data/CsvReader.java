package dev.gauntlet.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.data.TableBuilder.RawTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Delimited text (RFC 4180) in UTF-8, also compressed by gzip or bzip2: features and label in one
 * file or in two, test rows in a file of their own.
 */
final class CsvReader {
  private final DataConfig config;
  private ColumnPlan plan;
  private TableBuilder builder;

  private CsvReader(DataConfig config) {
    this.config = config;
  }

  /**
   * Reads everything that the configuration names.
   *
   * @throws InvalidInputException with every problem of the files
   */
  static RawTable read(DataConfig config) {
    var reader = new CsvReader(config);
    Path file = Path.of(config.path());
    List<String> labels = config.labels() == null ? null : reader.labels();
    reader.rows("data.path", file, labels);
    if (config.test() != null) {
      reader.builder.beginTestRows();
      reader.rows("data.test", Path.of(config.test()), null);
    }
    return reader.builder.build(config.path());
  }

  /** Adds the rows of a file; the first file decides which columns there are. */
  private void rows(String key, Path file, List<String> labels) {
    scan(
        key,
        file,
        records -> {
          int[] places = places(file, records.names());
          String[] fields = new String[plan.names().size()];
          int row = -1;
          while (records.hasNext()) {
            CsvRecord record = records.next();
            row++;
            if (records.wrongWidth(record, builder)) {
              continue;
            }
            for (int i = 0; i < fields.length; i++) {
              fields[i] = record.getField(places[i]);
            }
            String label = labels == null ? null : row < labels.size() ? labels.get(row) : "?";
            builder.add(fields, label, records.place(record));
          }
          int rows = row + 1;
          if (labels != null && labels.size() != rows) {
            throw new InvalidInputException(
                config.labels()
                    + ": "
                    + labels.size()
                    + " labels for the "
                    + rows
                    + " rows of "
                    + file
                    + "; the rule: one each.");
          }
        });
  }

  /** Where the columns of the plan stand in this file. */
  private int[] places(Path file, List<String> names) {
    if (plan == null) {
      plan = ColumnPlan.of(file + ":1", names, config);
      builder = new TableBuilder(plan, config.missing());
    }
    List<String> problems = new ArrayList<>();
    int[] places = plan.names().stream().mapToInt(names::indexOf).toArray();
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0 && plan.roles().get(i) != ColumnPlan.Role.NONE) {
        String name = plan.names().get(i);
        problems.add(
            file
                + ":1: no column \""
                + name
                + "\", which "
                + config.path()
                + " has."
                + Suggestions.maybe(name, names));
      }
      places[i] = Math.max(0, places[i]);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return places;
  }

  /** The labels of a file of labels. */
  private List<String> labels() {
    Path file = Path.of(config.labels());
    List<String> labels = new ArrayList<>();
    scan(
        "data.labels",
        file,
        records -> {
          List<String> names = records.names();
          int column =
              config.label() == null && names.size() == 1 ? 0 : names.indexOf(config.label());
          if (column < 0) {
            String label = String.valueOf(config.label());
            throw new InvalidInputException(
                file
                    + ":1: data.label: no column \""
                    + label
                    + "\"."
                    + Suggestions.maybe(label, names));
          }
          while (records.hasNext()) {
            CsvRecord record = records.next();
            labels.add(column < record.getFieldCount() ? record.getField(column).strip() : "");
          }
        });
    return labels;
  }

  private interface Scan {
    void over(Records records) throws IOException;
  }

  private void scan(String key, Path file, Scan scan) {
    char delimiter =
        config.delimiter() != null
            ? config.delimiter().charAt(0)
            : file.toString().toLowerCase(Locale.ROOT).matches(".*\\.tsv(\\.gz|\\.bz2)?")
                ? '\t'
                : ',';
    try (var text = TextFile.open(key, file);
        var records =
            de.siegmar.fastcsv.reader.CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(config.quote().charAt(0))
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text)) {
      scan.over(new Records(file, records.iterator(), config.header()));
    } catch (CsvParseException e) {
      String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new InvalidInputException(file + ": not delimited text: " + cause);
    } catch (UncheckedIOException e) {
      throw unreadable(key, file, e.getCause());
    } catch (IOException e) {
      throw unreadable(key, file, e);
    }
  }

  private static InvalidInputException unreadable(String key, Path file, IOException e) {
    String why =
        e instanceof CharacterCodingException
            ? "not UTF-8 text. Maybe convert it: iconv -f latin1 -t utf-8."
            : e instanceof java.io.EOFException
                ? "the compressed file ends too early. Maybe it was not copied whole."
                : "cannot be read: " + e.getMessage() + ".";
    return new InvalidInputException(key + ": " + file + ": " + why);
  }

  /** The records of a file after its header. */
  private static final class Records {
    private final Path file;
    private final Iterator<CsvRecord> records;
    private final List<String> names;
    private CsvRecord first;

    Records(Path file, Iterator<CsvRecord> records, boolean header) {
      this.file = file;
      this.records = records;
      if (!records.hasNext()) {
        throw new InvalidInputException(file + ": the file is empty; the rule: rows of text.");
      }
      CsvRecord top = records.next();
      if (header) {
        names = checked(file, top.getFields().stream().map(String::strip).toList());
      } else {
        names = IntStream.range(0, top.getFieldCount()).mapToObj(Integer::toString).toList();
        first = top;
      }
    }

    private static List<String> checked(Path file, List<String> names) {
      List<String> problems = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).isEmpty()) {
          problems.add(file + ":1: column " + (i + 1) + " has no name.");
        } else if (!seen.add(names.get(i))) {
          problems.add(file + ":1: two columns are named \"" + names.get(i) + "\".");
        }
      }
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
      return names;
    }

    List<String> names() {
      return names;
    }

    boolean hasNext() {
      return first != null || records.hasNext();
    }

    CsvRecord next() {
      CsvRecord record = first != null ? first : records.next();
      first = null;
      return record;
    }

    TableBuilder.Place place(CsvRecord record) {
      return new TableBuilder.Place() {
        @Override
        public String toString() {
          return file + ":" + record.getStartingLineNumber();
        }
      };
    }

    boolean wrongWidth(CsvRecord record, TableBuilder builder) {
      int fields = record.getFieldCount();
      if (fields == names.size()) {
        return false;
      }
      String text = fields + " fields; the first line has " + names.size() + ".";
      builder.problem(place(record), text);
      return true;
    }
  }
}
