package dev.gauntlet.journal;

import dev.gauntlet.config.Uris;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of one run folder, by names such as {@code models/candidate-3.zip}. */
interface RunStorage extends Closeable {

  /** That of a local path, or of a URI of one of Hadoop's file systems. */
  static RunStorage of(String place) {
    if (place.startsWith("file:")) {
      return new LocalRunStorage(Path.of(URI.create(place).getPath()), new Disk());
    }
    return Uris.isUri(place)
        ? HadoopRunStorage.open(place)
        : new LocalRunStorage(Path.of(place), new Disk());
  }

  /** For people. */
  String place();

  /** Makes the folder and those above it; false if it was there. */
  boolean make() throws IOException;

  /** Whether it is there and no folder. */
  boolean isFile() throws IOException;

  /** Takes the folder for this process until it is closed. */
  RunLock lock() throws IOException;

  Optional<byte[]> read(String name) throws IOException;

  /** Names of the files and folders in a folder, sorted; none if it is not there. */
  List<String> list(String folder) throws IOException;

  /** Writes a file whole or not at all; durable when it returns. */
  void replace(String name, byte[] bytes) throws IOException;

  /** Writes a file that only this process's death must not lose; nothing where that costs much. */
  default void note(String name, byte[] bytes) throws IOException {}

  /** A file or an empty folder, if it is there. */
  void delete(String name) throws IOException;

  /** Opens a file, or makes it. */
  AppendFile append(String name) throws IOException;
}
