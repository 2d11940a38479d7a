package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.RunConfig;
import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.engine.Gpus;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.train.TrainingEngine;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * How much of a GPU a task asks Spark for. Executors' GPUs are the cluster's business, the share is
 * the search's: it is put into the settings of the search's own context, and not into a profile of
 * its trials, because Spark 3.5 parts an executor's GPUs by the profile that the executor was
 * started for, whatever a task asks for.
 */
final class GpuShare {
  static final String RESOURCE = "gpu";
  private static final String EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String TASK = "spark.task.resource.gpu.amount";

  private GpuShare() {}

  /**
   * Before a context starts that is none of local mode, where Spark gives out no GPUs.
   *
   * @param run null if there are no trials
   */
  static void into(SparkConf conf, RunConfig run) {
    // An index is then the same to CUDA as to nvidia-smi, and so to discovery scripts.
    conf.setIfMissing("spark.executorEnv.CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    if (run == null || !executorsHaveSome(conf) || !wantsSome(run)) {
      conf.remove(TASK);
    } else if (run.trialsPerGpu() > 0) {
      conf.set(TASK, Double.toString(1.0 / run.trialsPerGpu()));
    } else {
      conf.setIfMissing(TASK, "1");
    }
  }

  private static boolean executorsHaveSome(SparkConf conf) {
    return conf.getInt(EXECUTOR, 0) > 0;
  }

  /** A build without CUDA has no use for them, unless it is told to ask. */
  private static boolean wantsSome(RunConfig run) {
    return run.engine() != EngineChoice.FUSED && (run.trialsPerGpu() > 0 || Gpus.areSupported());
  }

  /** Whether tasks of a context ask for GPUs. */
  static boolean isAsked(SparkConf conf) {
    return conf.contains(TASK);
  }

  /**
   * Engines where each task of a group has a GPU: the same one for all of them, whoever asks, and
   * the driver, which has none, asks too.
   */
  static EngineFactory engines(SparkConf conf, EngineFactory engines) {
    return isAsked(conf) && Gpus.areSupported() ? new OnGpus(engines) : engines;
  }

  private record OnGpus(EngineFactory engines) implements EngineFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public TrainingEngine of(EngineChoice choice, Candidate candidate) {
      return engines.of(choice == EngineChoice.AUTO ? EngineChoice.DL4J : choice, candidate);
    }
  }

  /**
   * Has this thread train on its task's GPU, if it has one.
   *
   * @return its address; empty for none
   * @throws InvalidInputException if nothing can be trained there; it ends the run
   */
  static String pin(TaskContext task) {
    var gpu = task.resourcesJMap().get(RESOURCE);
    if (gpu == null) {
      return "";
    }
    String address = gpu.addresses()[0];
    try {
      Gpus.pin(address);
    } catch (InvalidInputException e) {
      String host = SparkEnv.get().blockManager().blockManagerId().host();
      throw new InvalidInputException(host + ": " + e.getMessage());
    }
    return address;
  }
}
