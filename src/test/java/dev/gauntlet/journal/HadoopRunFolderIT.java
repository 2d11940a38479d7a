package dev.gauntlet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.files.HadoopSettings;
import dev.gauntlet.validate.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Run folders in an HDFS, and where files cannot grow. */
@Timeout(240)
class HadoopRunFolderIT {
  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;

  @BeforeAll
  static void start(@TempDir java.nio.file.Path folder) throws IOException {
    Configuration configuration = new Configuration();
    // They need a class of log4j 1.
    configuration.setInt("dfs.namenode.metrics.logger.period.seconds", 0);
    configuration.setInt("dfs.datanode.metrics.logger.period.seconds", 0);
    // For the test's own client, as there is one data node.
    configuration.setBoolean(
        "dfs.client.block.write.replace-datanode-on-failure.best-effort", true);
    cluster = new MiniDFSCluster.Builder(configuration, folder.toFile()).numDataNodes(1).build();
    hdfs = cluster.getFileSystem();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  private static String uri(String path) {
    return hdfs.getUri() + path;
  }

  private static RunStorage noAppend(java.nio.file.Path folder) {
    Configuration configuration = new HadoopSettings().configuration();
    configuration.setClass("fs.noappend.impl", NoAppendFileSystem.class, FileSystem.class);
    return HadoopRunStorage.open("noappend://" + folder, configuration);
  }

  private static List<Trial> append(Journal journal, int from, int to) {
    List<Trial> trials = new ArrayList<>();
    for (int id = from; id < to; id++) {
      trials.add(Samples.mixed(id));
      journal.append(Samples.mixed(id), Samples.result(Samples.mixed(id)));
    }
    return trials;
  }

  private static void requireAll(RunFolder folder, Journal journal, List<Trial> trials) {
    trials.forEach(trial -> Samples.requireAsWritten(folder, journal, trial));
  }

  @Test
  void hdfs_recordsAreThereForOthersAtOnceAndAfterReopening() throws IOException {
    List<Trial> trials;
    try (RunFolder folder = RunFolder.open(uri("/runs/a"));
        Journal journal = Journal.open(folder, Samples.HEADER)) {
      trials = append(journal, 0, 6);
      requireAll(folder, journal, trials);
      try (var in = hdfs.open(new Path("/runs/a/journal.jsonl"))) {
        assertThat(JournalContent.of("j", in.readAllBytes()).entries()).hasSize(7);
      }
      assertThat(folder.list("models"))
          .containsExactly("candidate-0.zip", "candidate-2.zip", "candidate-4.zip");
      folder.write("run.json", "1");
      folder.write("run.json", "2");
      assertThat(folder.read("run.json")).hasValue("2".getBytes(StandardCharsets.UTF_8));
      folder.delete("run.json");
      assertThat(folder.read("run.json")).isEmpty();
    }

    try (RunFolder folder = RunFolder.open(RunFolder.newest(uri("/runs"), "a"));
        Journal journal = Journal.open(folder, Samples.HEADER)) {
      assertThat(journal.trials()).isEqualTo(6);
      assertThat(journal.notes()).isEmpty();
      requireAll(folder, journal, trials);
      append(journal, 6, 8);
    }
    try (RunFolder fresh = RunFolder.fresh(uri("/runs"), "a")) {
      assertThat(fresh.place()).isEqualTo(uri("/runs/a-2"));
    }
  }

  @Test
  void hdfs_tornTail_isCut() throws IOException {
    try (RunFolder folder = RunFolder.open(uri("/runs/torn"));
        Journal journal = Journal.open(folder, Samples.HEADER)) {
      append(journal, 0, 3);
    }
    try (var out = hdfs.append(new Path("/runs/torn/journal.jsonl"))) {
      out.write("{\"crc\":\"12".getBytes(StandardCharsets.UTF_8));
    }

    for (int attempt = 0; attempt < 2; attempt++) {
      try (RunFolder folder = RunFolder.open(uri("/runs/torn"));
          Journal journal = Journal.open(folder, Samples.HEADER)) {
        assertThat(journal.trials()).isEqualTo(3 + attempt);
        assertThat(journal.notes()).hasSize(1 - attempt);
        append(journal, 3 + attempt, 4 + attempt);
      }
    }
  }

  /** The client that died neither closed its journal nor gave back its lock. */
  @Test
  void hdfs_folderOfAProcessThatWasKilled_isTakenOverAndGoesOn()
      throws IOException, InterruptedException {
    Process other = LockHolder.start(uri("/runs/killed"));
    try (BufferedReader out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("has " + uri("/runs/killed"));
      long start = System.nanoTime();
      assertThatThrownBy(() -> RunFolder.open(uri("/runs/killed")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(
              "run folder " + uri("/runs/killed") + " is in use by process " + other.pid())
          .hasMessageContaining("60 s");
      assertThat((System.nanoTime() - start) / 1e9).isLessThan(2);
      assertThat(other.destroyForcibly().waitFor()).isNotZero();
    }

    long start = System.nanoTime();
    try (RunFolder folder = RunFolder.open(uri("/runs/killed"));
        Journal journal = Journal.open(folder, Samples.HEADER)) {
      assertThat(journal.trials()).isEqualTo(2);
      append(journal, 2, 4);
    }
    System.out.printf("taken over after %.1f s%n", (System.nanoTime() - start) / 1e9);
    try (RunFolder folder = RunFolder.open(uri("/runs/killed"));
        Journal journal = Journal.open(folder, Samples.HEADER)) {
      assertThat(journal.trials()).isEqualTo(4);
    }
  }

  @Test
  void hdfs_twoFoldersInOneProcess_oneIsRefused() throws IOException {
    try (RunFolder folder = RunFolder.open(uri("/runs/two"))) {
      assertThat(folder.place()).isEqualTo(uri("/runs/two"));
      assertThatThrownBy(() -> RunFolder.open(uri("/runs/two")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
    RunFolder.open(uri("/runs/two")).close();
  }

  /** A journal that a client still writes whose lock was taken from it. */
  @Test
  void hdfs_secondWriter_shutsTheFirstOneOut() throws IOException {
    RunStorage old = HadoopRunStorage.open(uri("/runs/fenced"));
    old.make();
    AppendFile first = old.append("journal.jsonl");
    first.write("one\n".getBytes(StandardCharsets.UTF_8));
    first.force();

    RunStorage now = HadoopRunStorage.open(uri("/runs/fenced"));
    AppendFile second = now.append("journal.jsonl");

    assertThat(second.readAll()).asString(StandardCharsets.UTF_8).isEqualTo("one\n");
    assertThatThrownBy(
            () -> {
              first.write("lost\n".getBytes(StandardCharsets.UTF_8));
              first.force();
            })
        .isInstanceOf(IOException.class);
    second.write("two\n".getBytes(StandardCharsets.UTF_8));
    second.force();
    assertThat(second.readAll()).asString(StandardCharsets.UTF_8).isEqualTo("one\ntwo\n");
    second.close();
    now.close();
  }

  @Test
  void open_placesThatCannotBe_areExplained() throws IOException {
    hdfs.create(new Path("/file")).close();
    hdfs.create(new Path("/other/thing")).close();

    assertThatThrownBy(() -> RunFolder.open(uri("/file")))
        .hasMessage("run folder " + uri("/file") + ": a file; the rule: a folder.");
    assertThatThrownBy(() -> RunFolder.open(uri("/other")))
        .hasMessageContaining("not empty, and holds no journal");
    assertThat(hdfs.exists(new Path("/other/lock"))).isFalse();
    assertThatThrownBy(() -> RunFolder.open("s3a://bucket/runs/x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("org.apache.hadoop:hadoop-aws");
    assertThatThrownBy(() -> RunFolder.open("hdfs://127.0.0.1:9/runs/x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("run folder hdfs://127.0.0.1:9/runs/x: ")
        .hasMessageContaining("cannot be reached: connection refused");
  }

  @Test
  void noAppend_recordsAreKeptAndTheFolderIsLocked(@TempDir java.nio.file.Path runs)
      throws IOException {
    java.nio.file.Path place = runs.resolve("x");
    List<Trial> trials;
    try (RunFolder folder = RunFolder.open(noAppend(place));
        Journal journal = Journal.open(folder, Samples.HEADER)) {
      trials = append(journal, 0, 6);
      assertThatThrownBy(() -> RunFolder.open(noAppend(place)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining("delete noappend:" + place + "/lock.");
    }
    assertThat(place.resolve("lock")).doesNotExist();

    // As it is when a process dies between the two steps that replace a file.
    java.nio.file.Files.move(
        place.resolve("journal.jsonl"), place.resolve(".journal.jsonl.new.tmp"));
    // And its lock is there.
    java.nio.file.Files.writeString(
        place.resolve("lock"),
        JournalJson.text(new RunOwner(RunOwner.here().host(), 1L << 40, 0, "x")));
    try (RunFolder folder = RunFolder.open(noAppend(place));
        Journal journal = Journal.open(folder, Samples.HEADER)) {
      assertThat(journal.trials()).isEqualTo(6);
      requireAll(folder, journal, trials);
    }
  }

  /** What operations.md says of the two ways to write a journal. */
  @Test
  void append_manyRecords_costsWhatIsDocumented(@TempDir java.nio.file.Path runs)
      throws IOException {
    measure("HDFS", HadoopRunStorage.open(uri("/runs/cost")), 1000);
    measure("no append", noAppend(runs.resolve("x")), 1000);
    if (Boolean.getBoolean("journal.cost")) {
      measure("HDFS", HadoopRunStorage.open(uri("/runs/cost2")), 10_000);
      measure("no append", noAppend(runs.resolve("y")), 10_000);
    }
  }

  private static void measure(String name, RunStorage storage, int records) throws IOException {
    byte[] line = Samples.bytes(1, 500);
    storage.make();
    long start = System.nanoTime();
    try (AppendFile file = storage.append("journal.jsonl")) {
      for (int record = 0; record < records; record++) {
        file.write(line);
        file.force();
      }
      assertThat(file.readAll()).hasSize(records * line.length);
    }
    System.out.printf(
        "%s: %d records of 500 bytes in %.1f s%n",
        name, records, (System.nanoTime() - start) / 1e9);
    storage.close();
  }
}
