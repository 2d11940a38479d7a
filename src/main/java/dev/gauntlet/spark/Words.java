package dev.gauntlet.spark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Scalars as words. A number has the same word in every type: 1 as a double is "1". */
final class Words {
  /** Whole numbers up to here have a double of their own. */
  private static final double MAX_WHOLE = 1L << 53;

  private Words() {}

  /**
   * A value as Spark holds it inside.
   *
   * @param type of the column
   */
  static String of(Object value, DataType type) {
    if (type instanceof DateType) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    }
    if (type instanceof TimestampType) {
      return instant((Long) value).toString();
    }
    if (type instanceof TimestampNTZType) {
      return LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC).toString();
    }
    if (value instanceof Double number) {
      return whole(number) ? whole((long) (double) number) : number.toString();
    }
    if (value instanceof Float number) {
      return of(number);
    }
    if (value instanceof Decimal number) {
      BigDecimal decimal = number.toJavaBigDecimal();
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }

  /** NaN is "NaN". */
  static String of(float number) {
    return whole(number) ? whole((long) number) : Float.toString(number);
  }

  private static boolean whole(double number) {
    return number == Math.rint(number) && Math.abs(number) <= MAX_WHOLE;
  }

  private static String whole(long number) {
    return Long.toString(number);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
