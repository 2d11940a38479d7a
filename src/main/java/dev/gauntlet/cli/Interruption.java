package dev.gauntlet.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C and SIGTERM do while a search runs: it is told to stop, writes down what it has, and
 * the user hears how to go on. Whatever happens, the process ends within {@value #SECONDS} seconds.
 */
final class Interruption implements AutoCloseable {
  private static final int SECONDS = 4;
  private static final int EXIT_CODE = 130;

  private final Thread hook = new Thread(this::end, "gauntlet-interruption");
  private final CountDownLatch over = new CountDownLatch(1);
  private final PrintWriter err;
  private volatile Runnable stop;
  private volatile String advice;

  /** From now on, until it is closed. */
  Interruption(PrintWriter err) {
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** How to go on; nothing is said as long as there is nothing to go on with. */
  void advise(String text) {
    advice = text;
  }

  /** Tells the search, which then ends soon; waited for from now on. */
  void onStop(Runnable action) {
    stop = action;
  }

  private void end() {
    var guard = new Thread(this::halt, "gauntlet-guard");
    guard.setDaemon(true);
    guard.start();
    if (stop != null) {
      stop.run();
      await(SECONDS - 1);
    }
    if (advice != null) {
      err.println("Interrupted. " + advice);
      err.flush();
    }
  }

  /** Others have hooks too, which may wait for what does not come. */
  private void halt() {
    try {
      TimeUnit.SECONDS.sleep(SECONDS);
    } catch (InterruptedException e) {
      return;
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private void await(int seconds) {
    try {
      over.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is what ended the search.
    }
  }
}
