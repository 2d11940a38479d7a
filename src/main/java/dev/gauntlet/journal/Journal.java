package dev.gauntlet.journal;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Names;
import dev.gauntlet.journal.JournalEntry.Finished;
import dev.gauntlet.journal.JournalEntry.Mark;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialResult.Saved;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code journal.jsonl}: what a run has finished, a record for each trial, durable before anything
 * depends on it. A run that died goes on from it.
 */
public final class Journal implements AutoCloseable {
  static final String FILE = "journal.jsonl";

  private final RunStorage storage;
  private final String place;
  private final AppendFile file;
  private final Map<TrialKey, Finished> trials = new HashMap<>();
  private final Map<BaselineTrial, BaselineTrialResult> baselines = new HashMap<>();
  private final Map<String, Map<String, Object>> marks = new HashMap<>();

  /** Keys of trials whose files are not there any more. */
  private final Set<TrialKey> lost = new HashSet<>();

  private final List<String> notes = new ArrayList<>();
  private int found;
  private long size;
  private long records;
  private IOException broken;
  private boolean retrying;

  private Journal(RunStorage storage, AppendFile file) {
    this.storage = storage;
    this.file = file;
    this.place = storage.place() + "/" + FILE;
  }

  /**
   * Opens the journal of a run folder, or begins it. The end of a record that a process was writing
   * when it died is cut off; {@link #notes} say so.
   *
   * @throws InvalidInputException if it is of another search, or damaged; nothing is changed then
   */
  public static Journal open(RunFolder folder, Header header) {
    try {
      AppendFile file = folder.storage().append(FILE);
      try {
        var journal = new Journal(folder.storage(), file);
        journal.recover(header);
        return journal;
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + folder.place() + "/" + FILE + ": " + e, e);
    }
  }

  private void recover(Header header) throws IOException {
    JournalContent content = JournalContent.of(place, file.readAll());
    Header last = null;
    for (JournalEntry entry : content.entries()) {
      last = entry.header() == null ? last : entry.header();
      add(entry);
    }
    if (last != null) {
      header.requireSame(last, storage.place());
    }
    cut(content);
    records = content.entries().size();
    found = trials.size() + baselines.size();
    if (!header.equals(last)) {
      append(JournalEntry.of(header));
    }
  }

  private void cut(JournalContent content) throws IOException {
    size = content.whole();
    if (content.torn() > 0) {
      file.truncate(size);
      file.force();
      notes.add(
          "The last line of "
              + place
              + " was torn ("
              + Names.count(content.torn(), "byte")
              + ", written when the process died) and was cut.");
    }
  }

  private void add(JournalEntry entry) {
    if (entry.trial() != null) {
      TrialKey key = TrialKey.of(entry.trial());
      if (trials.put(key, entry.trial()) != null && !entry.trial().again()) {
        throw twice(key);
      }
    } else if (entry.baseline() != null) {
      BaselineTrial key = entry.baseline().trial();
      BaselineTrialResult before = baselines.put(key, entry.baseline());
      if (before != null && !before.failed()) {
        throw twice(key);
      }
    } else if (entry.mark() != null) {
      marks.put(entry.mark().name(), entry.mark().values());
    }
  }

  private InvalidInputException twice(Object trial) {
    return new InvalidInputException(
        place
            + ": "
            + trial
            + " is there twice; nothing was changed. Maybe copy the file back from a backup, or"
            + " --fresh starts over in a new folder.");
  }

  /**
   * The result of a trial that was finished, as {@link #append(Trial, TrialResult)} gave it. Empty
   * if there is none, if it is of another candidate, or if its files are not there any more, which
   * {@link #notes} say.
   */
  public synchronized Optional<TrialResult> find(Trial trial) {
    TrialKey key = TrialKey.of(trial);
    Finished finished = trials.get(key);
    if (finished != null && retrying && finished.result().broke()) {
      lost.add(key);
      return Optional.empty();
    }
    if (finished == null || finished.model() == null) {
      return Optional.ofNullable(finished).map(Finished::result);
    }
    try {
      Optional<byte[]> model = finished.model().read(storage);
      Optional<byte[]> rows =
          finished.rows() == null ? Optional.empty() : finished.rows().read(storage);
      if (model.isEmpty() || (finished.rows() != null && rows.isEmpty())) {
        String name = (model.isEmpty() ? finished.model() : finished.rows()).name();
        lost.add(key);
        notes.add(storage.place() + "/" + name + " is gone or was changed: it is made again.");
        return Optional.empty();
      }
      return Optional.of(finished.result());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what " + place + " names: " + e, e);
    }
  }

  /** The result of a fit that was finished. */
  public synchronized Optional<BaselineTrialResult> find(BaselineTrial trial) {
    return Optional.ofNullable(baselines.get(trial)).filter(fit -> !retrying || !fit.failed());
  }

  /** From now on, what broke is not found, so that it is tried again. */
  public synchronized void retryFailed() {
    retrying = true;
  }

  /**
   * Adds a result, and writes what are files of their own; durable when this returns.
   *
   * @return it without what is in these files, and without its checkpoint
   * @throws UncheckedIOException if that failed; nothing can be added from then on
   */
  public synchronized TrialResult append(Trial trial, TrialResult result) {
    TrialKey key = TrialKey.of(trial);
    boolean again = lost.contains(key);
    requireNew(key, trials.containsKey(key) && !again);
    writing(
        () -> {
          Saved saved = result.outcome().saved();
          int id = result.candidate();
          var finished =
              new Finished(
                  key.digest(),
                  again,
                  result.stripped(),
                  saved == null
                      ? null
                      : StoredFile.write(storage, WinnerFiles.model(id), saved.model()),
                  saved == null
                      ? null
                      : StoredFile.write(storage, WinnerFiles.rows(id), saved.rows()));
          return JournalEntry.of(finished);
        });
    lost.remove(key);
    return result.stripped();
  }

  /** As {@link #append(Trial, TrialResult)}. */
  public synchronized void append(BaselineTrialResult result) {
    BaselineTrialResult before = baselines.get(result.trial());
    requireNew(result.trial(), before != null && !before.failed());
    writing(() -> JournalEntry.of(result));
  }

  private void requireNew(Object trial, boolean known) {
    if (known) {
      throw new IllegalStateException(trial + " is in " + place + " already");
    }
  }

  /** Adds a small record of something that happened; the last one of a name counts. */
  public synchronized void mark(String name, Map<String, Object> values) {
    writing(() -> JournalEntry.of(new Mark(name, values)));
  }

  /** The values of the last record of a name. */
  public synchronized Optional<Map<String, Object>> marked(String name) {
    return Optional.ofNullable(marks.get(name));
  }

  /** Finished trials, and fits of baselines, that it had when it was opened. */
  public int trials() {
    return found;
  }

  /** Sentences on what was not as it should be. */
  public synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  private interface Writing {
    JournalEntry get() throws IOException;
  }

  /** After a failure nothing more is written: it would be behind half a record. */
  private void writing(Writing writing) {
    if (broken != null) {
      throw new UncheckedIOException(
          "cannot write " + place + ", which broke before: " + broken, broken);
    }
    try {
      JournalEntry entry = writing.get();
      append(entry);
      add(entry);
    } catch (IOException e) {
      broken = e;
      cutBack(e);
      throw new UncheckedIOException("cannot write " + place + ": " + e, e);
    }
  }

  private void cutBack(IOException cause) {
    try {
      file.truncate(size);
      file.force();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void append(JournalEntry entry) throws IOException {
    byte[] line = JournalLine.of(entry.numbered(records));
    file.write(line);
    file.force();
    size += line.length;
    records++;
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + place + ": " + e, e);
    }
  }
}
