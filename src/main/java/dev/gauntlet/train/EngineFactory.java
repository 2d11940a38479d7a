package dev.gauntlet.train;

import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.search.Candidate;
import java.io.Serializable;

/** Makes the engine of a candidate, where the candidate is trained. */
@FunctionalInterface
public interface EngineFactory extends Serializable {

  TrainingEngine of(EngineChoice choice, Candidate candidate);
}
