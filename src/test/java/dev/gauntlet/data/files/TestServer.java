package dev.gauntlet.data.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A web server on loopback that does what a test says, and remembers what it was asked. */
final class TestServer implements AutoCloseable {
  /** One request; null for headers that it did not have. */
  record Request(String path, String range, String ifRange) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();

  TestServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.start();
  }

  /** The given answers one after another, the last one for ever. */
  URI on(String path, HttpHandler... answers) {
    Deque<HttpHandler> left = new ArrayDeque<>(List.of(answers));
    server.createContext(
        path,
        exchange -> {
          var headers = exchange.getRequestHeaders();
          requests.add(
              new Request(
                  exchange.getRequestURI().getPath(),
                  headers.getFirst("Range"),
                  headers.getFirst("If-Range")));
          HttpHandler answer;
          synchronized (left) {
            answer = left.size() > 1 ? left.remove() : left.element();
          }
          try (exchange) {
            answer.handle(exchange);
          }
        });
    return uri(path);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  List<Request> requests() {
    return requests;
  }

  /** Bytes of bodies that were sent. */
  long sent() {
    return sent.get();
  }

  /** All bytes, whatever range is asked for. */
  HttpHandler whole(byte[] content) {
    return exchange -> send(exchange, 200, content, 0, content.length);
  }

  /** Part or all, as RFC 9110 says. */
  HttpHandler ranged(byte[] content, String tag) {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
      exchange.getResponseHeaders().set("ETag", tag);
      if (range == null || !same) {
        send(exchange, 200, content, 0, content.length);
        return;
      }
      int from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      String part = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
      exchange.getResponseHeaders().set("Content-Range", part);
      send(exchange, 206, content, from, content.length);
    };
  }

  /** Promises all bytes and breaks off. */
  HttpHandler brokenOff(byte[] content, int after, String tag) {
    return exchange -> {
      if (tag != null) {
        exchange.getResponseHeaders().set("ETag", tag);
      }
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, after);
      exchange.getResponseBody().flush();
      sent.addAndGet(after);
    };
  }

  static HttpHandler status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private void send(HttpExchange exchange, int status, byte[] content, int from, int to)
      throws IOException {
    exchange.sendResponseHeaders(status, to - from);
    exchange.getResponseBody().write(content, from, to - from);
    sent.addAndGet(to - from);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
