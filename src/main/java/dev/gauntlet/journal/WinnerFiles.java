package dev.gauntlet.journal;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the run folder holds of each winner; models and tables of test rows are the journal's. */
public final class WinnerFiles {
  private static final String MODELS = "models";
  private static final String EVALUATION = "evaluation";
  private static final Pattern NAME = Pattern.compile("candidate-([0-9]{1,9})\\..+");

  private WinnerFiles() {}

  /** Its model, a DL4J model file. */
  static String model(int candidate) {
    return name(MODELS, candidate, "zip");
  }

  /** What goes into its model, and comes out. */
  public static String description(int candidate) {
    return name(MODELS, candidate, "json");
  }

  /** The table of its test rows. */
  static String rows(int candidate) {
    return name(EVALUATION, candidate, "csv");
  }

  /** All that was measured on the test rows. */
  public static String measured(int candidate) {
    return name(EVALUATION, candidate, "json");
  }

  private static String name(String folder, int candidate, String extension) {
    return folder + "/candidate-" + candidate + "." + extension;
  }

  /** Deletes those of other candidates, which were winners while the search was smaller. */
  public static void keepOnly(RunFolder run, Set<Integer> candidates) {
    for (String folder : List.of(MODELS, EVALUATION)) {
      for (String file : run.list(folder)) {
        Matcher form = NAME.matcher(file);
        if (form.matches() && !candidates.contains(Integer.parseInt(form.group(1)))) {
          run.delete(folder + "/" + file);
        }
      }
    }
  }
}
