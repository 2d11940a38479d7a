package dev.gauntlet.spark;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * The executors: how many trials they have room for, and which of them a trial goes to.
 *
 * <p>All executors of an application are alike, but with dynamic allocation, where each profile has
 * executors of its own. Where trials ask for GPUs there are two kinds then: those that the
 * application is set to, with GPUs, and those without, which take what the first have no room for.
 * A trial goes to none that may never come: a kind without executors is sent a task that does
 * nothing, so that Spark asks the cluster for one. Those without GPUs are asked for once no more
 * come that have some, or they may take the cores beside GPUs.
 */
final class Fleet implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Spark asks for more executors each second that tasks wait; one starts in some seconds. */
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private final JavaSparkContext spark;
  private final boolean grows;
  private final ResourceProfile usual;

  /** Executors without GPUs; null if there is one kind only. */
  private final ResourceProfile plain;

  /** Of the usual ones, when they last became more or fewer. */
  private int places;

  private long since = System.nanoTime();
  private final Map<ResourceProfile, Integer> running = new HashMap<>();
  private final Map<ResourceProfile, JavaFutureAction<Void>> scouts = new HashMap<>();

  Fleet(JavaSparkContext spark) {
    this.spark = spark;
    this.grows = spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    this.usual = spark.sc().resourceProfileManager().defaultResourceProfile();
    this.plain = grows && GpuShare.isAsked(spark.getConf()) ? withoutGpus(spark) : null;
  }

  private static ResourceProfile withoutGpus(JavaSparkContext spark) {
    int cpus = spark.getConf().getInt("spark.task.cpus", 1);
    ResourceProfile profile =
        new ResourceProfileBuilder().require(new TaskResourceRequests().cpus(cpus)).build();
    // Else it is known to Spark only once something was to be computed with it.
    spark.sc().resourceProfileManager().addResourceProfile(profile);
    return profile;
  }

  /** Executors as the application is set to have them, with GPUs if trials ask for some. */
  ResourceProfile usual() {
    return usual;
  }

  /** Trials at a time, as of now: executors come and go. */
  int slots() {
    return plain == null ? room(usual) : room(usual) + room(plain);
  }

  /** That run at once where one trial asks for several. */
  int tasks() {
    return places(usual);
  }

  /** As many again as run, where Spark asks for more executors when tasks wait. */
  private int room(ResourceProfile kind) {
    return grows ? 2 * places(kind) : places(kind);
  }

  /** What Spark runs at once, by cores and GPUs. */
  private int places(ResourceProfile kind) {
    return spark.sc().maxNumConcurrentTasks(kind);
  }

  /**
   * A place for a trial, to be given back; waits for the first executor if there may be two kinds.
   *
   * @return the profile that it runs with
   */
  ResourceProfile take() {
    if (plain == null) {
      return usual;
    }
    ResourceProfile kind = choose();
    while (kind == null && !spark.sc().isStopped() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      kind = choose();
    }
    return kind == null ? usual : kind;
  }

  /** Null while there is no executor. */
  private synchronized ResourceProfile choose() {
    ResourceProfile kind = kind(places(usual), places(plain));
    if (kind != null) {
      running.merge(kind, 1, Integer::sum);
    }
    return kind;
  }

  /** With a GPU that is free, a core that is free, or a place in the queue. */
  private ResourceProfile kind(int gpus, int cores) {
    if (gpus != places) {
      places = gpus;
      since = System.nanoTime();
    }
    if (gpus == 0) {
      scout(usual);
    }
    if (free(usual, gpus)) {
      return usual;
    }
    if (cores == 0 && System.nanoTime() - since > SETTLED.toNanos()) {
      scout(plain);
    }
    if (free(plain, cores)) {
      return plain;
    }
    if (gpus > 0 && (free(usual, room(usual)) || cores == 0)) {
      return usual;
    }
    return cores > 0 ? plain : null;
  }

  private boolean free(ResourceProfile kind, int places) {
    return running.getOrDefault(kind, 0) < places;
  }

  private void scout(ResourceProfile kind) {
    JavaFutureAction<Void> last = scouts.get(kind);
    if (last == null || last.isDone()) {
      scouts.put(kind, on(kind, spark.parallelize(List.of(0), 1)).foreachAsync(one -> {}));
    }
  }

  /** The same, to be computed by executors of a kind. */
  <T> JavaRDD<T> on(ResourceProfile kind, JavaRDD<T> rows) {
    return kind.id() == usual.id() ? rows : rows.withResources(kind);
  }

  synchronized void giveBack(ResourceProfile kind) {
    running.merge(kind, -1, Integer::sum);
  }

  /** Spark need not ask for executors any more. */
  @Override
  public synchronized void close() {
    scouts.values().forEach(scout -> scout.cancel(true));
  }
}
