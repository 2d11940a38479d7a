package dev.gauntlet.data.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** One of Hadoop's file systems. Its files are staged: copied to this machine to be read. */
final class HadoopStorage implements Storage, AutoCloseable {
  private final FileSystem files;
  private final Staging staging;

  /** Why it cannot be reached; null as long as it can. Nobody waits twice for the same server. */
  private IOException unreachable;

  private HadoopStorage(FileSystem files, Staging staging) {
    this.files = files;
    this.staging = staging;
  }

  /** Has a client of its own, not the one that Spark shares among all. */
  static HadoopStorage open(URI root, Configuration configuration, Staging staging)
      throws IOException {
    return call(
        root, () -> new HadoopStorage(FileSystem.newInstance(root, configuration), staging));
  }

  private interface Call<T> {
    T get() throws IOException;
  }

  /** Connectors throw what they like. */
  private static <T> T call(URI place, Call<T> call) throws IOException {
    try {
      return call.get();
    } catch (IOException | RuntimeException | LinkageError e) {
      throw HadoopFailures.explained(place, e);
    }
  }

  private <T> T call(Call<T> call) throws IOException {
    if (unreachable != null) {
      throw unreachable;
    }
    try {
      return call(files.getUri(), call);
    } catch (IOException e) {
      if (HadoopFailures.isUnreachable(e)) {
        unreachable = e;
      }
      throw e;
    }
  }

  @Override
  public boolean isFolder(String place) throws IOException {
    return call(() -> status(place).stream().anyMatch(FileStatus::isDirectory));
  }

  @Override
  public boolean exists(String place) throws IOException {
    return call(() -> !status(place).isEmpty());
  }

  private List<FileStatus> status(String place) throws IOException {
    try {
      return List.of(files.getFileStatus(new Path(place)));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public String parent(String place) {
    Path parent = new Path(place).getParent();
    return parent == null ? place : parent.toString();
  }

  @Override
  public String child(String folder, String name) {
    return new Path(folder, name).toString();
  }

  @Override
  public String name(String place) {
    return new Path(place).getName();
  }

  @Override
  public List<String> files(String folder, Predicate<String> names) throws IOException {
    return call(
        () ->
            plain(files.listStatus(new Path(folder)))
                .filter(path -> names.test(path.getName()))
                .map(Path::toString)
                .toList());
  }

  @Override
  public List<String> glob(String pattern) throws IOException {
    return call(
        () -> {
          FileStatus[] found = files.globStatus(new Path(pattern));
          return found == null ? List.<String>of() : plain(found).map(Path::toString).toList();
        });
  }

  private static Stream<Path> plain(FileStatus[] found) {
    return Arrays.stream(found).filter(FileStatus::isFile).map(FileStatus::getPath).sorted();
  }

  @Override
  public SourceFile fetch(String place) throws IOException {
    return call(() -> staging.stage(files, new Path(place)));
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      // What was read is here; a client that does not close well loses nothing.
    }
  }
}
