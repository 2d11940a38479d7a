/**
 * Tables, the {@link dev.gauntlet.data.Dataset}, preprocessing fitted on training rows only, splits
 * and folds. May import {@code config}.
 */
package dev.gauntlet.data;
