package dev.gauntlet.journal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run folder in memory. */
final class MemoryStorage implements RunStorage {
  final Map<String, byte[]> files = new HashMap<>();

  MemoryStorage(byte[] journal) {
    files.put(Journal.FILE, journal);
  }

  Journal journal(Header header) throws java.io.IOException {
    return Journal.open(RunFolder.open(this), header);
  }

  byte[] journal() {
    return files.get(Journal.FILE);
  }

  @Override
  public String place() {
    return "runs/x";
  }

  @Override
  public boolean make() {
    return true;
  }

  @Override
  public boolean isFile() {
    return false;
  }

  @Override
  public RunLock lock() {
    return () -> {};
  }

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(files.get(name));
  }

  @Override
  public List<String> list(String folder) {
    return List.copyOf(files.keySet());
  }

  @Override
  public void replace(String name, byte[] bytes) {
    files.put(name, bytes);
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public AppendFile append(String name) {
    files.putIfAbsent(name, new byte[0]);
    return new AppendFile() {
      @Override
      public byte[] readAll() {
        return files.get(name).clone();
      }

      @Override
      public void truncate(long size) {
        files.put(name, Arrays.copyOf(files.get(name), (int) size));
      }

      @Override
      public void write(byte[] bytes) {
        byte[] all = Arrays.copyOf(files.get(name), files.get(name).length + bytes.length);
        System.arraycopy(bytes, 0, all, all.length - bytes.length, bytes.length);
        files.put(name, all);
      }

      @Override
      public void force() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
