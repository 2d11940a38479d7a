package dev.gauntlet.search;

/**
 * A point that a strategy wants trained.
 *
 * @param point in the unit cube
 * @param share of the candidate's epochs that it is to be trained up to, in (0, 1]; a point that
 *     was proposed before goes on from where it stopped
 */
record Proposal(double[] point, double share) {
  Proposal {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share " + share + "; the rule: above 0 and at most 1.");
    }
  }

  /** To be trained for all its epochs. */
  static Proposal whole(double[] point) {
    return new Proposal(point, 1);
  }
}
