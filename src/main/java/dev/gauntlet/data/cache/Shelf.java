package dev.gauntlet.data.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Entries, which are folders, in a folder that several processes share. An entry comes and goes in
 * one step, by being renamed from and to a temporary name.
 *
 * @param limit in bytes: past it the entries that were not used for longest are removed
 */
record Shelf(Path folder, long limit) {
  private static final String TEMPORARY = ".temporary-";

  /** What is left of a process that died; no table takes that long to write. */
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);

  /** Writes the files of an entry to a folder. */
  interface Content {
    void writeTo(Path folder) throws IOException;
  }

  private record Entry(Path path, long size, FileTime used) {

    static Entry of(Path path) throws IOException {
      long size = 0;
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.toList()) {
          size += Files.size(file);
        }
      }
      return new Entry(path, size, Files.getLastModifiedTime(path));
    }

    boolean temporary() {
      return path.getFileName().toString().startsWith(TEMPORARY);
    }

    boolean leftBehind() {
      return temporary() && used.toInstant().isBefore(Instant.now().minus(LEFT_BEHIND));
    }
  }

  Path entry(String key) {
    return folder.resolve(key);
  }

  /** Adds an entry; one that another process has added meanwhile is as good. */
  void add(String key, Content content) throws IOException {
    Path temporary = Files.createDirectory(temporary());
    try {
      content.writeTo(temporary);
      force(temporary);
      Files.move(temporary, entry(key), StandardCopyOption.ATOMIC_MOVE);
      force(folder);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(entry(key))) {
        throw e;
      }
    } finally {
      delete(temporary);
    }
    evict(entry(key));
  }

  /** Where the system lets a folder be forced to disk. */
  private static void force(Path folder) {
    try (var channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows has no such thing, and needs none.
    }
  }

  void remove(String key) throws IOException {
    remove(entry(key));
  }

  /** Of two processes that remove an entry one does. */
  private void remove(Path entry) throws IOException {
    Path temporary = temporary();
    try {
      Files.move(entry, temporary, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return;
    }
    delete(temporary);
  }

  /** An entry that is used is kept longer. */
  void touch(String key) {
    try {
      Files.setLastModifiedTime(entry(key), FileTime.from(Instant.now()));
    } catch (IOException e) {
      // It may be someone else's, or gone: then it is not kept longer.
    }
  }

  private Path temporary() {
    return folder.resolve(TEMPORARY + UUID.randomUUID());
  }

  private void evict(Path newest) throws IOException {
    List<Entry> entries = entries();
    entries.sort(Comparator.comparing(Entry::used));
    long total = entries.stream().filter(e -> !e.temporary()).mapToLong(Entry::size).sum();
    for (Entry entry : entries) {
      boolean over = !entry.temporary() && total > limit && !entry.path.equals(newest);
      if (over || entry.leftBehind()) {
        total -= over ? entry.size : 0;
        remove(entry.path);
      }
    }
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.filter(Files::isDirectory).toList()) {
        try {
          entries.add(Entry.of(path));
        } catch (NoSuchFileException e) {
          // Another process removes it.
        }
      }
    }
    return entries;
  }

  /** A folder with files in it; nothing if it is gone. */
  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(folder);
  }
}
