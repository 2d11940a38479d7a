package dev.gauntlet.data.files;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files of this machine, or those of one of Hadoop's file systems. The message of every
 * exception says what the user must know, without a full stop.
 */
interface Storage {

  boolean isFolder(String place) throws IOException;

  boolean exists(String place) throws IOException;

  String parent(String place);

  String child(String folder, String name);

  /** The last name of a place. */
  String name(String place);

  /** The plain files of a folder whose names pass, sorted. */
  List<String> files(String folder, Predicate<String> names) throws IOException;

  /** The plain files that a pattern matches, sorted. */
  List<String> glob(String pattern) throws IOException;

  /** A file or folder, brought to this machine if it is not here. */
  SourceFile fetch(String place) throws IOException;
}
