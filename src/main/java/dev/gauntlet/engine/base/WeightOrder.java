package dev.gauntlet.engine.base;

/**
 * Where an engine has each number of a network's weights. Checkpoints have them in DL4J's order, so
 * that another engine may go on with them.
 */
public interface WeightOrder {
  /** DL4J's own. */
  WeightOrder DL4J =
      new WeightOrder() {
        @Override
        public Weights toDl4j(Weights weights) {
          return weights;
        }

        @Override
        public Weights fromDl4j(Weights weights) {
          return weights;
        }
      };

  Weights toDl4j(Weights weights);

  Weights fromDl4j(Weights weights);
}
