package dev.gauntlet.validate;

import dev.gauntlet.config.ClassWeights;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.data.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The factor of each class in the loss. */
final class ClassFactors {
  private static final String KEY = "space.training.class-weights";

  private ClassFactors() {}

  /**
   * Fitted to the training rows.
   *
   * @return one factor per class, in the order of the classes; empty without classes
   */
  static double[] of(ClassWeights weights, Rows training) {
    int[] counts = training.dataset().classCounts(training.index());
    double[] factors = new double[counts.length];
    Arrays.fill(factors, 1);
    if (weights instanceof ClassWeights.Balanced) {
      for (int c = 0; c < counts.length; c++) {
        factors[c] = counts[c] > 0 ? (double) training.size() / (counts.length * counts[c]) : 1;
      }
    } else if (weights instanceof ClassWeights.Given given) {
      List<String> classes = training.dataset().classes();
      given.weights().forEach((name, weight) -> factors[classes.indexOf(name)] = weight);
    }
    return factors;
  }

  /**
   * What only the data can tell.
   *
   * @throws InvalidInputException for weights of classes that there are not, or 0 for all
   */
  static void check(ClassWeights weights, List<String> classes) {
    if (!(weights instanceof ClassWeights.Given given)) {
      return;
    }
    Map<String, Double> named = given.weights();
    List<String> problems = new ArrayList<>();
    for (String name : named.keySet()) {
      if (!classes.contains(name)) {
        problems.add(
            KEY + ": there is no class \"" + name + "\"." + Suggestions.maybe(name, classes));
      }
    }
    if (classes.stream().allMatch(name -> named.getOrDefault(name, 1.0) == 0)) {
      problems.add(KEY + ": every class weighs 0; the rule: at least one above 0.");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
