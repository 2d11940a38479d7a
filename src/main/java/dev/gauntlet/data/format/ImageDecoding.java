package dev.gauntlet.data.format;

import dev.gauntlet.data.ImageShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The second pass: decodes the rows, each to its place in one flat array, so that it does not
 * matter in which order or thread. The files of one batch at a time are held.
 */
final class ImageDecoding {
  private static final int BATCH_IMAGES = 512;
  private static final long BATCH_BYTES = 1 << 24;
  private static final int MAX_THREADS = 8;
  private static final Executor THREADS = threads();

  private final ImageSource source;
  private final List<ImageLayout.Row> rows;
  private final Map<List<String>, Integer> places = new HashMap<>();
  private final ImageShape shape;
  private final Faults faults;
  private final float[] values;
  private final List<CompletableFuture<Optional<Fault>>> batch = new ArrayList<>();
  private long batchBytes;
  private int found;

  private record Fault(String path, String text) {}

  private ImageDecoding(
      ImageSource source, List<ImageLayout.Row> rows, ImageShape shape, Faults faults) {
    this.source = source;
    this.rows = rows;
    this.shape = shape;
    this.faults = faults;
    this.values = array(faults.none() ? Math.toIntExact(rows.size() * shape.values()) : 0);
    for (int row = 0; row < rows.size(); row++) {
      places.put(rows.get(row).path(), row);
    }
  }

  private static float[] array(int length) {
    try {
      return new float[length];
    } catch (OutOfMemoryError e) {
      // G1 of JDK 17 may leave what lives so scattered that there is room, but not in one piece;
      // seen in one of six reads of CIFAR-10 with 1200 MiB, though 900 MiB are enough.
      System.gc();
      return new float[length];
    }
  }

  private static Executor threads() {
    int count = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    var threads =
        new ThreadPoolExecutor(
            count,
            count,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "image-decoder");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * Row after row, {@code rows.size() x shape.values()}. If there are faults already, or one is
   * found, the images are only checked, and what is returned has no meaning.
   */
  static float[] decode(
      ImageSource source, List<ImageLayout.Row> rows, ImageShape shape, Faults faults) {
    var decoding = new ImageDecoding(source, rows, shape, faults);
    source.walk(decoding::visit);
    decoding.finishBatch();
    if (decoding.found != rows.size()) {
      faults.add(source.name(), "it changed while it was read; the rule: files at rest.");
    }
    return decoding.values;
  }

  private void visit(List<String> path, boolean folder, ImageSource.Content content) {
    Integer row = places.get(path);
    if (row == null || folder) {
      return;
    }
    found++;
    try {
      byte[] bytes = content.read();
      batch.add(CompletableFuture.supplyAsync(() -> decode(row, bytes), THREADS));
      batchBytes += bytes.length;
    } catch (IOException e) {
      faults.add(source.name(path), ImageTree.notAnImage(e));
    }
    if (batch.size() >= BATCH_IMAGES || batchBytes >= BATCH_BYTES) {
      finishBatch();
    }
  }

  private Optional<Fault> decode(int row, byte[] bytes) {
    try {
      var image = ImageDecoder.decode(bytes, rows.get(row).header());
      if (values.length > 0) {
        Pixels.write(image, shape, values, Math.toIntExact(row * shape.values()));
      }
      return Optional.empty();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // Colour profiles and memory fail as late as in drawing.
      String path = source.name(rows.get(row).path());
      return Optional.of(new Fault(path, ImageTree.notAnImage(e)));
    }
  }

  private void finishBatch() {
    for (CompletableFuture<Optional<Fault>> image : batch) {
      image.join().ifPresent(fault -> faults.add(fault.path, fault.text));
    }
    batch.clear();
    batchBytes = 0;
  }
}
