package dev.gauntlet.train;

import dev.gauntlet.search.Candidate;

/** An engine that does something else around the training of another, and has its name. */
public interface EngineWrapper extends TrainingEngine {

  TrainingEngine engine();

  @Override
  default String name() {
    return engine().name();
  }

  @Override
  default boolean supports(Candidate candidate) {
    return engine().supports(candidate);
  }

  @Override
  default String device() {
    return engine().device();
  }
}
