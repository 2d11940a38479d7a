package dev.gauntlet.journal;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** A file system whose files do not grow, and whose renaming replaces nothing. */
public final class NoAppendFileSystem extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("noappend:///");
  }

  @Override
  public String getScheme() {
    return "noappend";
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) {
    return false;
  }

  @Override
  public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("append");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return !exists(to) && super.rename(from, to);
  }
}
