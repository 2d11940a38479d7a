package dev.gauntlet.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A disk that is full after some bytes, or loses its power after some steps. It knows what is
 * durable by then: contents of files and names in folders as they were forced last.
 */
final class FaultyDisk extends Disk {
  /** A file, or a folder of what is in it. */
  private static final class Node {
    Map<String, Node> names;
    Map<String, Node> durableNames;
    byte[] durable = {};

    static Node folder() {
      var node = new Node();
      node.names = new HashMap<>();
      node.durableNames = Map.of();
      return node;
    }
  }

  private final Path top;
  private final Node root = Node.folder();
  long room = Long.MAX_VALUE;
  int stepsLeft = Integer.MAX_VALUE;
  long written;

  /**
   * @param top a folder that is there
   */
  FaultyDisk(Path top) {
    this.top = top.toAbsolutePath();
  }

  private Node node(Path path) {
    Node node = root;
    for (Path name : top.relativize(path.toAbsolutePath())) {
      node = name.toString().isEmpty() ? node : node.names.get(name.toString());
    }
    return node;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  boolean isOff() {
    return stepsLeft <= 0;
  }

  /** The step that fails has half its effect, if it is a write. */
  private boolean isLastStep() throws IOException {
    if (isOff()) {
      throw new IOException("no power");
    }
    return --stepsLeft == 0;
  }

  private void step() throws IOException {
    if (isLastStep()) {
      throw new IOException("no power");
    }
  }

  @Override
  FileChannel open(Path path, OpenOption... options) throws IOException {
    step();
    FileChannel channel = super.open(path, options);
    if (Files.isDirectory(path)) {
      return new Channel(channel, path, node(path));
    }
    Node node = node(path.getParent()).names.computeIfAbsent(name(path), name -> new Node());
    return new Channel(channel, path, node);
  }

  @Override
  void move(Path from, Path to) throws IOException {
    step();
    super.move(from, to);
    Node node = node(from.getParent()).names.remove(name(from));
    node(to.getParent()).names.put(name(to), node);
  }

  @Override
  void createFolder(Path path) throws IOException {
    step();
    super.createFolder(path);
    node(path.getParent()).names.put(name(path), Node.folder());
  }

  /** Writes what is durable below another folder. */
  void restore(Path target) throws IOException {
    restore(root, target);
  }

  private static void restore(Node node, Path target) throws IOException {
    if (node.names == null) {
      Files.write(target, node.durable);
      return;
    }
    Files.createDirectories(target);
    for (var entry : node.durableNames.entrySet()) {
      restore(entry.getValue(), target.resolve(entry.getKey()));
    }
  }

  private final class Channel extends ForwardingChannel {
    private final Path path;
    private final Node node;

    Channel(FileChannel channel, Path path, Node node) {
      super(channel);
      this.path = path;
      this.node = node;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int size = bytes.remaining();
      boolean last = isLastStep();
      int fits = (int) Math.min(last ? size / 2 : size, room);
      ByteBuffer part = bytes.slice(bytes.position(), fits);
      written += fits;
      room -= fits;
      while (part.hasRemaining()) {
        super.write(part);
      }
      if (fits < size) {
        throw new IOException(last ? "no power" : "No space left on device");
      }
      bytes.position(bytes.limit());
      return size;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      step();
      return super.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      step();
      if (node.names != null) {
        node.durableNames = Map.copyOf(node.names);
      } else {
        node.durable = Files.readAllBytes(path);
      }
    }
  }
}
