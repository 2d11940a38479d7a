package dev.gauntlet.cli;

import dev.gauntlet.Progress;
import dev.gauntlet.config.Metric;
import dev.gauntlet.data.files.TransferListener;
import java.io.PrintWriter;

/** How progress is shown, on standard error. */
enum ProgressStyle {
  AUTO,
  PLAIN,
  NONE;

  /** Shows a search until it is closed. */
  interface Listener extends Progress, AutoCloseable {
    @Override
    void close();
  }

  private static final class Silence implements Listener {
    @Override
    public void close() {}
  }

  TransferListener transfers(PrintWriter err) {
    return this == NONE ? TransferListener.SILENT : new TransferLines(err);
  }

  @SuppressWarnings("SystemConsoleNull") // Null without a terminal on every JDK that Spark runs on.
  Listener listener(PrintWriter err, Metric metric) {
    if (this == NONE) {
      return new Silence();
    }
    return this == AUTO && System.console() != null
        ? new BarProgress(metric)
        : new PlainProgress(err, metric);
  }
}
