package dev.gauntlet.data.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLException;

/** One request for a file, or for what is missing of it. */
final class HttpAttempt {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int LOOK_MILLIS = 100;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .proxy(ProxySelector.getDefault())
          .connectTimeout(CONNECT)
          .build();

  private final Duration stall;

  /** Sees how far a download is. */
  interface Progress {
    /**
     * @param total -1 if neither the file's size is known nor the server said it
     */
    void at(long bytes, long total);
  }

  /**
   * @param stall after so long without a byte it has failed
   */
  HttpAttempt(Duration stall) {
    this.stall = stall;
  }

  /**
   * Fills the part file to its end.
   *
   * @param size of the whole file; -1 if not known
   * @throws FailedAttempt if the server does not give them; those that came stay
   */
  void fill(PartFile part, URI uri, long size, Progress progress) throws IOException {
    String version = part.version(uri);
    long have = version == null ? 0 : part.size();
    if (size >= 0 && have == size) {
      return;
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-").header("If-Range", version);
    }
    var total = new AtomicLong(size);
    var answer =
        client.sendAsync(
            request.build(),
            info -> {
              total.compareAndSet(-1, total(info, have));
              return body(info, part, uri, have);
            });
    LongConsumer seen = bytes -> progress.at(bytes, total.get());
    HttpResponse<Path> response = watched(answer, part, size, seen);
    if (response.statusCode() == 416 || (response.statusCode() == 206 && response.body() == null)) {
      // It has no such rest: the next attempt starts over.
      part.delete();
    }
    require(response);
    seen.accept(part.size());
  }

  private static long total(ResponseInfo info, long have) {
    long length = info.headers().firstValueAsLong("Content-Length").orElse(-1);
    return length < 0 || info.statusCode() != 206 ? length : have + length;
  }

  private static BodySubscriber<Path> body(ResponseInfo info, PartFile part, URI uri, long have) {
    try {
      if (info.statusCode() == 206 && continues(info, have)) {
        return BodySubscribers.ofFile(
            part.path(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      }
      if (info.statusCode() == 200) {
        part.begin(uri, info.headers());
        return BodySubscribers.ofFile(
            part.path(), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      }
      return BodySubscribers.replacing(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean continues(ResponseInfo info, long have) {
    return info.headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + have + "-"))
        .isPresent();
  }

  /** Waits for the end of the answer, but not longer than the stall for any byte of it. */
  private HttpResponse<Path> watched(
      CompletableFuture<HttpResponse<Path>> answer, PartFile part, long size, LongConsumer progress)
      throws IOException {
    long bytes = part.size();
    long since = System.nanoTime();
    while (true) {
      try {
        return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = part.size();
        if (now != bytes) {
          bytes = now;
          since = System.nanoTime();
          progress.accept(now);
        }
        if (size >= 0 && now > size) {
          answer.cancel(true);
          part.delete();
          throw FailedAttempt.lasting("more than the " + size + " bytes that it has", e);
        }
        if (System.nanoTime() - since > stall.toNanos()) {
          answer.cancel(true);
          throw FailedAttempt.passing("no byte for " + stall.toSeconds() + " s", null, e);
        }
      } catch (ExecutionException e) {
        throw explained(e.getCause());
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while downloading");
      }
    }
  }

  private static void require(HttpResponse<?> response) throws FailedAttempt {
    int status = response.statusCode();
    if (status == 200 || (status == 206 && response.body() != null)) {
      return;
    }
    boolean passing = status >= 500 || status == 429 || status == 408 || status == 416;
    String text = "HTTP status " + status;
    throw passing || status == 206
        ? FailedAttempt.passing(text, asked(response), null)
        : FailedAttempt.lasting(text, null);
  }

  /** Seconds, or a date. */
  private static Duration asked(HttpResponse<?> response) {
    String value = response.headers().firstValue("Retry-After").orElse("");
    try {
      Duration wait =
          value.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(value))
              : Duration.between(
                  Instant.now(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Whoever cannot be reached now is not asked again; what broke off is. */
  private static IOException explained(Throwable e) {
    if (e instanceof UncheckedIOException unchecked) {
      return unchecked.getCause();
    }
    if (e instanceof HttpConnectTimeoutException) {
      return FailedAttempt.lasting("no connection within " + CONNECT.toSeconds() + " s", e);
    }
    if (e instanceof ConnectException) {
      return FailedAttempt.lasting(noConnection(e), e);
    }
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return e instanceof SSLException
        ? FailedAttempt.lasting("TLS: " + text, e)
        : FailedAttempt.passing("broken off: " + text, null, e);
  }

  /** The client's own exceptions have no message. */
  private static String noConnection(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the host is not known";
      }
    }
    return "no connection, it is refused or there is no network";
  }
}
