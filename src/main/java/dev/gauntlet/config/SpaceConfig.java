package dev.gauntlet.config;

import java.io.Serializable;

/**
 * The search space. In a point of it every {@link Range} is fixed.
 *
 * @param optimizer one of several, each with ranges of its own
 */
public record SpaceConfig(
    NetworkConfig network, Range<OptimizerConfig> optimizer, @Default("{}") TrainingConfig training)
    implements Serializable {}
