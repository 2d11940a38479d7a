package dev.gauntlet.spark;

import dev.gauntlet.SearchInterruptedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Puts questions of many threads together, so that one piece of work answers them all: threads that
 * got their answers together ask again together.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
final class Batcher<Q, A> implements AutoCloseable {
  /** So long nobody must have asked before those who did are answered. */
  private static final long QUIET_MILLIS = 3;

  private record Asked<Q, A>(Q question, CompletableFuture<A> answer) {}

  private final Function<List<Q>, List<A>> work;
  private final ToLongFunction<Q> size;
  private final long limit;
  private final Queue<Asked<Q, A>> waiting = new ArrayDeque<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          run -> {
            var made = new Thread(run, "gauntlet-shards");
            made.setDaemon(true);
            return made;
          });

  /**
   * @param work answers questions, one for each; called by one thread
   * @param size of a question
   * @param limit of the sizes of questions that are answered together; one larger than it is
   *     answered alone
   */
  Batcher(Function<List<Q>, List<A>> work, ToLongFunction<Q> size, long limit) {
    this.work = work;
    this.size = size;
    this.limit = limit;
  }

  /**
   * Waits for the answer.
   *
   * @throws SearchInterruptedException if the calling thread is interrupted
   * @throws RuntimeException what the work threw
   */
  A ask(Q question) {
    var asked = new Asked<Q, A>(question, new CompletableFuture<>());
    synchronized (waiting) {
      waiting.add(asked);
      waiting.notifyAll();
    }
    thread.execute(this::answer);
    try {
      return asked.answer().get();
    } catch (InterruptedException e) {
      throw new SearchInterruptedException();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  /** Once for each question; those that came with others find nothing left to do. */
  private void answer() {
    List<Asked<Q, A>> batch = gather();
    if (batch.isEmpty()) {
      return;
    }
    try {
      List<A> answers = work.apply(batch.stream().map(Asked::question).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } catch (Throwable e) {
      batch.forEach(asked -> asked.answer().completeExceptionally(e));
    }
  }

  private List<Asked<Q, A>> gather() {
    synchronized (waiting) {
      try {
        for (int before = 0; before < waiting.size(); ) {
          before = waiting.size();
          TimeUnit.MILLISECONDS.timedWait(waiting, QUIET_MILLIS);
        }
      } catch (InterruptedException e) {
        waiting.forEach(asked -> asked.answer().completeExceptionally(e));
        waiting.clear();
      }
      List<Asked<Q, A>> batch = new ArrayList<>();
      long sum = 0;
      while (!waiting.isEmpty()) {
        sum += size.applyAsLong(waiting.peek().question());
        if (!batch.isEmpty() && sum > limit) {
          break;
        }
        batch.add(waiting.remove());
      }
      return batch;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
