package dev.gauntlet.spark;

import dev.gauntlet.leaderboard.Forest;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * MLlib's random forest. All rows are in one partition: its samples of rows depend on the seed and
 * the partition, and its sums on the order of partitions.
 */
final class SparkForest implements Forest {
  private static final int TREES = 100;
  private static final int DEPTH = 6;
  private static final int FEWEST_ROWS_IN_A_LEAF = 2;
  private static final int BINS = 32;
  private static final long SEED = 1;

  private final JavaSparkContext spark;

  SparkForest(JavaSparkContext spark) {
    this.spark = spark;
  }

  @Override
  public double[] importance(double[][] points, int[] categories, double[] targets) {
    List<Row> rows =
        IntStream.range(0, points.length)
            .mapToObj(i -> RowFactory.create(targets[i], Vectors.dense(points[i])))
            .toList();
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    var table = session.createDataFrame(spark.parallelize(rows, 1), schema(categories));
    int most = IntStream.of(categories).max().orElse(0);
    return new RandomForestRegressor()
        .setNumTrees(TREES)
        .setMaxDepth(DEPTH)
        .setMinInstancesPerNode(FEWEST_ROWS_IN_A_LEAF)
        .setMaxBins(Math.max(Math.min(BINS, rows.size()), most))
        // Each split may take any column: with few rows, one that decides must not be hidden.
        .setFeatureSubsetStrategy("all")
        .setSeed(SEED)
        .fit(table)
        .featureImportances()
        .toArray();
  }

  private static StructType schema(int[] categories) {
    Attribute[] columns =
        IntStream.of(categories)
            .mapToObj(
                count ->
                    count == 0
                        ? NumericAttribute.defaultAttr()
                        : NominalAttribute.defaultAttr().withNumValues(count))
            .toArray(Attribute[]::new);
    var features = new AttributeGroup("features", columns);
    return new StructType(
        new StructField[] {
          DataTypes.createStructField("label", DataTypes.DoubleType, false),
          new StructField("features", SQLDataTypes.VectorType(), false, features.toMetadata())
        });
  }
}
