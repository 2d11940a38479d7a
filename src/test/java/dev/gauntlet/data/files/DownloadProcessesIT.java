package dev.gauntlet.data.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that want the same file. */
@Timeout(120)
class DownloadProcessesIT {
  private static final byte[] CONTENT = TestSets.content(100_000);

  @TempDir Path folder;

  /** What the other process does: downloads from the address it is given. */
  public static void main(String[] arguments) throws IOException {
    KnownSet set = TestSets.set(TestSets.file(CONTENT, URI.create(arguments[0])));
    Path root = Path.of(arguments[1]);
    new Downloader(() -> root, Retries.STANDARD, TransferListener.SILENT).files(set);
  }

  @Test
  void files_thatAnotherProcessDownloads_areWaitedFor() throws Exception {
    var asked = new CountDownLatch(1);
    var waited = new CountDownLatch(1);
    try (var server = new TestServer()) {
      HttpHandler slow =
          exchange -> {
            asked.countDown();
            await(waited);
            server.whole(CONTENT).handle(exchange);
          };
      URI mirror = server.on("/a", slow);
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  DownloadProcessesIT.class.getName(),
                  mirror.toString(),
                  folder.toString())
              .inheritIO()
              .start();
      await(asked);

      KnownSet set = TestSets.set(TestSets.file(CONTENT, mirror));
      Path file =
          new Downloader(() -> folder, Retries.STANDARD, new Waiting(waited)).files(set).get(0);

      assertThat(file).hasBinaryContent(CONTENT);
      assertThat(server.requests()).hasSize(1);
      assertThat(other.waitFor()).isZero();
    }
  }

  /** Lets the server answer the other process as soon as this one waits. */
  private record Waiting(CountDownLatch waited) implements TransferListener {
    @Override
    public void begins(String set, String terms) {}

    @Override
    public void moves(String file, long bytes, long total) {}

    @Override
    public void waits(String file) {
      waited.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
