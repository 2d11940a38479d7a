package dev.gauntlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Whatever the YAML is, it is read or refused with what is wrong, in less than two seconds. More
 * inputs than usual: {@code mvn test -Dtest=ConfigFuzzTest -Dgauntlet.fuzz=1000000}.
 */
class ConfigFuzzTest {
  private static final int INPUTS = Integer.getInteger("gauntlet.fuzz", 10_000);
  private static final long MAX_NANOS = 2_000_000_000L;
  private static final Path FILE = Path.of("conf/test.yaml");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final String EVERYTHING =
      """
      name: &n "all"
      data: {path: 'x.csv', label: 30, label-map: {"*": a, no: b}, split: {train: .8, validation: 1e-1, test: 0.1}}
      space:
        network: {type: dense, layers: &l {min: 1, max: 3}, units: {choice: [8, 16]}, l2: 0}
        optimizer: {choice: [{type: adam}, {type: sgd, momentum: {min: 0, max: 0.9}}]}
      run: {slots: auto}
      """;

  @Test
  void parse_mutatedYaml_givesASearchOrSaysWhatIsWrong(TestReporter reporter) throws IOException {
    List<String> seeds = new ArrayList<>(EditorView.searches());
    seeds.add(EVERYTHING);
    var mutation = new YamlMutation(new Random(11));
    int accepted = 0;
    long slowest = 0;
    for (int i = 0; i < INPUTS; i++) {
      String yaml = mutation.ofText(seeds.get(i % seeds.size()));
      long start = THREADS.getCurrentThreadCpuTime();
      accepted += reads(yaml) ? 1 : 0;
      long nanos = THREADS.getCurrentThreadCpuTime() - start;
      slowest = Math.max(slowest, nanos);
      if (nanos > MAX_NANOS) {
        fail("%d ms for an input of %d characters:%n%s", nanos / 1_000_000, yaml.length(), yaml);
      }
    }
    reporter.publishEntry(
        "inputs " + INPUTS + ", accepted " + accepted + ", slowest " + slowest / 1e6 + " ms");
    // Neither are all stopped at the door, nor do the mutations change nothing.
    assertThat(accepted).isBetween(INPUTS / 50, INPUTS * 9 / 10);
  }

  private static boolean reads(String yaml) {
    try {
      ConfigReader.parse(yaml, FILE, List.of());
      return true;
    } catch (InvalidInputException e) {
      return false;
    } catch (Exception | Error e) {
      throw new AssertionError(e + " for\n" + yaml, e);
    }
  }
}
