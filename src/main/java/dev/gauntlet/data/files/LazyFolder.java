package dev.gauntlet.data.files;

import java.io.IOException;
import java.nio.file.Path;

/** A folder that is made when something is going to be written into it. */
interface LazyFolder {
  Path get() throws IOException;
}
