package dev.gauntlet.search;

import dev.gauntlet.config.Seed;
import dev.gauntlet.config.Strategy.Genetic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.JDKRandomGenerator;
import org.apache.commons.math3.random.RandomGenerator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.Chromosome;
import org.deeplearning4j.arbiter.optimize.generator.genetic.ChromosomeFactory;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.UniformCrossover;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.parentselection.RandomTwoParentSelection;
import org.deeplearning4j.arbiter.optimize.generator.genetic.culling.LeastFitCullOperator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.mutation.RandomMutationOperator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.population.PopulationModel;
import org.deeplearning4j.arbiter.optimize.generator.genetic.selection.GeneticSelectionOperator;

/**
 * Arbiter's genetic algorithm: a random generation, then children of two random parents each, which
 * replace the worst third of the population. Arbiter's operators are made anew for each generation
 * and told who survived of the history, so a generation depends on nothing else.
 *
 * @param dimensions coordinates of a point, at least 1
 */
record GeneticStrategy(Genetic config, int dimensions, Seed seed) implements SearchStrategy {
  private static final double CULLED = 1 / 3.0;

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public List<Proposal> propose(List<Evaluated> history) {
    Seed generation = seed.derive("generation", history.size());
    var chromosomes = new ChromosomeFactory();
    chromosomes.initializeInstance(dimensions);
    var cull = new LeastFitCullOperator(CULLED);
    PopulationModel population =
        new PopulationModel.Builder()
            .populationSize(config.population())
            .cullOperator(cull)
            .build();
    population.initializeInstance(true);
    survivors(history, cull.getCulledSize())
        .forEach(one -> population.add(new Unchanged(one.point(), one.cost())));
    var selection = selection(generation);
    selection.initializeInstance(population, chromosomes);
    int missing = config.population() - history.size();
    int count = missing > 0 ? missing : config.population() - cull.getCulledSize();
    return IntStream.range(0, count)
        .mapToObj(i -> Proposal.whole(selection.buildNextGenes()))
        .toList();
  }

  /** What culling leaves: the last generation, and the best of all before it. */
  private List<Evaluated> survivors(List<Evaluated> history, int culled) {
    int last = Math.max(0, history.size() - (config.population() - culled));
    List<Evaluated> survivors = new ArrayList<>();
    history.subList(0, last).stream()
        .sorted(Comparator.comparingDouble(Evaluated::cost))
        .limit(culled)
        .forEach(survivors::add);
    survivors.addAll(history.subList(last, history.size()));
    return survivors;
  }

  /** Arbiter's mutation writes into the genes of a parent that crossover hands through. */
  private static final class Unchanged extends Chromosome {
    Unchanged(double[] genes, double fitness) {
      super(genes, fitness);
    }

    @Override
    public double[] getGenes() {
      return super.getGenes().clone();
    }
  }

  /** Each operator has a generator of its own; without one Arbiter seeds it by the clock. */
  private GeneticSelectionOperator selection(Seed generation) {
    var crossover =
        new UniformCrossover.Builder()
            .parentSelection(new RandomTwoParentSelection(random(generation, "parents")))
            .randomGenerator(random(generation, "crossover"))
            .build();
    var mutation =
        new RandomMutationOperator.Builder()
            .mutationRate(config.mutation())
            .randomGenerator(random(generation, "mutation"))
            .build();
    return new GeneticSelectionOperator.Builder()
        .crossoverOperator(crossover)
        .mutationOperator(mutation)
        .randomGenerator(random(generation, "selection"))
        .build();
  }

  private static RandomGenerator random(Seed generation, String operator) {
    var random = new JDKRandomGenerator();
    random.setSeed(generation.derive(operator).value());
    return random;
  }
}
