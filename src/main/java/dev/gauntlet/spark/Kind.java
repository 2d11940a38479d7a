package dev.gauntlet.spark;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.UserDefinedType;

/** What the values of a column are to a table. */
enum Kind {
  /** A number; true is 1, false 0. */
  NUMBER,
  WORD,
  /** A date or a time. */
  MOMENT,
  /** An array of numbers. */
  NUMBERS,
  /** MLlib's, dense or sparse. */
  VECTOR,
  /** Text in some rows, numbers in others. */
  MIXED,
  /** No row has a value. */
  NOTHING,
  /** Anything else. */
  NESTED;

  private static final String VECTOR_LAYOUT = stored(SQLDataTypes.VectorType()).simpleString();

  static Kind of(DataType type) {
    if (number(type)) {
      return NUMBER;
    }
    if (type instanceof StringType) {
      return WORD;
    }
    if (type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType) {
      return MOMENT;
    }
    if (type instanceof ArrayType array && number(array.elementType())) {
      return NUMBERS;
    }
    if (type instanceof NullType) {
      return NOTHING;
    }
    // ORC keeps how a vector is stored and forgets that it is one.
    return stored(type).simpleString().equals(VECTOR_LAYOUT) ? VECTOR : NESTED;
  }

  private static boolean number(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  private static DataType stored(DataType type) {
    return type instanceof UserDefinedType<?> user ? user.sqlType() : type;
  }

  /** Whether a value is several numbers. */
  boolean wide() {
    return this == NUMBERS || this == VECTOR;
  }
}
