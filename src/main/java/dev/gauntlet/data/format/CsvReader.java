package dev.gauntlet.data.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.files.DataFiles;
import dev.gauntlet.data.files.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Delimited text (RFC 4180) in UTF-8, also compressed by gzip or bzip2: features and label in one
 * file or in two, test rows in a file of their own.
 */
final class CsvReader {
  private final DataConfig config;
  private final Task task;
  private final int knownFeatures;
  private ColumnPlan plan;
  private TableBuilder builder;
  private SourceFile first;

  private CsvReader(DataConfig config, Task task, int knownFeatures) {
    this.config = config;
    this.task = task;
    this.knownFeatures = knownFeatures;
  }

  /**
   * Reads all files.
   *
   * @throws InvalidInputException with every problem of the files
   */
  static Table read(DataConfig config, Task task, DataFiles files) {
    var reader = new CsvReader(config, task, files.features());
    reader.first = files.rows().get(0);
    reader.part("data.path", files.rows(), reader.labels("data.labels", files.labels()));
    if (!files.test().isEmpty()) {
      reader.builder.beginTestRows();
      reader.part("data.test", files.test(), reader.labels("data.test-labels", files.testLabels()));
    }
    return reader.builder.build(reader.first.name());
  }

  /** Adds the rows of some files; the first file decides which columns there are. */
  private void part(String key, List<SourceFile> files, Labels labels) {
    for (SourceFile file : files) {
      boolean sameColumns = key.equals("data.path");
      scan(key, file, records -> rows(file, records, labels, sameColumns));
    }
    if (labels != null && labels.next != labels.texts.size()) {
      throw new InvalidInputException(
          labels.file
              + ": "
              + labels.texts.size()
              + " labels for the "
              + labels.next
              + " rows of "
              + files.get(0)
              + (files.size() > 1 ? " and its " + (files.size() - 1) + " other parts" : "")
              + "; the rule: one each.");
    }
  }

  private void rows(SourceFile file, Records records, Labels labels, boolean sameColumns) {
    int[] places = places(file, records.names(), sameColumns);
    String[] fields = new String[plan.names().size()];
    while (records.hasNext()) {
      CsvRecord record = records.next();
      String label = labels == null ? null : labels.next();
      if (records.wrongWidth(record, builder)) {
        continue;
      }
      for (int i = 0; i < fields.length; i++) {
        fields[i] = record.getField(places[i]);
      }
      builder.add(fields, label, records.place(record));
    }
  }

  /** Where the columns of the plan stand in this file. */
  private int[] places(SourceFile file, List<String> names, boolean sameColumns) {
    if (plan == null) {
      plan = ColumnPlan.of(file + ":1", names, config, index(file, names.size()));
      builder = new TableBuilder(plan, config.missing(), task);
    }
    List<String> problems = new ArrayList<>();
    int[] places = plan.names().stream().mapToInt(names::indexOf).toArray();
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0 && (sameColumns || plan.roles().get(i) != ColumnPlan.Role.NONE)) {
        String name = plan.names().get(i);
        problems.add(
            file
                + ":1: no column \""
                + name
                + "\", which "
                + first
                + " has."
                + Suggestions.maybe(name, names));
      }
      places[i] = Math.max(0, places[i]);
    }
    for (String name : names) {
      if (sameColumns && !plan.names().contains(name)) {
        problems.add(file + ":1: a column \"" + name + "\", which " + first + " does not have.");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return places;
  }

  /** How many columns stand before the features that are known. */
  private int index(SourceFile file, int columns) {
    int index = knownFeatures == 0 ? 0 : columns - knownFeatures;
    if (index < 0 || index > 1) {
      throw new InvalidInputException(
          file
              + ":1: "
              + columns
              + " columns; the rule: "
              + knownFeatures
              + ", or one more for the number of the row.");
    }
    return index;
  }

  /** The labels of some files, and how many of them rows have taken. */
  private static final class Labels {
    private final SourceFile file;
    private final List<String> texts = new ArrayList<>();
    private int next;

    Labels(SourceFile file) {
      this.file = file;
    }

    /** Anything for rows without one: their number is a problem of its own. */
    String next() {
      int row = next++;
      return row < texts.size() ? texts.get(row) : "0";
    }
  }

  /** Null if there are none. */
  private Labels labels(String key, List<SourceFile> files) {
    if (files.isEmpty()) {
      return null;
    }
    var labels = new Labels(files.get(0));
    for (SourceFile file : files) {
      scan(key, file, records -> labels(file, records, labels));
    }
    return labels;
  }

  private void labels(SourceFile file, Records records, Labels labels) {
    List<String> names = records.names();
    boolean last = knownFeatures > 0 || (config.label() == null && names.size() == 1);
    int column = last ? names.size() - 1 : names.indexOf(config.label());
    if (column < 0) {
      String label = String.valueOf(config.label());
      throw new InvalidInputException(
          file + ":1: data.label: no column \"" + label + "\"." + Suggestions.maybe(label, names));
    }
    while (records.hasNext()) {
      CsvRecord record = records.next();
      labels.texts.add(column < record.getFieldCount() ? record.getField(column).strip() : "");
    }
  }

  private interface Scan {
    void over(Records records) throws IOException;
  }

  private void scan(String key, SourceFile file, Scan scan) {
    char delimiter =
        config.delimiter() != null ? config.delimiter().charAt(0) : file.tabbed() ? '\t' : ',';
    try (var text = TextFile.open(key, file);
        var records =
            de.siegmar.fastcsv.reader.CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(config.quote().charAt(0))
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text)) {
      boolean known = knownFeatures > 0;
      scan.over(new Records(file, records.iterator(), config.header(), known));
    } catch (CsvParseException e) {
      String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new InvalidInputException(file + ": not delimited text: " + cause);
    } catch (UncheckedIOException e) {
      throw unreadable(key, file, e.getCause());
    } catch (IOException e) {
      throw unreadable(key, file, e);
    }
  }

  private static InvalidInputException unreadable(String key, SourceFile file, IOException e) {
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
    private final SourceFile file;
    private final Iterator<CsvRecord> records;
    private final List<String> names;
    private CsvRecord first;

    /**
     * @param known whether the columns are: then the content tells whether there is a header, and
     *     names are places all the same
     */
    Records(SourceFile file, Iterator<CsvRecord> records, boolean header, boolean known) {
      this.file = file;
      this.records = records;
      if (!records.hasNext()) {
        throw new InvalidInputException(file + ": the file is empty; the rule: rows of text.");
      }
      CsvRecord top = records.next();
      List<String> fields = top.getFields().stream().map(String::strip).toList();
      if (header && !known) {
        names = checked(file, fields);
      } else {
        names = places(fields.size());
        boolean titles = fields.size() > 1 && names.equals(fields);
        first = known && (titles || !numbers(fields)) ? null : top;
      }
    }

    private static List<String> places(int count) {
      return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static List<String> checked(SourceFile file, List<String> names) {
      List<String> problems = ColumnNames.problems(file + ":1", names);
      if (problems.isEmpty() && numbers(names)) {
        problems.add(
            file
                + ":1: numbers where the names of columns are expected: "
                + String.join(", ", names.subList(0, Math.min(5, names.size())))
                + ". Maybe data.header: false.");
      }
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
      return names;
    }

    private static boolean numbers(List<String> names) {
      return names.stream().allMatch(name -> name.matches("[-+]?[0-9.]+([eE][-+0-9]+)?"));
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
      String text = Names.count(fields, "field") + "; the first line has " + names.size() + ".";
      builder.problem(place(record), text);
      return true;
    }
  }
}
