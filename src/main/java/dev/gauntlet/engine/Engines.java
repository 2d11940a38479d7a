package dev.gauntlet.engine;

import dev.gauntlet.config.Names;
import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.engine.base.Gpu;
import dev.gauntlet.engine.base.NativeBuild;
import dev.gauntlet.engine.dl4j.Dl4jEngine;
import dev.gauntlet.engine.fused.FusedEngine;
import dev.gauntlet.natives.BlasKernel;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.TrainingEngine;
import java.util.List;
import java.util.Map;

/** The registry of engines, fastest on a CPU first. */
public final class Engines {
  static {
    BlasKernel.choose();
  }

  private static final List<TrainingEngine> ENGINES = List.of(new FusedEngine(), new Dl4jEngine());

  private Engines() {}

  /**
   * The engine that trains a candidate: the chosen one, or the fastest that supports it; where this
   * process computes on GPUs, the one that does.
   */
  public static TrainingEngine of(EngineChoice choice, Candidate candidate) {
    return ENGINES.stream()
        .filter(
            engine ->
                choice == EngineChoice.AUTO
                    ? engine.supports(candidate) && (!Gpu.isUsed() || engine.device().equals("gpu"))
                    : engine.name().equals(Names.word(choice)))
        .findFirst()
        .orElseThrow();
  }

  /** What results depend on beside the search: versions and native code, for {@code run.json}. */
  public static Map<String, Object> environment() {
    return NativeBuild.describe();
  }
}
