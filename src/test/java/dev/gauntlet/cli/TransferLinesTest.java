package dev.gauntlet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransferLinesTest {
  private final StringWriter text = new StringWriter();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final TransferLines lines = new TransferLines(new PrintWriter(text), nanos::get);

  @Test
  void moves_oftenInASecond_isOneLineASecondAndOneAtTheEnd() {
    lines.begins("mnist", "licence: x");
    lines.moves("a.gz", 0, 9_912_422);
    lines.moves("a.gz", 1_000_000, 9_912_422);
    nanos.addAndGet(1_000_000_000);
    lines.moves("a.gz", 3_200_000, 9_912_422);
    nanos.addAndGet(999_999_999);
    lines.moves("a.gz", 5_000_000, 9_912_422);
    lines.moves("a.gz", 9_912_422, 9_912_422);

    assertThat(text.toString().lines())
        .containsExactly(
            "mnist: licence: x",
            "a.gz: 0.0 of 9.9 MB (0 %)",
            "a.gz: 3.2 of 9.9 MB (32 %)",
            "a.gz: 9.9 of 9.9 MB (100 %)");
  }

  @Test
  void moves_withoutTotal_saysNoPercentage() {
    lines.moves("a.gz", 1_500_000, -1);
    nanos.addAndGet(1_000_000_000);
    lines.moves("empty", 0, 0);
    lines.waits("a.gz");

    assertThat(text.toString().lines())
        .containsExactly(
            "a.gz: 1.5 MB",
            "empty: 0.0 of 0.0 MB (100 %)",
            "a.gz: another process is bringing it; waiting");
  }
}
