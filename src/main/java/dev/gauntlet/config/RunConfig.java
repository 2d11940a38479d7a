package dev.gauntlet.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the search is run; nothing here changes the score of a trial.
 *
 * @param slots trials at a time; 0 (auto): as many as Spark has room for
 * @param trialsPerGpu that share a GPU where executors have some; 0 (auto): as Spark is told, else
 *     one
 * @param engine what trains a network
 * @param retries further attempts at a trial that breaks; one that has no score, such as a loss of
 *     NaN, is not tried again, because it would be the same
 * @param trialTimeout after which an attempt is given up; null for never
 * @param maxFailed candidates that may fail before the run counts as failed; null for all but one
 */
public record RunConfig(
    @Default("auto") @ZeroWord("auto") @Bounds(min = 1, max = 100_000) int slots,
    @Default("auto") @ZeroWord("auto") @Bounds(min = 1, max = 32) int trialsPerGpu,
    @Default("auto") EngineChoice engine,
    @Default("2") @Bounds(min = 0, max = 100) int retries,
    @Default("") Duration trialTimeout,
    @Default("") @Bounds(min = 0) Integer maxFailed)
    implements Serializable {

  /** What trains a network. */
  public enum EngineChoice {
    /** The fastest one that supports the candidate; on a GPU the one that runs there. */
    AUTO,
    /** Dense and convolutional networks on BLAS alone, on a CPU. */
    FUSED,
    /** DL4J, on a CPU or a GPU. */
    DL4J
  }
}
