package dev.gauntlet.search;

/**
 * A line of a network's table.
 *
 * @param layer what it is, such as {@code dense}
 * @param output shape of what it gives for one row, such as {@code 20} or {@code 32 x 28 x 28}:
 *     channels, height, width
 * @param parameters trainable and running values
 * @param details activation and dropout; empty without
 */
public record LayerRow(String layer, String output, long parameters, String details) {}
