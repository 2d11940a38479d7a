package dev.gauntlet.spark;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;

/** Looks at lines of libsvm: {@code label index:value ...}, as strictly as Spark reads them. */
final class LibsvmColumns implements LineParser<LibsvmColumns.Size> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 40;
  private static final String RULE =
      "label index:value ..., one space between, indices from 1 and ascending.";

  /** Of the matrix. */
  static final class Size implements Serializable {
    private static final long serialVersionUID = 1L;
    private long rows;
    private int columns;

    /** Rows of both, and columns of the wider one. */
    void add(Size other) {
      rows += other.rows;
      columns = Math.max(columns, other.columns);
    }

    long rows() {
      return rows;
    }

    /** The largest index. */
    int columns() {
      return columns;
    }
  }

  static Size size(SparkSession session, SparkFiles files) {
    var size = new Size();
    LineScan.run(
        session, files, new LibsvmColumns(), RULE, (file, before, found) -> size.add(found));
    return size;
  }

  @Override
  public Size begin() {
    return new Size();
  }

  @Override
  public void parse(byte[] bytes, long number, Size found) throws BadLineException {
    String line = new String(bytes, StandardCharsets.UTF_8).trim();
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    String[] items = line.split(" ", -1);
    number(items[0], "label");
    int last = 0;
    for (int i = 1; i < items.length; i++) {
      if (!items[i].isEmpty()) {
        last = index(items[i], last);
      }
    }
    found.rows++;
    found.columns = Math.max(found.columns, last);
  }

  private static int index(String item, int last) throws BadLineException {
    int colon = item.indexOf(':');
    if (colon < 0) {
      throw new BadLineException("\"" + shown(item) + "\": no index:value");
    }
    number(item.substring(colon + 1), "value");
    try {
      int index = Integer.parseInt(item.substring(0, colon));
      if (index > last) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new BadLineException(
        "\"" + shown(item) + "\": no index above " + last + ", that of the item before");
  }

  private static void number(String text, String what) throws BadLineException {
    try {
      Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadLineException(what + " \"" + shown(text) + "\": no number");
    }
  }

  private static String shown(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
  }
}
