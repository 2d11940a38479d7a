package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SparkErrorsTest {

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(new FileNotFoundException("File file:/x does not exist"), "no such file"),
        Arguments.of(new FileNotFoundException("/x (Permission denied)"), "no permission"),
        Arguments.of(new AccessControlException("Permission denied: user=a"), "no permission"),
        Arguments.of(new UnknownHostException("h"), "unknown host h"),
        Arguments.of(new EOFException(), "it ends too early"),
        Arguments.of(
            new IOException("No FileSystem for scheme \"gs\""),
            "nothing on the class path reads gs://. Maybe spark-submit --packages"
                + " GROUP:CONNECTOR:VERSION"),
        Arguments.of(
            new SparkException(
                "Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 times, most recent"
                    + " failure: Lost task 0.0 in stage 1.0 (TID 3) (h executor driver): x.Y: why.\n"
                    + "\tat z\nDriver stacktrace:"),
            "x.Y: why"),
        Arguments.of(new SparkException("[A_B.C_1] It is bad."), "It is bad"),
        Arguments.of(
            new IllegalStateException(
                "outer", new IOException("Illegal Parquet type: INT64 (TIMESTAMP(NANOS,true)).")),
            "Illegal Parquet type: INT64 (TIMESTAMP(NANOS,true)). Maybe write times in"
                + " microseconds"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void text_ofAnyFailure_isOneLine(Throwable error, String text) {
    assertThat(SparkErrors.text(error)).isEqualTo(text);
  }
}
