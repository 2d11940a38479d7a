package dev.gauntlet.journal;

import java.io.Closeable;

/** A run folder taken for this process; closing gives it back. */
interface RunLock extends Closeable {
  /** The file in the run folder that says who has it. */
  String FILE = "lock";
}
