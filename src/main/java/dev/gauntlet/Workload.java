package dev.gauntlet;

import dev.gauntlet.config.Range;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.Spending;

/**
 * The trainings of a whole run. Which candidates win is not known before it, so the gauntlet's
 * numbers are those of winners with the most epochs of the space.
 *
 * @param search trainings in the search
 * @param folds of winners in cross-validation
 * @param last of winners, to be tested and saved
 * @param extra of winners without dropout, for Monte Carlo dropout
 */
public record Workload(Part search, Part folds, Part last, Part extra) {

  /**
   * Trainings of one kind.
   *
   * @param epochs planned, in all of them, where none stops early
   * @param longest epochs of the longest training; where rounds wait for one another, in sum over
   *     rounds
   */
  public record Part(long trainings, long epochs, long longest) {
    /** Winners of so many epochs, each so many times. */
    static Part of(long winners, int epochs, int each) {
      return new Part(winners * each, winners * each * epochs, winners > 0 ? epochs : 0);
    }

    Part plus(Part other) {
      return new Part(trainings + other.trainings, epochs + other.epochs, longest + other.longest);
    }
  }

  /** Of a run of this search. */
  public static Workload of(Gauntlet gauntlet) {
    Spending search = gauntlet.planned();
    SearchConfig config = gauntlet.experiment().config();
    int epochs = Range.largest(config.space().training().epochs());
    long winners = Math.min(config.validate().winners(), search.candidates());
    boolean extra =
        config.validate().mcDropout().passes() > 0
            && !gauntlet.samples().stream().allMatch(Candidate::hasDropout);
    return new Workload(
        new Part(search.trials(), search.epochs(), search.longest()),
        Part.of(winners, epochs, config.validate().trainings()),
        Part.of(winners, epochs, 1),
        Part.of(extra ? winners : 0, epochs, 1));
  }

  /** All of them. */
  public Part total() {
    return search.plus(folds).plus(last).plus(extra);
  }
}
