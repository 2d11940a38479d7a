package dev.gauntlet;

import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.validate.Experiment;
import java.util.Comparator;
import java.util.List;

/**
 * The trainings of a whole run. Which candidates win is not known before it, so the gauntlet's
 * numbers are those of the winners that would train longest.
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
   */
  public record Part(long trainings, long epochs) {
    static Part of(List<Candidate> candidates, int each) {
      long epochs = candidates.stream().mapToLong(candidate -> candidate.plan().epochs()).sum();
      return new Part((long) candidates.size() * each, epochs * each);
    }

    Part plus(Part other) {
      return new Part(trainings + other.trainings, epochs + other.epochs);
    }
  }

  /** Of a run of this search. */
  public static Workload of(Gauntlet gauntlet) {
    return of(gauntlet.experiment(), gauntlet.candidates());
  }

  static Workload of(Experiment experiment, List<Candidate> candidates) {
    ValidateConfig validate = experiment.config().validate();
    List<Candidate> dry = candidates.stream().filter(Workload::withoutDropout).toList();
    List<Candidate> winners = longest(candidates, validate.winners());
    boolean measured = validate.mcDropout().passes() > 0;
    return new Workload(
        Part.of(candidates, experiment.config().search().repeats()),
        Part.of(winners, experiment.folds().size()),
        Part.of(winners, 1),
        Part.of(measured ? longest(dry, validate.winners()) : List.of(), 1));
  }

  private static boolean withoutDropout(Candidate candidate) {
    return !candidate.point().network().hasDropout();
  }

  private static List<Candidate> longest(List<Candidate> candidates, int count) {
    return candidates.stream()
        .sorted(Comparator.comparing((Candidate candidate) -> -candidate.plan().epochs()))
        .limit(count)
        .toList();
  }

  /** All of them. */
  public Part total() {
    return search.plus(folds).plus(last).plus(extra);
  }
}
