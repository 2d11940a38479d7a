package dev.gauntlet.journal;

/** A process that takes a run folder, writes two records, says so, and stays. */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] args) throws InterruptedException {
    RunFolder folder = RunFolder.open(args[0]);
    Journal journal = Journal.open(folder, Samples.HEADER);
    for (int id = 0; id < 2; id++) {
      if (journal.find(Samples.mixed(id)).isEmpty()) {
        journal.append(Samples.mixed(id), Samples.result(Samples.mixed(id)));
      }
    }
    System.out.println("has " + folder.place());
    Thread.sleep(60_000);
  }

  static Process start(String place) throws java.io.IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes,
            LockHolder.class.getName(),
            place)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
