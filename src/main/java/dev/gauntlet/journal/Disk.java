package dev.gauntlet.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What is asked of this machine's file system; tests put in one that loses what is not forced. */
class Disk {
  FileChannel open(Path path, OpenOption... options) throws IOException {
    return FileChannel.open(path, options);
  }

  /** Replaces the target in one step. */
  void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  void createFolder(Path path) throws IOException {
    Files.createDirectory(path);
  }
}
