package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatcherTest {
  private static List<Integer> asked(Batcher<Integer, Integer> batcher, int count) {
    return IntStream.range(0, count).boxed().toList().parallelStream().map(batcher::ask).toList();
  }

  @Test
  void ask_manyThreads_eachGetsItsAnswer() {
    try (var batcher =
        new Batcher<Integer, Integer>(
            all -> all.stream().map(one -> one * one).toList(), one -> 1, 100)) {
      assertThat(asked(batcher, 200))
          .isEqualTo(IntStream.range(0, 200).map(i -> i * i).boxed().toList());
    }
  }

  @Test
  void ask_whileOneIsAnswered_othersGoTogetherUpToTheLimit() throws InterruptedException {
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    try (var batcher =
        new Batcher<Integer, Integer>(
            all -> {
              sizes.add(all.size());
              begun.countDown();
              await(goOn);
              return all;
            },
            one -> 1,
            4)) {
      List<Thread> threads =
          IntStream.range(0, 7).mapToObj(i -> new Thread(() -> batcher.ask(i))).toList();
      threads.get(0).start();
      await(begun);
      threads.subList(1, 7).forEach(Thread::start);
      while (threads.stream().skip(1).anyMatch(one -> one.getState() != Thread.State.WAITING)) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      goOn.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(sizes).containsExactly(1, 4, 2);
  }

  @Test
  void ask_workThatThrows_tellsEachWhoAskedAndGoesOn() {
    try (var batcher =
        new Batcher<Integer, Integer>(
            all -> {
              if (all.contains(13)) {
                throw new IllegalStateException("unlucky");
              }
              return all;
            },
            one -> 1,
            100)) {
      assertThatThrownBy(() -> batcher.ask(13)).hasMessage("unlucky");
      assertThat(batcher.ask(14)).isEqualTo(14);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
