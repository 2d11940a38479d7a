package dev.gauntlet.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A moment in the life of a run folder at which its process dies, as of {@code kill -9}.
 *
 * @param moment {@code before}, {@code half} (of a write) or {@code after}
 * @param operation {@code write} and {@code force} of the journal, or {@code rename} of any file
 * @param count which of them, from 1
 */
public record KillPoint(String moment, String operation, int count) {
  private static final int KILLED = 137;

  /** As in {@code before-force-3}. */
  public static KillPoint of(String text) {
    String[] parts = text.split("-", -1);
    return new KillPoint(parts[0], parts[1], Integer.parseInt(parts[2]));
  }

  @Override
  public String toString() {
    return moment + "-" + operation + "-" + count;
  }

  /** A run folder on this machine in which that happens. */
  public RunFolder open(Path folder) throws IOException {
    var journal = new AtomicInteger();
    var renames = new AtomicInteger();
    var disk =
        new Disk() {
          @Override
          void move(Path from, Path to) throws IOException {
            boolean now = operation.equals("rename") && renames.incrementAndGet() == count;
            die(now && moment.equals("before"));
            super.move(from, to);
            die(now);
          }
        };
    return RunFolder.open(new Killing(new LocalRunStorage(folder, disk), this, journal));
  }

  private static void die(boolean now) {
    if (now) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private record Killing(RunStorage storage, KillPoint point, AtomicInteger done)
      implements RunStorage {
    @Override
    public String place() {
      return storage.place();
    }

    @Override
    public boolean make() throws IOException {
      return storage.make();
    }

    @Override
    public boolean isFile() throws IOException {
      return storage.isFile();
    }

    @Override
    public RunLock lock() throws IOException {
      return storage.lock();
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
      return storage.read(name);
    }

    @Override
    public List<String> list(String folder) throws IOException {
      return storage.list(folder);
    }

    @Override
    public void replace(String name, byte[] bytes) throws IOException {
      storage.replace(name, bytes);
    }

    @Override
    public void note(String name, byte[] bytes) throws IOException {
      storage.note(name, bytes);
    }

    @Override
    public void delete(String name) throws IOException {
      storage.delete(name);
    }

    @Override
    public AppendFile append(String name) throws IOException {
      return new KillingFile(storage.append(name), point, done);
    }

    @Override
    public void close() throws IOException {
      storage.close();
    }
  }

  private record KillingFile(AppendFile file, KillPoint point, AtomicInteger done)
      implements AppendFile {
    private boolean is(String operation) {
      return point.operation.equals(operation) && done.incrementAndGet() == point.count;
    }

    @Override
    public byte[] readAll() throws IOException {
      return file.readAll();
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      boolean now = is("write");
      die(now && point.moment.equals("before"));
      if (now && point.moment.equals("half")) {
        file.write(Arrays.copyOf(bytes, bytes.length / 2));
      } else {
        file.write(bytes);
      }
      die(now);
    }

    @Override
    public void force() throws IOException {
      boolean now = is("force");
      die(now && point.moment.equals("before"));
      file.force();
      die(now);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
