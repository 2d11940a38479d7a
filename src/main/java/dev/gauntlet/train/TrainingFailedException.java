package dev.gauntlet.train;

/** A candidate that cannot be trained; its message is the cause that the leaderboard shows. */
public final class TrainingFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public TrainingFailedException(String message) {
    super(message);
  }
}
