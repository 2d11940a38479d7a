package dev.gauntlet.config;

import java.io.Serializable;

/**
 * How the search is run; nothing here changes its results.
 *
 * @param slots trials at a time; 0 (auto): as many as Spark has cores
 * @param engine what trains a network
 */
public record RunConfig(
    @Default("auto") @ZeroWord("auto") @Bounds(min = 1, max = 100_000) int slots,
    @Default("auto") EngineChoice engine)
    implements Serializable {

  /** What trains a network. */
  public enum EngineChoice {
    /** The fastest one that supports the candidate. */
    AUTO,
    /** DL4J on ND4J's CPU backend. */
    DL4J
  }
}
