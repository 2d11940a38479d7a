package dev.gauntlet;

import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.validate.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code checkpoints/} in the run folder: where trainings go on from that a strategy promotes,
 * while a search runs. On disk, so that the driver holds none of them.
 */
final class Checkpoints implements AutoCloseable {
  private final RunFolder folder;
  private final Path path;

  Checkpoints(RunFolder folder) {
    this.folder = folder;
    this.path = folder.path().resolve("checkpoints");
  }

  /** Takes the checkpoint out of a result; it replaces that of the stage before. */
  TrialResult kept(TrialResult result) {
    byte[] checkpoint = result.outcome().checkpoint();
    String name = name(result.candidate(), result.index());
    if (checkpoint == null) {
      delete(List.of(path.resolve(name)));
      return result;
    }
    folder.write("checkpoints/" + name, checkpoint);
    return result.stripped();
  }

  /** Null if there is none: a training then begins anew, to the same weights. */
  byte[] read(int candidate, int repeat) {
    Path file = path.resolve(name(candidate, repeat));
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Those of other candidates are not needed any more. */
  void keepOnly(Set<Integer> candidates) {
    delete(
        files().stream()
            .filter(file -> !candidates.contains(candidate(file.getFileName().toString())))
            .toList());
  }

  /** What cannot be deleted stays: no run fails for it. */
  @Override
  public void close() {
    try {
      delete(files());
      delete(List.of(path));
    } catch (UncheckedIOException e) {
      // The leaderboard is there.
    }
  }

  private static String name(int candidate, int repeat) {
    return candidate + "-" + repeat + ".bin";
  }

  private static int candidate(String name) {
    return Integer.parseInt(name.substring(0, name.indexOf('-')));
  }

  private List<Path> files() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (var files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".bin")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static void delete(List<Path> files) {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + files, e);
    }
  }
}
