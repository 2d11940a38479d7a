package dev.gauntlet.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A run folder on this machine. */
final class LocalRunStorage implements RunStorage {
  private final Path folder;
  private final Disk disk;

  LocalRunStorage(Path folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  @Override
  public String place() {
    return folder.toString();
  }

  @Override
  public boolean make() throws IOException {
    return make(folder.toAbsolutePath());
  }

  private boolean make(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return false;
    }
    if (path.getParent() != null) {
      make(path.getParent());
    }
    try {
      disk.createFolder(path);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    forceFolder(path.getParent());
    return true;
  }

  @Override
  public boolean isFile() {
    return Files.exists(folder) && !Files.isDirectory(folder);
  }

  @Override
  public RunLock lock() throws IOException {
    return LocalRunLock.take(folder);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> list(String name) throws IOException {
    Path path = folder.resolve(name);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (var files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public void replace(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    make(file.getParent().toAbsolutePath());
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try (var out = new LocalAppendFile(disk.open(temporary, CREATE, TRUNCATE_EXISTING, WRITE))) {
      out.write(bytes);
      out.force();
    }
    disk.move(temporary, file);
    forceFolder(file.getParent());
  }

  @Override
  public void note(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public AppendFile append(String name) throws IOException {
    Path file = folder.resolve(name);
    make(file.getParent().toAbsolutePath());
    FileChannel channel = disk.open(file, CREATE, READ, WRITE);
    forceFolder(file.getParent());
    return new LocalAppendFile(channel);
  }

  /** So that names in it are durable; Windows has no such thing. */
  private void forceFolder(Path path) throws IOException {
    if (File.separatorChar == '/') {
      try (FileChannel channel = disk.open(path, READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() {}
}
