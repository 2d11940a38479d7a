package dev.gauntlet.spark;

import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as a table of MLlib: {@code label} is the place of a class, or a number standardised by the
 * training rows; {@code features} are the inputs of a network. All are in one partition: MLlib's
 * samples of rows depend on the seed and the partition, and its sums on the order of partitions.
 *
 * <p>No row is held here. A task makes each from the data that its executor has for the trials, as
 * often as MLlib reads it, and MLlib caches what it makes of it.
 *
 * @param index which rows, and how they are encoded
 */
record FittingTable(Dataset<Row> rows, Broadcast<Index> index) implements AutoCloseable {

  /** What there is to {@link Rows} besides the data: 4 bytes per row. */
  record Index(int[] rows, Preprocessor preprocessor) implements Serializable {
    Rows of(SharedExperiment data) {
      return new Rows(data.experiment().dataset(), rows, preprocessor);
    }
  }

  /**
   * @param data of which these are rows
   */
  static FittingTable of(JavaSparkContext spark, SharedExperiment data, Rows rows) {
    Broadcast<Index> index = spark.broadcast(new Index(rows.index(), rows.preprocessor()));
    JavaRDD<Row> made =
        spark.parallelize(List.of(0), 1).mapPartitions(one -> rows(index.value().of(data)));
    // Of its own: what others set for the tables that they read is not for these.
    var session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate().newSession();
    return new FittingTable(session.createDataFrame(made, schema(rows)), index);
  }

  private static Iterator<Row> rows(Rows rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(i -> RowFactory.create(label(rows, i), inputs(rows, i)))
        .iterator();
  }

  private static double label(Rows rows, int i) {
    if (!rows.numbers()) {
      return rows.label(i);
    }
    Preprocessor fitted = rows.preprocessor();
    return ((double) rows.number(i) - fitted.targetShift()) / fitted.targetScale();
  }

  /** As a dense or a sparse vector, whichever is smaller. */
  static Vector inputs(Rows rows, int i) {
    float[] row = new float[rows.features()];
    rows.copy(i, row, 0);
    double[] inputs = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      inputs[j] = row[j];
    }
    return Vectors.dense(inputs).compressed();
  }

  private static StructType schema(Rows rows) {
    Metadata label =
        rows.dataset().task() == Task.REGRESSION
            ? Metadata.empty()
            : NominalAttribute.defaultAttr()
                .withName("label")
                .withNumValues(rows.outputs())
                .toMetadata();
    // Without the number of inputs MLlib would run a job to ask.
    Metadata features = new AttributeGroup("features", rows.features()).toMetadata();
    return new StructType(
        new StructField[] {
          DataTypes.createStructField("label", DataTypes.DoubleType, false, label),
          DataTypes.createStructField("features", SQLDataTypes.VectorType(), false, features)
        });
  }

  @Override
  public void close() {
    index.destroy();
  }
}
