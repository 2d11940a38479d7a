package dev.gauntlet;

/** A search that was told to stop, or whose thread was interrupted. */
public final class SearchInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SearchInterruptedException() {
    super("interrupted");
  }
}
