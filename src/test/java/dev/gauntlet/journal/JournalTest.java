package dev.gauntlet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.ValidateConfig.Baseline;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialResult.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final MemoryStorage storage = new MemoryStorage(new byte[0]);

  private static byte[] sample(int trials) throws IOException {
    var storage = new MemoryStorage(new byte[0]);
    try (Journal journal = storage.journal(Samples.HEADER)) {
      for (int id = 0; id < trials; id++) {
        journal.append(Samples.trial(id), Samples.result(Samples.trial(id)));
      }
    }
    return storage.journal();
  }

  private static String lines(byte[] journal) {
    return new String(journal, StandardCharsets.UTF_8);
  }

  @Test
  void append_allKinds_areFoundNowAndAfterReopening() throws IOException {
    Trial search = Samples.trial(3);
    Trial last = Samples.mixed(4);
    try (Journal journal = storage.journal(Samples.HEADER)) {
      assertThat(journal.trials()).isZero();
      assertThat(journal.find(search)).isEmpty();
      assertThat(journal.append(search, Samples.result(search))).isEqualTo(Samples.result(search));
      journal.append(last, Samples.result(last));
      journal.append(Samples.baseline(2));
      journal.mark("end", Map.of("cause", "max-time"));
      requireAll(journal, search, last);
      assertThat(journal.trials()).isZero();
    }

    try (Journal journal = storage.journal(Samples.HEADER)) {
      assertThat(journal.trials()).isEqualTo(3);
      assertThat(journal.notes()).isEmpty();
      requireAll(journal, search, last);
    }
    assertThat(lines(storage.journal()).lines()).hasSize(5);
    assertThat(lines(storage.journal()))
        .matches("(?s)\\{\"crc\":\"[0-9a-f]{8}\",\"seq\":0,\"header\":.*\\{\"crc\".*\n");
  }

  private static void requireAll(Journal journal, Trial search, Trial last) {
    assertThat(journal.find(search)).hasValue(Samples.result(search));
    assertThat(journal.find(last).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(Samples.result(last).stripped());
    assertThat(journal.find(Samples.baseline(2).trial())).hasValue(Samples.baseline(2));
    assertThat(journal.find(new BaselineTrial(Samples.baseline(2).trial().baseline(), 1)))
        .isEmpty();
    assertThat(journal.marked("end")).hasValue(Map.of("cause", "max-time"));
    assertThat(journal.marked("start")).isEmpty();
  }

  @Test
  void find_otherTrialsAndCandidates_isEmpty() throws IOException {
    Trial trial = Samples.trial(0);
    Journal journal = storage.journal(Samples.HEADER);
    journal.append(trial, Samples.result(trial));

    assertThat(journal.find(trial)).isPresent();
    assertThat(journal.find(Samples.trial(1))).isEmpty();
    assertThat(journal.find(new Trial(Kind.FOLD, trial.candidate(), 0))).isEmpty();
    assertThat(journal.find(new Trial(Kind.SEARCH, trial.candidate(), 1))).isEmpty();
    for (String other :
        List.of(
            "space.network.units=21",
            "space.optimizer.learning-rate=0.02",
            "space.training.batch-size=33",
            "space.training.early-stopping={patience: 2}")) {
      var candidate = TestSpaces.candidate(2, 2, other);
      assertThat(journal.find(new Trial(Kind.SEARCH, candidate, 0))).as(other).isEmpty();
    }
  }

  /** What goes on from a checkpoint is the same trial, and the checkpoint is not written. */
  @Test
  void append_checkpoint_isStrippedAndNoPartOfTheKey() throws IOException {
    Trial trial = Samples.trial(0).from(new byte[] {1, 2, 3});
    var outcome = new Outcome(null, 0.5, 7, 5, new byte[5000], null, null);
    var result =
        new TrialResult(Kind.SEARCH, 0, 0, trial.until(), "dl4j", "cpu", outcome, 1, "host", "");
    Journal journal = storage.journal(Samples.HEADER);

    assertThat(journal.append(trial, result)).isEqualTo(result.stripped());

    assertThat(journal.find(Samples.trial(0))).hasValue(result.stripped());
    assertThat(storage.journal()).hasSizeLessThan(1500);
  }

  @Test
  void append_sameTrialTwice_isRefused() throws IOException {
    Journal journal = storage.journal(Samples.HEADER);
    journal.append(Samples.trial(0), Samples.result(Samples.trial(0)));
    journal.append(Samples.baseline(1));
    byte[] before = storage.journal();

    assertThatThrownBy(() -> journal.append(Samples.trial(0), Samples.result(Samples.trial(0))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("candidate 0")
        .hasMessageEndingWith("is in runs/x/journal.jsonl already");
    assertThatThrownBy(() -> journal.append(Samples.baseline(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(storage.journal()).isEqualTo(before);
  }

  /** What broke may be tried again; what has no score, and what went well, may not. */
  @Test
  void retryFailed_broken_isNotFoundAndMayBeReplaced() throws IOException {
    Trial broken = Samples.trial(0);
    Trial fine = Samples.trial(1);
    var trial = new BaselineTrial(Baseline.MAJORITY, 0);
    Journal first = storage.journal(Samples.HEADER);
    first.append(broken, TrialResult.failed(broken, "out of memory"));
    first.append(fine, Samples.result(fine));
    first.append(BaselineTrialResult.failed(trial, "out of memory"));

    Journal second = storage.journal(Samples.HEADER);
    assertThat(second.find(broken)).isPresent();
    assertThat(second.find(trial)).isPresent();
    second.retryFailed();
    assertThat(second.find(broken)).isEmpty();
    assertThat(second.find(fine)).isPresent();
    assertThat(second.find(trial)).isEmpty();
    second.append(broken, Samples.result(broken));
    second.append(new BaselineTrialResult(trial, null, 0.5, Map.of(), 1));

    Journal third = storage.journal(Samples.HEADER);
    third.retryFailed();
    assertThat(third.find(broken).orElseThrow().failed()).isFalse();
    assertThat(third.find(trial).orElseThrow().score()).isEqualTo(0.5);
    assertThatThrownBy(() -> third.append(BaselineTrialResult.failed(trial, "again")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void open_trialTwice_isAnError() throws IOException {
    Journal journal = storage.journal(Samples.HEADER);
    journal.append(Samples.baseline(1));
    List<String> lines = lines(storage.journal()).lines().toList();
    String again = lines.get(1).replace("\"seq\":1", "\"seq\":2").substring(17);
    byte[] json = again.getBytes(StandardCharsets.UTF_8);
    String line = "{\"crc\":\"" + JournalLine.crc(json, 0, json.length) + "\"" + again + "\n";
    byte[] twice = (lines(storage.journal()) + line).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> new MemoryStorage(twice).journal(Samples.HEADER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is there twice; nothing was changed. Maybe");
  }

  @Test
  void find_modelGoneOrChanged_isEmptyAndSaidAndMadeAgain() throws IOException {
    Trial last = Samples.mixed(4);
    for (String name : List.of("models/candidate-4.zip", "evaluation/candidate-4.csv")) {
      for (boolean gone : new boolean[] {true, false}) {
        var damaged = new MemoryStorage(new byte[0]);
        damaged.journal(Samples.HEADER).append(last, Samples.result(last));
        byte[] bytes = damaged.files.get(name).clone();
        bytes[7] ^= 1;
        damaged.files.put(name, gone ? null : bytes);
        damaged.files.values().removeIf(content -> content == null);

        try (Journal journal = damaged.journal(Samples.HEADER)) {
          assertThat(journal.find(last)).isEmpty();
          assertThat(journal.notes())
              .containsExactly("runs/x/" + name + " is gone or was changed: it is made again.");
          journal.append(last, Samples.result(last));
          assertThat(journal.find(last)).isPresent();
        }
        Journal journal = damaged.journal(Samples.HEADER);
        assertThat(journal.find(last)).isPresent();
        assertThat(journal.trials()).isEqualTo(1);
        assertThatThrownBy(() -> journal.append(last, Samples.result(last)))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void open_cutAtEveryByte_recoversAllWholeRecords() throws IOException {
    byte[] whole = sample(12);
    int recovered = 0;
    int torn = 0;
    for (int size = 0; size <= whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      var damaged = new MemoryStorage(cut);
      int records = (int) lines(cut).chars().filter(c -> c == '\n').count();
      int end = lines(cut).lastIndexOf('\n') + 1;

      Journal journal = damaged.journal(Samples.HEADER);

      assertThat(journal.trials()).isEqualTo(Math.max(0, records - 1));
      assertThat(journal.notes()).hasSize(end == size ? 0 : 1);
      if (end < size) {
        assertThat(journal.notes().get(0))
            .isEqualTo(
                "The last line of runs/x/journal.jsonl was torn (%d byte%s, written when the"
                        .formatted(size - end, size - end == 1 ? "" : "s")
                    + " process died) and was cut.");
        torn++;
      }
      // The next record stands where it belongs.
      journal.append(Samples.trial(100), Samples.result(Samples.trial(100)));
      Journal again = damaged.journal(Samples.HEADER);
      assertThat(again.trials()).isEqualTo(Math.max(0, records - 1) + 1);
      assertThat(again.notes()).isEmpty();
      recovered++;
    }
    assertThat(recovered).isEqualTo(whole.length + 1).isGreaterThan(3000);
    assertThat(torn).isEqualTo(whole.length - 13);
  }

  @Test
  void of_everyBitFlipped_isDetectedOrTornAtTheEndOnly() throws IOException {
    byte[] whole = sample(12);
    String text = lines(whole);
    int last = text.lastIndexOf('\n', whole.length - 2) + 1;
    int detected = 0;
    int torn = 0;
    int breaks = 0;
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      breaks += bit / 8 >= last && flipped[bit / 8] == '\n' ? 1 : 0;
      try {
        JournalContent content = JournalContent.of("j", flipped);
        assertThat(content.entries()).hasSize(12);
        assertThat(content.whole()).isEqualTo(last);
        assertThat(content.torn()).isEqualTo(whole.length - last);
        torn++;
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageContaining("j:").hasMessageContaining("nothing was changed. Maybe");
        detected++;
      }
    }
    // A flip that breaks the last line in two leaves damage in the middle.
    assertThat(torn).isEqualTo(8 * (whole.length - last) - breaks);
    assertThat(detected).isEqualTo(8 * last + breaks);
  }

  @Test
  void open_damageInTheMiddle_namesLineAndChangesNothing() throws IOException {
    byte[] damaged = sample(3);
    int second = lines(damaged).indexOf('\n') + 30;
    damaged[second] ^= 1;
    var storage = new MemoryStorage(damaged.clone());

    assertThatThrownBy(() -> storage.journal(Samples.HEADER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "runs/x/journal.jsonl:2: damaged, its CRC-32C is wrong; nothing was changed. Maybe copy"
                + " the file back from a backup, or --fresh starts over in a new folder.");
    assertThat(storage.journal()).isEqualTo(damaged);
  }

  @Test
  void of_linesGoneTwiceOrSwapped_isDetected() throws IOException {
    List<String> lines = lines(sample(3)).lines().map(line -> line + "\n").toList();
    int[][] orders = {{0, 2, 3}, {0, 1, 3}, {0, 1, 1, 2, 3}, {0, 2, 1, 3}, {1, 2, 3}, {0, 1, 2, 2}};
    for (int[] order : orders) {
      String text = String.join("", Arrays.stream(order).mapToObj(lines::get).toList());
      assertThatThrownBy(() -> JournalContent.of("j", text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageMatching("j:[1-5]: record [0-9] where record [0-9] belongs; .*");
    }
  }

  /** What a file system leaves that made the file longer and did not write what is in it. */
  @Test
  void open_zerosAtTheEnd_areCut() throws IOException {
    byte[] whole = sample(2);
    Journal journal =
        new MemoryStorage(Arrays.copyOf(whole, whole.length + 4096)).journal(Samples.HEADER);

    assertThat(journal.trials()).isEqualTo(2);
    assertThat(journal.notes()).singleElement().asString().contains("(4096 bytes,");
  }

  @Test
  void open_otherSearch_isRefusedWithAllDifferences() throws IOException {
    var there = new HashMap<String, Object>(Map.of("seed", 1, "x", List.of(1, 0.5), "gone", "a"));
    there.put("space", Map.of("rate", Map.of("max", 0.3, "min", 0.1)));
    storage.journal(Samples.header(there));
    byte[] before = storage.journal();
    var here = new HashMap<String, Object>(Map.of("seed", 1, "x", List.of(1, 0.25)));
    here.put("space", Map.of("rate", Map.of("max", 0.5, "min", 0.1)));

    assertThatThrownBy(() -> storage.journal(new Header(Header.FORMAT, "2.0", "def", here)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "runs/x holds another search: it is of Gauntlet 1.0, and this is 2.0;"
                + " the data has changed (fingerprint abc there, def here); ")
        .hasMessageContaining("; space.rate.max is 0.3 there and 0.5 here")
        .hasMessageContaining("; x is [1,0.5] there and [1,0.25] here")
        .hasMessageContaining("; gone is a there and absent here")
        .hasMessageNotContaining("seed")
        .hasMessageNotContaining("min")
        .hasMessageEndingWith(
            ". Maybe --fresh starts over in a new folder, or another name: or --output.");
    assertThat(storage.journal()).isEqualTo(before);
  }

  @Test
  void open_largerBudgetsAndOtherPlaces_goOnAndAreWrittenDown() throws IOException {
    String yaml = TestSpaces.CONDITIONAL;
    Header first = Header.of("1.0", "abc", TestSpaces.config(yaml));
    Header more =
        Header.of(
            "1.0",
            "abc",
            TestSpaces.config(
                yaml,
                "search.candidates=99",
                "search.max-time=2h",
                "search.max-trials=500",
                "search.max-epochs=500",
                "validate.winners=5",
                "run.slots=7",
                "data.path=elsewhere/x.csv",
                "data.cache=false"));
    storage.journal(first).append(Samples.trial(0), Samples.result(Samples.trial(0)));

    assertThat(storage.journal(more).trials()).isEqualTo(1);
    assertThat(storage.journal(more).notes()).isEmpty();

    assertThat(lines(storage.journal()).lines()).hasSize(3);
    assertThat(lines(storage.journal()).lines().toList().get(2)).contains("\"candidates\":99");
    Header other = Header.of("1.0", "abc", TestSpaces.config(yaml, "search.metric=f1", "seed=9"));
    assertThatThrownBy(() -> storage.journal(other))
        .hasMessageContaining("seed is 1 there and 9 here")
        .hasMessageContaining("search.metric is accuracy there and f1 here");
  }

  @Test
  void open_otherFormat_isRefused() throws IOException {
    storage.journal(new Header(Header.FORMAT + 1, "1.0", "abc", Map.of()));

    assertThatThrownBy(() -> storage.journal(Samples.HEADER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its journal has format 3, and this version writes 2");
  }
}
