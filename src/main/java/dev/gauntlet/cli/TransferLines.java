package dev.gauntlet.cli;

import dev.gauntlet.data.files.TransferListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says how far a download is: a line a second, and one for each file at its end. */
final class TransferLines implements TransferListener {
  private static final long SECOND = 1_000_000_000;
  private static final double MEGABYTE = 1e6;

  private final PrintWriter err;
  private final LongSupplier nanos;
  private long last;

  TransferLines(PrintWriter err) {
    this(err, System::nanoTime);
  }

  /**
   * @param nanos a clock
   */
  TransferLines(PrintWriter err, LongSupplier nanos) {
    this.err = err;
    this.nanos = nanos;
    this.last = nanos.getAsLong() - SECOND;
  }

  @Override
  public void begins(String set, String terms) {
    print(set + ": " + terms);
  }

  @Override
  public void moves(String file, long bytes, long total) {
    long now = nanos.getAsLong();
    if (now - last < SECOND && bytes != total) {
      return;
    }
    last = now;
    print(
        total < 0
            ? String.format(Locale.ROOT, "%s: %.1f MB", file, bytes / MEGABYTE)
            : String.format(
                Locale.ROOT,
                "%s: %.1f of %.1f MB (%d %%)",
                file,
                bytes / MEGABYTE,
                total / MEGABYTE,
                total == 0 ? 100 : 100 * bytes / total));
  }

  @Override
  public void waits(String file) {
    print(file + ": another process is bringing it; waiting");
  }

  private void print(String line) {
    err.println(line);
    err.flush();
  }
}
