package dev.gauntlet.spark;

import java.io.Serializable;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.UserDefinedType;

/**
 * How a column of Spark is encoded.
 *
 * @param type as Spark reads it
 * @param width numbers per row; 1 but for arrays
 */
record Slot(String name, Encoding encoding, DataType type, int width) implements Serializable {
  @SuppressWarnings("unchecked") // What SQLDataTypes promises.
  private static final UserDefinedType<Vector> VECTOR =
      (UserDefinedType<Vector>) SQLDataTypes.VectorType();

  enum Encoding {
    /** A float. */
    NUMBER,
    /** As many floats as the slot is wide. */
    ARRAY,
    /** As {@link #ARRAY}, from MLlib's vector. */
    VECTOR,
    /** A place in a list of words. */
    WORD,
    /** A double: a number, or seconds since 1970 in UTC. */
    TIME
  }

  /** Of an array. */
  static Slot wide(Field field) {
    Encoding encoding = field.kind() == Kind.VECTOR ? Encoding.VECTOR : Encoding.ARRAY;
    return new Slot(field.name(), encoding, field.type(), field.width());
  }

  /** What Spark is asked for. */
  Column column() {
    Column column = functions.col("`" + name.replace("`", "``") + "`");
    return switch (encoding) {
      case NUMBER -> column.cast(DataTypes.FloatType);
      case ARRAY -> column.cast(DataTypes.createArrayType(DataTypes.FloatType));
      case VECTOR, WORD -> column;
      case TIME -> {
        boolean date = type instanceof DateType;
        yield (date ? column.cast(DataTypes.TimestampType) : column).cast(DataTypes.DoubleType);
      }
    };
  }

  /** An array that is not null. */
  float[] numbers(InternalRow row, int column) {
    if (encoding == Encoding.VECTOR) {
      double[] values = VECTOR.deserialize(row.getStruct(column, 4)).toArray();
      float[] numbers = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        numbers[i] = (float) values[i];
      }
      return numbers;
    }
    ArrayData values = row.getArray(column);
    float[] numbers = new float[values.numElements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.isNullAt(i) ? Float.NaN : values.getFloat(i);
    }
    return numbers;
  }
}
