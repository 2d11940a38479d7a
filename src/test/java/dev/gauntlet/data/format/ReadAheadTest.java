package dev.gauntlet.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  @Test
  void read_severalBlocks_isTheText() throws IOException {
    String text = "0123456789,äöü€".repeat(100_000);

    try (var ahead = new ReadAhead(new StringReader(text))) {
      var copy = new StringBuilder();
      char[] some = new char[70_001];
      for (int n = ahead.read(some); n >= 0; n = ahead.read(some)) {
        copy.append(some, 0, n);
      }
      assertThat(copy.toString().equals(text)).isTrue();
      assertThat(ahead.read(some)).isEqualTo(-1);
    }
  }

  @Test
  void read_nothing_isTheEnd() throws IOException {
    try (var ahead = new ReadAhead(new StringReader(""))) {
      assertThat(ahead.read()).isEqualTo(-1);
    }
  }

  @Test
  void read_sourceThatFails_givesWhatCameBeforeAndThenItsException() throws IOException {
    var failure = new EOFException("Unexpected end of ZLIB input stream");

    try (var ahead = new ReadAhead(new Failing(failure))) {
      assertThat(ahead.read()).isEqualTo('x');
      assertThatThrownBy(ahead::read).isSameAs(failure);
      assertThatThrownBy(ahead::read).isSameAs(failure);
    }
  }

  @Test
  void close_beforeTheEnd_closesTheSource() throws IOException {
    var closed = new AtomicBoolean();
    var source =
        new StringReader("x".repeat(1 << 20)) {
          @Override
          public void close() {
            closed.set(true);
            super.close();
          }
        };
    var ahead = new ReadAhead(source);

    ahead.close();

    assertThat(closed).isTrue();
  }

  /** One character, then a failure. */
  private static final class Failing extends Reader {
    private final IOException failure;
    private boolean given;

    Failing(IOException failure) {
      this.failure = failure;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      if (given) {
        throw failure;
      }
      given = true;
      target[offset] = 'x';
      return 1;
    }

    @Override
    public void close() {}
  }
}
