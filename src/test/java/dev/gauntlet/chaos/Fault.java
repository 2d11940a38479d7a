package dev.gauntlet.chaos;

/** What a candidate may do to the process that trains it. */
public enum Fault {
  /** Ends it. */
  HALT,
  /** Ends it as if all were well. */
  EXIT,
  /** Fills its heap. */
  HEAP,
  /** Never comes back, and hears no interrupt. */
  LOOP,
  /** Predicts what is no number. */
  NAN,
  /** Takes 20 times as long. */
  SLOW,
  /** Throws. */
  THROW
}
