package dev.gauntlet.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.TestData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when Hadoop's file systems are not there; no file system is. */
@Timeout(30)
class HadoopFilesTest {
  @TempDir Path cache;

  private void assertFails(String place, String message) {
    var places =
        new Places(new HadoopSettings(), new Staging(() -> cache, TransferListener.SILENT));
    var downloader = new Downloader(TransferListener.SILENT);
    assertThatThrownBy(
            () -> DataFiles.of(TestData.config("data.path=" + place), places, downloader))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("data.path: " + place + ": " + message)
        .hasMessageEndingWith(".")
        .hasMessageNotContaining("\n");
    assertThat(cache).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "s3a, org.apache.hadoop:hadoop-aws:3.3.4",
    "abfss, org.apache.hadoop:hadoop-azure:3.3.4",
    "gs, with the artifact of one",
  })
  void of_schemeWithoutConnector_saysWhichPackage(String scheme, String artifact) {
    assertFails(
        scheme + "://bucket/x.csv",
        "no connector for "
            + scheme
            + " is on the class path. Maybe spark-submit --packages "
            + artifact
            + ".");
  }

  @Test
  void of_oldScheme_saysTheNewOne() {
    assertFails(
        "s3://bucket/x.csv",
        "no connector for s3 is on the class path. Maybe s3a: instead of s3:.");
  }

  @Test
  void of_unknownHost_saysSoAtOnce() {
    assertFails(
        "hdfs://nowhere.invalid:8020/x.csv",
        "the host of nowhere.invalid:8020 is not known. Maybe it is misspelt.");
  }

  @Test
  void of_hostThatRefuses_saysSoAtOnce() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String host = "127.0.0.1:" + port;

    assertFails("hdfs://" + host + "/x.csv", host + " cannot be reached: connection refused.");
  }

  /** Such as another service on that port: it takes the connection and says nothing. */
  @Test
  void of_hostThatIsSilent_isGivenUp() throws IOException {
    System.setProperty("spark.hadoop.ipc.client.rpc-timeout.ms", "500");
    System.setProperty("spark.hadoop.ipc.ping.interval", "500");
    try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String host = "127.0.0.1:" + socket.getLocalPort();

      assertFails("hdfs://" + host + "/x.csv", host + " does not answer.");
    } finally {
      System.clearProperty("spark.hadoop.ipc.client.rpc-timeout.ms");
      System.clearProperty("spark.hadoop.ipc.ping.interval");
    }
  }

  @Test
  void of_whatIsNoUri_isRefused() {
    assertFails("hdfs://[host/x.csv", "not a URI: ");
  }

  @Test
  void configuration_takesSparksSettingsAndBounds() {
    System.setProperty("spark.hadoop.fs.s3a.access.key", "k");
    try {
      Configuration configuration = new HadoopSettings().configuration();

      assertThat(configuration.get("fs.s3a.access.key")).isEqualTo("k");
      assertThat(configuration.get("ipc.client.connect.max.retries.on.timeouts")).isEqualTo("1");
    } finally {
      System.clearProperty("spark.hadoop.fs.s3a.access.key");
    }
  }
}
