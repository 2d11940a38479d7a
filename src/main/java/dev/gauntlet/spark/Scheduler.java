package dev.gauntlet.spark;

import dev.gauntlet.SearchInterruptedException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * Works through items side by side. An attempt that breaks is made again: at once while it has
 * retries, behind the items that wait; the last time alone, after all others, so that an item which
 * takes its neighbours down (by their memory, or the process of both) takes none down for good.
 *
 * <p>All callbacks come from the thread that calls {@link #run}.
 *
 * @param slots items at a time; asked anew each time
 * @param retries further attempts at an item
 * @param tick called several times a second; what it throws ends the run
 */
record Scheduler(IntSupplier slots, int retries, Runnable tick) {
  private static final int TICK_MILLIS = 100;

  /**
   * What an attempt gave.
   *
   * @param result also of one that broke, for when it is the last
   * @param broke why another may go better; null if it would be the same again
   */
  record Attempt<R>(R result, String broke) implements Serializable {}

  private record Item(int place, int attempts) {
    Item again() {
      return new Item(place, attempts + 1);
    }
  }

  /** An attempt that is over; the error is of our own making. */
  private record Done<R>(Item item, Attempt<R> attempt, Throwable error) {}

  /**
   * Works until there is nothing left to do.
   *
   * @param goOn asked before an item is begun; once false, no other is begun
   * @param work an attempt at an item, in a thread of its own; what it throws ends the run
   * @param onRetry called with an item and why it is tried again
   */
  <R> void run(
      int count,
      BooleanSupplier goOn,
      IntFunction<Attempt<R>> work,
      Consumer<? super R> onResult,
      BiConsumer<Integer, String> onRetry) {
    ExecutorService pool = Executors.newCachedThreadPool(Scheduler::daemon);
    try {
      new Run<>(pool, goOn, work, onResult, onRetry, count).run();
    } catch (InterruptedException e) {
      throw new SearchInterruptedException();
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "gauntlet-trial");
    thread.setDaemon(true);
    return thread;
  }

  private final class Run<R> {
    private final ExecutorService pool;
    private final BooleanSupplier goOn;
    private final IntFunction<Attempt<R>> work;
    private final Consumer<? super R> onResult;
    private final BiConsumer<Integer, String> onRetry;
    private final int count;

    private final BlockingQueue<Done<R>> done = new LinkedBlockingQueue<>();
    private final Queue<Item> again = new ArrayDeque<>();
    private final Queue<Item> alone = new ArrayDeque<>();
    private int next;
    private int running;

    Run(
        ExecutorService pool,
        BooleanSupplier goOn,
        IntFunction<Attempt<R>> work,
        Consumer<? super R> onResult,
        BiConsumer<Integer, String> onRetry,
        int count) {
      this.pool = pool;
      this.goOn = goOn;
      this.work = work;
      this.onResult = onResult;
      this.onRetry = onRetry;
      this.count = count;
    }

    void run() throws InterruptedException {
      while (start()) {
        Done<R> over = done.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        try {
          tick.run();
        } catch (RuntimeException e) {
          handOver(over);
          throw e;
        }
        if (over != null) {
          running--;
          take(over);
        }
      }
    }

    /** What has ended well by the end of all is not lost. */
    private void handOver(Done<R> first) {
      for (Done<R> over = first; over != null; over = done.poll()) {
        if (over.error() == null && over.attempt().broke() == null) {
          onResult.accept(over.attempt().result());
        }
      }
    }

    /** Begins what there is room for; false if there is nothing to wait for any more. */
    private boolean start() {
      // Also where no slot is free: who is asked may count the time.
      boolean more = hasNext();
      while (running < Math.max(1, slots.getAsInt())) {
        if (more) {
          begin(new Item(next++, 0));
          more = hasNext();
        } else if (!again.isEmpty()) {
          begin(again.remove());
        } else if (running == 0 && !alone.isEmpty()) {
          begin(alone.remove());
          return true;
        } else {
          break;
        }
      }
      return running > 0;
    }

    private boolean hasNext() {
      if (next < count && !goOn.getAsBoolean()) {
        next = count;
      }
      return next < count;
    }

    private void begin(Item item) {
      running++;
      pool.execute(
          () -> {
            try {
              done.add(new Done<>(item, work.apply(item.place()), null));
            } catch (Throwable e) {
              done.add(new Done<>(item, null, e));
            }
          });
    }

    private void take(Done<R> over) {
      if (over.error() != null) {
        throw over.error() instanceof RuntimeException e
            ? e
            : new IllegalStateException(over.error());
      }
      String broke = over.attempt().broke();
      if (broke == null || over.item().attempts() >= retries) {
        onResult.accept(over.attempt().result());
        return;
      }
      onRetry.accept(over.item().place(), broke);
      Item item = over.item().again();
      (item.attempts() == retries ? alone : again).add(item);
    }
  }
}
