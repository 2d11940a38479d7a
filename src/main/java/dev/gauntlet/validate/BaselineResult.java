package dev.gauntlet.validate;

/**
 * A baseline on the rows that candidates were scored on; never on the test rows, which only winners
 * see.
 *
 * @param searchScore on the validation rows
 */
public record BaselineResult(String name, double searchScore, FoldScores folds) {}
