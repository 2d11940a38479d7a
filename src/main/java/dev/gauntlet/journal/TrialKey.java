package dev.gauntlet.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.journal.JournalEntry.Finished;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a result is found by.
 *
 * @param digest of the candidate, so that it is the same network, trained in the same way
 */
record TrialKey(Trial.Kind kind, int candidate, int index, int until, String digest) {

  private static final ObjectWriter IN_ORDER =
      JournalJson.MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  static TrialKey of(Trial trial) {
    return new TrialKey(
        trial.kind(),
        trial.candidate().id(),
        trial.index(),
        trial.until(),
        digest(trial.candidate()));
  }

  static TrialKey of(Finished trial) {
    TrialResult result = trial.result();
    return new TrialKey(
        result.kind(), result.candidate(), result.index(), result.until(), trial.digest());
  }

  /** Half of a SHA-256: of its point, which has the plan too, its network, and why it has none. */
  private static String digest(Candidate candidate) {
    Object[] parts = {
      ConfigWriter.tree(candidate.point()),
      candidate.chosen(),
      candidate.network(),
      candidate.invalid()
    };
    try {
      byte[] json = IN_ORDER.writeValueAsBytes(parts);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
      return HexFormat.of().formatHex(Arrays.copyOf(hash, hash.length / 2));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "the trial ("
        + kind
        + ", candidate "
        + candidate
        + ", index "
        + index
        + ", until "
        + until
        + ")";
  }
}
