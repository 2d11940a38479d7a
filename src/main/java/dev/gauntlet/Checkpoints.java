package dev.gauntlet;

import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.validate.TrialResult;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code checkpoints/} in the run folder: where trainings go on from that a strategy promotes,
 * until the run is over. On disk, so that the driver holds none of them.
 */
final class Checkpoints {
  private static final String FOLDER = "checkpoints";
  private static final Pattern NAME = Pattern.compile("([0-9]{1,9})-[0-9]{1,9}\\.bin");

  private final RunFolder folder;
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  Checkpoints(RunFolder folder) {
    this.folder = folder;
    names.addAll(folder.list(FOLDER));
  }

  /** Writes the checkpoint of a result, if it has one; it replaces that of the stage before. */
  void keep(TrialResult result) {
    byte[] checkpoint = result.outcome().checkpoint();
    if (checkpoint != null) {
      String name = name(result.candidate(), result.index());
      folder.write(FOLDER + "/" + name, checkpoint);
      names.add(name);
    }
  }

  /** Null if there is none: a training then begins anew, to the same weights. */
  byte[] read(int candidate, int repeat) {
    String name = name(candidate, repeat);
    return names.contains(name) ? folder.read(FOLDER + "/" + name).orElse(null) : null;
  }

  boolean any() {
    return !names.isEmpty();
  }

  /** Those of other candidates are not needed any more, nor is what a process left that died. */
  void keepOnly(Set<Integer> candidates) {
    for (String name : folder.list(FOLDER)) {
      Matcher form = NAME.matcher(name);
      if (!form.matches() || !candidates.contains(Integer.parseInt(form.group(1)))) {
        folder.delete(FOLDER + "/" + name);
        names.remove(name);
      }
    }
  }

  /** The run is over. */
  void deleteAll() {
    keepOnly(Set.of());
    folder.delete(FOLDER);
  }

  private static String name(int candidate, int repeat) {
    return candidate + "-" + repeat + ".bin";
  }
}
