package dev.gauntlet.spark;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Work that can be left behind. In local mode there is no process to end when native code does not
 * come back: its thread goes on, but nobody waits for it.
 */
final class SideThread {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            var thread = new Thread(work, "gauntlet-training");
            thread.setDaemon(true);
            return thread;
          });

  private SideThread() {}

  /**
   * Waits for the work.
   *
   * @throws CancellationException if this thread was interrupted; the work is too, and left behind
   */
  static <T> T call(Callable<T> work) {
    Future<T> result = THREADS.submit(work);
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      result.cancel(true);
      throw new CancellationException();
    }
  }
}
