package dev.gauntlet.data.files;

import static dev.gauntlet.data.files.TestServer.status;
import static dev.gauntlet.data.files.TestSets.content;
import static dev.gauntlet.data.files.TestSets.file;
import static dev.gauntlet.data.files.TestSets.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import dev.gauntlet.config.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloaderTest {
  private static final byte[] CONTENT = content(100_000);
  private static final String TAG = "\"v1\"";

  @TempDir Path home;
  private Path folder;
  private final TestServer server = new TestServer();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void resolve() {
    folder = home.resolve("tiny");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Downloader downloader() {
    return downloader(Duration.ofSeconds(20));
  }

  private Downloader downloader(Duration stall) {
    var retries = new Retries(4, Duration.ofSeconds(1), Duration.ofSeconds(60), stall, pauses::add);
    return new Downloader(() -> home, retries, new Heard());
  }

  private final class Heard implements TransferListener {
    @Override
    public void begins(String set, String terms) {
      heard.add(set + ": " + terms);
    }

    @Override
    public void moves(String file, long bytes, long total) {
      heard.add(file + " " + bytes + "/" + total);
    }

    @Override
    public void waits(String file) {
      heard.add(file + " waits");
    }
  }

  private Path download(KnownFile file) throws IOException {
    return downloader().files(set(file)).get(0);
  }

  private void assertWhole(KnownFile file) throws IOException {
    assertThat(download(file)).hasBinaryContent(CONTENT).hasFileName("rows.bin");
  }

  /** What the folder holds besides the file, its receipt and its lock. */
  private List<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.matches("rows\\.bin(\\.gz)?(\\.receipt|\\.lock)?"))
          .toList();
    }
  }

  private void assertFails(KnownFile file, String... texts) {
    assertThatThrownBy(() -> download(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "data.source: tiny: rows.bin cannot be downloaded: http://127.0.0.1")
        .hasMessageContainingAll(texts)
        .hasMessageEndingWith(
            ". Maybe download it elsewhere and set data.path to its folder: rows.bin.")
        .hasMessageNotContaining("\n");
    assertThat(folder.resolve("rows.bin")).doesNotExist();
  }

  @Test
  void files_first_isDownloadedAndSaysSo() throws IOException {
    assertWhole(file(CONTENT, server.on("/a", server.whole(CONTENT))));

    assertThat(server.requests()).containsExactly(new TestServer.Request("/a", null, null));
    assertThat(heard).first().isEqualTo("tiny: licence: public domain; to cite: nobody");
    assertThat(heard).last().isEqualTo("rows.bin 100000/100000");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void files_second_asksNobodyAndReadsNothing() throws IOException {
    KnownFile file = file(CONTENT, server.on("/a", server.whole(CONTENT)));
    Path path = download(file);
    heard.clear();
    FileTime time = Files.getLastModifiedTime(path);
    // Other bytes of the same size at the same time: only who reads them all would see it.
    Files.write(path, new byte[CONTENT.length]);
    Files.setLastModifiedTime(path, time);

    download(file);

    assertThat(server.requests()).hasSize(1);
    assertThat(heard).isEmpty();
  }

  @Test
  void files_corruptedInTheCache_areDownloadedAgain() throws IOException {
    KnownFile file = file(CONTENT, server.on("/a", server.whole(CONTENT)));
    Path path = download(file);
    byte[] other = CONTENT.clone();
    other[5]++;
    Files.write(path, other);
    Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));

    assertWhole(file);

    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void files_touchedButRight_areNotDownloadedAgain() throws IOException {
    KnownFile file = file(CONTENT, server.on("/a", server.whole(CONTENT)));
    Files.setLastModifiedTime(download(file), FileTime.from(Instant.EPOCH));

    assertWhole(file);

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void files_brokenOff_goOnWhereTheyStopped() throws IOException {
    assertWhole(
        file(
            CONTENT,
            server.on("/a", server.brokenOff(CONTENT, 60_000, TAG), server.ranged(CONTENT, TAG))));

    assertThat(server.requests())
        .containsExactly(
            new TestServer.Request("/a", null, null),
            new TestServer.Request("/a", "bytes=60000-", TAG));
    assertThat(server.sent()).isEqualTo(CONTENT.length);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void files_brokenOffInAnEarlierProcess_goOnWhereTheyStopped() throws IOException {
    KnownFile file =
        file(
            CONTENT,
            server.on(
                "/a",
                server.brokenOff(CONTENT, 60_000, TAG),
                status(404),
                server.ranged(CONTENT, TAG)));
    assertFails(file, "HTTP status 404");

    assertWhole(file);

    assertThat(server.sent()).isEqualTo(CONTENT.length);
  }

  @Test
  void files_changedBetweenTwoParts_startOver() throws IOException {
    byte[] old = content(CONTENT.length + 7);
    assertWhole(
        file(
            CONTENT,
            server.on("/a", server.brokenOff(old, 60_000, "\"v0\""), server.ranged(CONTENT, TAG))));

    assertThat(server.requests().get(1).ifRange()).isEqualTo("\"v0\"");
  }

  @Test
  void files_ofServerWithoutRanges_startOver() throws IOException {
    assertWhole(
        file(
            CONTENT,
            server.on("/a", server.brokenOff(CONTENT, 60_000, TAG), server.whole(CONTENT))));

    assertThat(server.sent()).isEqualTo(CONTENT.length + 60_000);
  }

  /** Neither could the rest be told from that of another version. */
  @Test
  void files_withWeakTagOrNone_startOver() throws IOException {
    assertWhole(
        file(
            CONTENT,
            server.on(
                "/a",
                server.brokenOff(CONTENT, 60_000, null),
                server.brokenOff(CONTENT, 60_000, "W/\"v1\""),
                server.ranged(CONTENT, TAG))));

    assertThat(server.requests()).extracting(TestServer.Request::range).containsOnlyNulls();
  }

  @Test
  void files_withOtherRangeThanAskedFor_startOver() throws IOException {
    HttpHandler wrong =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 5-99999/100000");
          exchange.sendResponseHeaders(206, 5);
          exchange.getResponseBody().write(new byte[5]);
        };
    assertWhole(
        file(
            CONTENT,
            server.on(
                "/a", server.brokenOff(CONTENT, 60_000, TAG), wrong, server.ranged(CONTENT, TAG))));

    assertThat(server.requests()).extracting(TestServer.Request::range).last().isNull();
  }

  @Test
  void files_unavailableTwice_waitAsLongAsTheServerAsks() throws IOException {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().minusSeconds(9).atOffset(ZoneOffset.UTC));
    assertWhole(
        file(
            CONTENT,
            server.on(
                "/a",
                status(503, "Retry-After", "7"),
                status(503, "Retry-After", date),
                status(503, "Retry-After", "3600"),
                server.whole(CONTENT))));

    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(7), Duration.ZERO, Duration.ofSeconds(60));
  }

  @Test
  void files_unavailableForEver_areGivenUpAfterFourAttempts() {
    assertFails(file(CONTENT, server.on("/a", status(503))), "/a: HTTP status 503");

    assertThat(server.requests()).hasSize(4);
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void files_notFound_areNotAskedForAgain() {
    assertFails(file(CONTENT, server.on("/a", status(404))), "/a: HTTP status 404.");

    assertThat(server.requests()).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void files_wrongOnOneMirror_comeFromTheNext() throws IOException {
    byte[] wrong = CONTENT.clone();
    wrong[9]++;
    URI first = server.on("/a", server.whole(wrong));
    URI second = server.on("/b", server.whole(CONTENT));

    assertWhole(file(CONTENT, first, second));

    assertThat(server.requests()).extracting(TestServer.Request::path).containsExactly("/a", "/b");
  }

  /** What one mirror gave is not continued by another. */
  @Test
  void files_brokenOffOnOneMirror_comeWholeFromTheNext() throws IOException {
    URI first = server.on("/a", server.brokenOff(CONTENT, 60_000, TAG), status(404));
    URI second = server.on("/b", server.ranged(CONTENT, TAG));

    assertWhole(file(CONTENT, first, second));

    assertThat(server.requests()).last().isEqualTo(new TestServer.Request("/b", null, null));
  }

  @Test
  void files_wrongEverywhere_sayBothChecksumsOfEach() throws IOException {
    byte[] wrong = CONTENT.clone();
    wrong[9]++;
    KnownFile file =
        file(
            CONTENT,
            server.on("/a", server.whole(wrong)),
            server.on("/b", server.whole(content(5))));
    String actual = DigestUtils.sha256Hex(wrong);

    assertFails(
        file,
        "/a: its SHA-256 is " + actual + " and not " + file.sha256() + "; http",
        "/b: it gave 5 bytes and not 100000.");

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void files_longerThanKnown_areRefused() throws IOException {
    assertFails(
        file(CONTENT, server.on("/a", server.whole(content(CONTENT.length + 3)))), "100003 bytes");

    assertThat(leftovers()).isEmpty();
  }

  /** Without an end: stopped as soon as there is too much. */
  @Test
  void files_withoutEnd_areStopped() throws IOException {
    HttpHandler endless =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (!Thread.interrupted()) {
            exchange.getResponseBody().write(CONTENT);
          }
        };
    assertFails(file(CONTENT, server.on("/a", endless)), "more than the 100000 bytes that it has");
  }

  @Test
  void files_ofServerThatIsSilent_areGivenUp() throws IOException {
    var end = new CountDownLatch(1);
    HttpHandler silent =
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 10);
          exchange.getResponseBody().flush();
          await(end);
        };
    KnownFile file = file(CONTENT, server.on("/a", silent));

    assertThatThrownBy(() -> downloader(Duration.ofMillis(300)).files(set(file)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("/a: no byte for 0 s");

    assertThat(server.requests()).hasSize(4);
    end.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void files_ofMachineThatRefuses_areAskedForOnce() throws IOException {
    URI gone;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/a");
    }

    assertFails(
        file(CONTENT, gone), gone + ": no connection, it is refused or there is no network.");

    assertThat(pauses).isEmpty();
  }

  @Test
  void files_ofUnknownHost_sayEachAddress() {
    KnownFile file = file(CONTENT, URI.create("http://nowhere.invalid/a"));

    assertThatThrownBy(() -> download(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("http://nowhere.invalid/a: the host is not known. Maybe download it");
  }

  @Test
  void files_redirected_areFollowed() throws IOException {
    server.on("/b", server.whole(CONTENT));
    URI moved = server.on("/a", status(302, "Location", server.uri("/b").toString()));

    assertWhole(file(CONTENT, moved));
  }

  @Test
  void files_askedForByTwoThreads_areDownloadedOnce() throws Exception {
    var both = new CountDownLatch(2);
    HttpHandler slow =
        exchange -> {
          await(both);
          server.whole(CONTENT).handle(exchange);
        };
    KnownFile file = file(CONTENT, server.on("/a", slow));
    List<CompletableFuture<Path>> downloads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      downloads.add(
          CompletableFuture.supplyAsync(
              () -> {
                both.countDown();
                try {
                  return download(file);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }));
    }

    for (CompletableFuture<Path> download : downloads) {
      assertThat(download.get()).hasBinaryContent(CONTENT);
    }
    assertThat(server.requests()).hasSize(1);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static KnownFile unpublished(URI mirror) {
    return new KnownFile(List.of("rows.bin.gz"), List.of(mirror), -1, null);
  }

  @Test
  void files_withoutPublishedChecksum_mustStayWhatTheyWereAtFirst() throws IOException {
    URI mirror = server.on("/a", server.whole(gzip("one")), server.whole(gzip("two")));
    Path path = download(unpublished(mirror));
    assertThat(heard)
        .last()
        .isEqualTo("rows.bin.gz " + gzip("one").length + "/" + gzip("one").length);
    Files.delete(path);

    assertThatThrownBy(() -> download(unpublished(mirror)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "its SHA-256 is "
                + DigestUtils.sha256Hex(gzip("two"))
                + " and not "
                + DigestUtils.sha256Hex(gzip("one")));
    assertThat(path).doesNotExist();
  }

  /** Such as the page of a proxy that wants a password. */
  @Test
  void files_withoutPublishedChecksum_mustBeWholeGzip() throws IOException {
    byte[] whole = gzip("some text");
    URI page = server.on("/a", server.whole("<html>".getBytes(StandardCharsets.UTF_8)));
    URI half = server.on("/b", server.whole(Arrays.copyOf(whole, whole.length - 3)));
    KnownFile file = new KnownFile(List.of("rows.bin.gz"), List.of(page, half), -1, null);

    assertThatThrownBy(() -> download(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "/a: what it gave is no whole gzip file;", "/b: what it gave is no whole gzip file.");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void files_whereNothingCanBeWritten_fail() throws IOException {
    Files.write(folder, CONTENT);

    assertThatThrownBy(() -> download(file(CONTENT, server.uri("/a"))))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(folder.toString());
  }
}
