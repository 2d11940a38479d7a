package dev.gauntlet.search;

import dev.gauntlet.config.OptimizerConfig;
import dev.gauntlet.config.OptimizerConfig.Adadelta;
import dev.gauntlet.config.OptimizerConfig.Adagrad;
import dev.gauntlet.config.OptimizerConfig.Adam;
import dev.gauntlet.config.OptimizerConfig.Adamax;
import dev.gauntlet.config.OptimizerConfig.Amsgrad;
import dev.gauntlet.config.OptimizerConfig.Nadam;
import dev.gauntlet.config.OptimizerConfig.Nesterov;
import dev.gauntlet.config.OptimizerConfig.Rmsprop;
import dev.gauntlet.config.OptimizerConfig.Scheduled;
import dev.gauntlet.config.OptimizerConfig.Sgd;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;

/** An optimizer of a point of the search space to DL4J's. */
final class Updaters {
  private Updaters() {}

  /**
   * @param epochs passes over the training rows, at most: the length of a schedule
   */
  static IUpdater of(OptimizerConfig optimizer, int epochs) {
    IUpdater updater = unscheduled(optimizer);
    if (optimizer instanceof Scheduled scheduled) {
      double rate = scheduled.learningRate().value();
      Schedules.of(scheduled, epochs)
          .ifPresent(schedule -> updater.setLrAndSchedule(rate, schedule));
    }
    return updater;
  }

  /**
   * Gives a network's layers the updater that it was built with: the builder copies it for each,
   * and a copy of DL4J's {@code AdaGrad} lacks the schedule.
   */
  static void keepSchedule(IUpdater updater, MultiLayerConfiguration network) {
    for (NeuralNetConfiguration layer : network.getConfs()) {
      if (layer.getLayer() instanceof BaseLayer trained) {
        trained.setIUpdater(updater);
      }
    }
  }

  private static IUpdater unscheduled(OptimizerConfig optimizer) {
    if (optimizer instanceof Adadelta adadelta) {
      return new AdaDelta(adadelta.rho().value(), adadelta.epsilon().value());
    }
    double rate = ((Scheduled) optimizer).learningRate().value();
    if (optimizer instanceof Sgd sgd) {
      double momentum = sgd.momentum().value();
      return momentum == 0
          ? new org.nd4j.linalg.learning.config.Sgd(rate)
          : new Nesterovs(rate, momentum);
    }
    if (optimizer instanceof Nesterov nesterov) {
      return new Nesterovs(rate, nesterov.momentum().value());
    }
    if (optimizer instanceof Rmsprop rmsprop) {
      return new RmsProp(rate, rmsprop.decay().value(), rmsprop.epsilon().value());
    }
    return optimizer instanceof Adagrad adagrad
        ? new AdaGrad(rate, adagrad.epsilon().value())
        : ofAdamsFamily(optimizer, rate);
  }

  private static IUpdater ofAdamsFamily(OptimizerConfig optimizer, double rate) {
    if (optimizer instanceof Adam adam) {
      return new org.nd4j.linalg.learning.config.Adam(
          rate, adam.beta1().value(), adam.beta2().value(), adam.epsilon().value());
    }
    if (optimizer instanceof Adamax adamax) {
      return new AdaMax(
          rate, adamax.beta1().value(), adamax.beta2().value(), adamax.epsilon().value());
    }
    if (optimizer instanceof Nadam nadam) {
      return new org.nd4j.linalg.learning.config.Nadam(
          rate, nadam.beta1().value(), nadam.beta2().value(), nadam.epsilon().value());
    }
    Amsgrad amsgrad = (Amsgrad) optimizer;
    return new AMSGrad(
        rate, amsgrad.beta1().value(), amsgrad.beta2().value(), amsgrad.epsilon().value());
  }
}
