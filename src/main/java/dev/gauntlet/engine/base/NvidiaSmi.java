package dev.gauntlet.engine.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What NVIDIA's own program says of a GPU. It is asked before CUDA is: on a GPU that CUDA has no
 * code for, ND4J starts, and fails in the first operation.
 *
 * @param command the program
 */
record NvidiaSmi(String command) {
  private static final String RULE =
      "; the rule: 3.7 to 8.9, which ND4J's build for CUDA 11.6 has code for.";

  static final String ELSE = " Maybe run.engine=fused, which trains on the CPU.";

  /** CUDA 11.6 has code for 8.6, which 8.9 runs too, and none that is compiled on arrival. */
  private static final int OLDEST = 307;

  private static final int TOO_NEW = 900;
  private static final Pattern LINE = Pattern.compile("(.+), (\\d+)\\.(\\d+)");

  /**
   * Before anything is computed there.
   *
   * @throws InvalidInputException if CUDA 11.6 does not run on this GPU, or there is none
   */
  void requireUsable(int gpu) {
    String answer = answer(gpu);
    Matcher line = LINE.matcher(answer);
    if (!line.matches()) {
      throw new InvalidInputException(
          "GPU %d: nvidia-smi says \"%s\"; the rule: its name and compute capability, which a driver for CUDA 11.6 knows (510 or newer).%s"
              .formatted(gpu, answer, ELSE));
    }
    int capability = Integer.parseInt(line.group(2)) * 100 + Integer.parseInt(line.group(3));
    if (capability < OLDEST || capability >= TOO_NEW) {
      throw new InvalidInputException(
          "GPU %d, %s, has compute capability %s.%s%s%s"
              .formatted(gpu, line.group(1), line.group(2), line.group(3), RULE, ELSE));
    }
  }

  private String answer(int gpu) {
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      command,
                      "--id=" + gpu,
                      "--query-gpu=name,compute_cap",
                      "--format=csv,noheader"))
              .redirectErrorStream(true)
              .start();
      try (var output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), UTF_8).strip();
        process.waitFor(1, TimeUnit.MINUTES);
        return text;
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "GPU %d: no nvidia-smi on the path; the rule: a driver of NVIDIA, with it.%s"
              .formatted(gpu, ELSE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
