package dev.gauntlet.spark;

import dev.gauntlet.config.DataFormat;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Sessions of Spark SQL that read the same rows in the same order whatever Spark's settings are.
 */
final class ReadingSession {
  private ReadingSession() {}

  static SparkSession of(JavaSparkContext spark, DataFormat format) {
    var builder = SparkSession.builder().sparkContext(spark.sc());
    if (format == DataFormat.TABLE) {
      withHive(builder);
    }
    SparkSession session = builder.getOrCreate().newSession();
    session.conf().set("spark.sql.session.timeZone", "UTC");
    session.conf().set("spark.sql.files.ignoreCorruptFiles", "false");
    session.conf().set("spark.sql.files.ignoreMissingFiles", "false");
    session.conf().set("spark.sql.sources.bucketing.enabled", "false");
    session.conf().set("spark.sql.sources.useV1SourceList", "json,libsvm,orc,parquet,text");
    // Code for many columns in one method is too long for the JVM to compile.
    session.conf().set("spark.sql.codegen.hugeMethodLimit", "8000");
    // A partition for each piece of a file: opening one costs more than a partition may hold.
    session.conf().unset("spark.sql.files.maxPartitionNum");
    long piece = session.sessionState().conf().filesMaxPartitionBytes();
    session.conf().set("spark.sql.files.openCostInBytes", piece + 1);
    return session;
  }

  private static void withHive(SparkSession.Builder builder) {
    try {
      builder.enableHiveSupport();
    } catch (IllegalArgumentException e) {
      // Hive's classes are not there: Spark's catalog is in memory.
    }
  }
}
