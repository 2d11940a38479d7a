package dev.gauntlet.validate;

import dev.gauntlet.config.ValidateConfig;

/**
 * One fit of a baseline.
 *
 * @param fold from 0; {@link #SEARCH} for the rows of the search
 */
public record BaselineTrial(ValidateConfig.Baseline baseline, int fold) {
  /** Fitted to the training rows, scored on the validation rows. */
  public static final int SEARCH = -1;
}
