package dev.gauntlet.journal;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** A file in HDFS that is open for writing, which one client at a time can have. */
record HdfsRunLock(FSDataOutputStream out) implements RunLock {
  private static final int ATTEMPTS = 3;
  private static final String ADVICE =
      "Maybe wait for it to end: if it was killed, HDFS gives the folder back 60 s later. Or"
          + " --fresh takes a new folder.";

  static HdfsRunLock take(DistributedFileSystem hdfs, Path file, String place) throws IOException {
    make(hdfs, file);
    for (int attempt = 1; ; attempt++) {
      try {
        FSDataOutputStream out = hdfs.append(file);
        out.write(RunOwner.here().bytes());
        out.hsync();
        return new HdfsRunLock(out);
      } catch (IOException e) {
        boolean recovering = HdfsLeases.isRecovering(e);
        if (!recovering && !HdfsLeases.isHeld(e)) {
          throw e;
        }
        Optional<RunOwner> owner = owner(hdfs, file);
        if (attempt == ATTEMPTS || !(recovering || owner.map(RunOwner::isGone).orElse(false))) {
          throw RunOwner.inUse(place, owner, ADVICE);
        }
        HdfsLeases.recover(hdfs, file);
      }
    }
  }

  /**
   * By renaming, so that it is there, closed and for all to append to, or not: a second client that
   * tried to create it while it is open would wait for minutes.
   */
  private static void make(DistributedFileSystem hdfs, Path file) throws IOException {
    if (!hdfs.exists(file)) {
      var temporary = new Path(file.getParent(), ".lock-" + UUID.randomUUID() + ".tmp");
      hdfs.create(temporary, false).close();
      hdfs.rename(temporary, file);
      hdfs.delete(temporary, false);
    }
  }

  private static Optional<RunOwner> owner(DistributedFileSystem hdfs, Path file)
      throws IOException {
    try (var in = hdfs.open(file)) {
      return RunOwner.of(in.readAllBytes());
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
