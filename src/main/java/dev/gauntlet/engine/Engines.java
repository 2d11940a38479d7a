package dev.gauntlet.engine;

import dev.gauntlet.config.Names;
import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.engine.base.NativeBuild;
import dev.gauntlet.engine.dl4j.Dl4jEngine;
import dev.gauntlet.engine.fused.FusedEngine;
import dev.gauntlet.natives.BlasKernel;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.TrainingEngine;
import java.util.List;
import java.util.Map;

/** The registry of engines, fastest first. */
public final class Engines {
  static {
    BlasKernel.choose();
  }

  private static final List<TrainingEngine> ENGINES = List.of(new FusedEngine(), new Dl4jEngine());

  private Engines() {}

  /** The engine that trains a candidate: the chosen one, or the fastest that supports it. */
  public static TrainingEngine of(EngineChoice choice, Candidate candidate) {
    return ENGINES.stream()
        .filter(
            engine ->
                choice == EngineChoice.AUTO
                    ? engine.supports(candidate)
                    : engine.name().equals(Names.word(choice)))
        .findFirst()
        .orElseThrow();
  }

  /** What results depend on beside the search: versions and native code, for {@code run.json}. */
  public static Map<String, Object> environment() {
    return NativeBuild.describe();
  }
}
