package dev.gauntlet.spark;

import java.io.Serializable;

/**
 * Successive rows on their way to the driver, without an object per value.
 *
 * @param numbers row after row; NaN for none
 * @param codes row after row, places in {@code words}; -1 for none
 * @param words that occur
 * @param times one per row, or none at all; NaN for none
 */
record Chunk(int rows, float[] numbers, int[] codes, String[] words, double[] times)
    implements Serializable {}
