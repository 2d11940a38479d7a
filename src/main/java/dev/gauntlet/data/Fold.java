package dev.gauntlet.data;

import java.io.Serializable;

/**
 * One fold of a cross-validation.
 *
 * @param training rows that are trained on, ascending
 * @param heldOut rows that are scored, ascending; none of them in {@code training}
 */
public record Fold(int[] training, int[] heldOut) implements Serializable {}
