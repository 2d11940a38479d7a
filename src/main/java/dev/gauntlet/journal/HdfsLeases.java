package dev.gauntlet.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.ipc.RemoteException;

/** HDFS's right to write a file, which a client that died keeps until it is taken from it. */
final class HdfsLeases {
  private static final int POLL_MILLIS = 250;
  private static final int POLLS = 240;

  private HdfsLeases() {}

  /** Takes the lease from whoever has it; returns when the file is closed, which takes seconds. */
  static void recover(DistributedFileSystem hdfs, Path file) throws IOException {
    try {
      boolean closed = hdfs.isFileClosed(file) || hdfs.recoverLease(file);
      for (int poll = 0; !closed && poll < POLLS; poll++) {
        Pauses.sleep(POLL_MILLIS);
        closed = hdfs.isFileClosed(file);
      }
      if (!closed) {
        throw new IOException(
            file + ": HDFS does not close what a client left that died, for a minute now");
      }
    } catch (FileNotFoundException e) {
      // Nobody has a file that is not there.
    }
  }

  /** Whether another client has the lease. */
  static boolean isHeld(IOException failure) {
    return is(failure, "AlreadyBeingCreatedException");
  }

  /** Whether HDFS is taking it from another client. */
  static boolean isRecovering(IOException failure) {
    return is(failure, "RecoveryInProgressException");
  }

  /** By name, as the class of one is the server's own. */
  private static boolean is(IOException failure, String name) {
    return failure instanceof RemoteException remote && remote.getClassName().endsWith(name);
  }
}
