package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.SearchInterruptedException;
import dev.gauntlet.spark.Scheduler.Attempt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SchedulerTest {
  private final List<String> results = new ArrayList<>();
  private final List<String> retries = new ArrayList<>();

  private void run(Scheduler scheduler, int count, IntFunction<Attempt<String>> work) {
    scheduler.run(
        count, () -> true, work, results::add, (item, cause) -> retries.add(item + " " + cause));
  }

  private static Scheduler scheduler(int slots, int retries) {
    return new Scheduler(() -> slots, retries, () -> {});
  }

  private static Attempt<String> done(int item) {
    return new Attempt<>("result " + item, null);
  }

  @Test
  void run_manyItems_eachOnceAndNeverMoreThanSlots() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();

    run(
        scheduler(3, 2),
        200,
        item -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          pause();
          running.decrementAndGet();
          return done(item);
        });

    assertThat(results).hasSize(200).doesNotHaveDuplicates();
    assertThat(most.get()).isBetween(1, 3);
    assertThat(retries).isEmpty();
  }

  @Test
  void run_slotsThatGrow_areUsed() {
    var slots = new AtomicInteger(1);
    var both = new CountDownLatch(2);

    run(
        new Scheduler(slots::get, 0, () -> slots.set(2)),
        2,
        item -> {
          both.countDown();
          assertThat(await(both)).isTrue();
          return done(item);
        });

    assertThat(results).hasSize(2);
  }

  @Test
  void run_itemThatBreaks_isTriedAsOftenAsSaid() {
    var attempts = new AtomicInteger();

    run(
        scheduler(2, 2),
        5,
        item -> {
          if (item == 3) {
            return new Attempt<>("failed " + attempts.incrementAndGet(), "broke");
          }
          return done(item);
        });

    assertThat(attempts.get()).isEqualTo(3);
    assertThat(results).hasSize(5).contains("failed 3").doesNotContain("failed 1", "failed 2");
    assertThat(retries).containsExactly("3 broke", "3 broke");
  }

  /** One that takes its neighbours down with it has none in its last attempt. */
  @Test
  void run_lastAttempts_areAloneAndAfterAllOthers() {
    Set<Integer> running = ConcurrentHashMap.newKeySet();
    Map<Integer, AtomicInteger> attempts = new ConcurrentHashMap<>();
    List<Set<Integer>> lastAttempts = Collections.synchronizedList(new ArrayList<>());

    run(
        scheduler(4, 2),
        40,
        item -> {
          running.add(item);
          try {
            int attempt =
                attempts.computeIfAbsent(item, i -> new AtomicInteger()).incrementAndGet();
            if (attempt == 3) {
              lastAttempts.add(Set.copyOf(running));
            }
            return item % 10 == 0 ? new Attempt<>("failed", "broke") : done(item);
          } finally {
            running.remove(item);
          }
        });

    assertThat(lastAttempts)
        .containsExactlyInAnyOrder(Set.of(0), Set.of(10), Set.of(20), Set.of(30));
    assertThat(results).hasSize(40);
    assertThat(results.subList(36, 40)).containsOnly("failed");
  }

  @Test
  void run_goOnThatBecomesFalse_beginsNoOtherButTriesWhatHasBegunAgain() {
    var begun = new AtomicInteger();
    var attempts = new AtomicInteger();

    scheduler(1, 1)
        .<String>run(
            10,
            () -> begun.get() < 3,
            item -> {
              if (item == 2 && attempts.incrementAndGet() == 1) {
                begun.incrementAndGet();
                return new Attempt<>("failed", "broke");
              }
              begun.incrementAndGet();
              return done(item);
            },
            results::add,
            (item, cause) -> {});

    assertThat(results).containsExactly("result 0", "result 1", "result 2");
  }

  @Test
  void run_workThatThrows_endsIt() {
    assertThatThrownBy(
            () ->
                run(
                    scheduler(2, 5),
                    100,
                    item -> {
                      throw new IllegalStateException("Spark has stopped");
                    }))
        .hasMessage("Spark has stopped");
    assertThat(results).isEmpty();
  }

  @Test
  void run_tickThatThrows_endsItAtOnceAndInterruptsWhatRuns() {
    var interrupted = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                run(
                    new Scheduler(
                        () -> 1,
                        0,
                        () -> {
                          throw new SearchInterruptedException();
                        }),
                    1,
                    item -> {
                      try {
                        TimeUnit.SECONDS.sleep(60);
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                      }
                      return done(item);
                    }))
        .isInstanceOf(SearchInterruptedException.class);
    assertThat(await(interrupted)).isTrue();
  }

  /** What ended well before the end is not trained again. */
  @Test
  void run_tickThatThrows_handsOverWhatIsFinished() {
    var finished = new CountDownLatch(3);

    assertThatThrownBy(
            () ->
                run(
                    new Scheduler(
                        () -> 3,
                        0,
                        () -> {
                          await(finished);
                          throw new SearchInterruptedException();
                        }),
                    3,
                    item -> {
                      finished.countDown();
                      return item == 1 ? new Attempt<>("failed", "broke") : done(item);
                    }))
        .isInstanceOf(SearchInterruptedException.class);

    assertThat(results).doesNotContain("failed").isSubsetOf("result 0", "result 2");
  }

  @Test
  void run_interruptedCaller_ends() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> run(scheduler(1, 0), 1, SchedulerTest::done))
        .isInstanceOf(SearchInterruptedException.class);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
