package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.TestBytes.bytes;
import static dev.gauntlet.data.format.TestBytes.cifar;
import static dev.gauntlet.data.format.TestBytes.doubles;
import static dev.gauntlet.data.format.TestBytes.floats;
import static dev.gauntlet.data.format.TestBytes.gzip;
import static dev.gauntlet.data.format.TestBytes.idx;
import static dev.gauntlet.data.format.TestBytes.npy;
import static dev.gauntlet.data.format.TestBytes.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes are, a reader gives a table or says what is wrong: at once and in little
 * memory.
 */
@Timeout(300)
class BinaryReadersFuzzTest {
  private static final int INPUTS = 20_000;
  private static final long MAX_NANOS = 2_000_000_000L;

  /** Far above what a seed of some kilobytes needs, far below what a wild header asks for. */
  private static final long MAX_BYTES = 8L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final byte[] X = npy("<f4", false, "(3, 2)", floats(1, 2, 3, 4, 5, 6));
  private static final byte[] Y = npy("|u1", false, "(3,)", bytes(1, 2, 1));
  private static final byte[] IDX_X = idx(8, new int[] {3, 1, 2}, bytes(1, 2, 3, 4, 5, 6));
  private static final byte[] IDX_Y = idx(8, new int[] {3}, bytes(1, 2, 1));

  /**
   * @param seed a valid file
   * @param wrap applied after the mutation, so that checksums around it do not hide what is inside
   */
  private record Target(
      String name, byte[] seed, UnaryOperator<byte[]> wrap, Function<Blob, Table> reader) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Target> targets() throws IOException {
    byte[] fortran = npy("<f8", true, "(3, 2)", doubles(1, 2, 3, 4, 5, 6));
    byte[] unicode = npy("<U2", false, "(3,)", bytes(unicode("a\0bcd\0")));
    byte[] text = npy("|S2", false, "(3, 1)", bytes('a', 0, 'b', 'c', 'd', 0));
    UnaryOperator<byte[]> same = file -> file;
    byte[] tar = ImageFiles.tar(Map.of("data_batch_1.bin", cifar(1)));
    Function<Blob, Table> features = file -> NpyReader.read(file, Blob.of("y", Y));
    Function<Blob, Table> labels = file -> NpyReader.read(Blob.of("x", X), file);
    Function<Blob, Table> archive = file -> NpzReader.read(file, "x", "y");
    Function<Blob, Table> images = file -> IdxReader.read(file, Blob.of("y", IDX_Y));
    return Stream.of(
        new Target("npy", X, same, features),
        new Target("npy, Fortran order", fortran, same, features),
        new Target("npy, unicode labels", unicode, same, labels),
        new Target("npy, bytes labels", text, same, labels),
        new Target("npz, stored", zip(false, "x.npy", X, "y.npy", Y), same, archive),
        new Target("npz, deflated", zip(true, "x.npy", X, "y.npy", Y), same, archive),
        new Target("npz, inside", X, file -> zip(true, "y.npy", Y, "x.npy", file), archive),
        new Target("idx", IDX_X, same, images),
        new Target("idx, labels", IDX_Y, same, file -> IdxReader.read(Blob.of("x", IDX_X), file)),
        new Target("idx, gzip", gzip(IDX_X), same, images),
        new Target("idx, inside gzip", IDX_X, TestBytes::gzip, images),
        new Target(
            "cifar",
            cifar(1, 9),
            same,
            file -> CifarReader.readBlobs(List.of(file), List.of(file))),
        new Target("cifar archive", tar, same, BinaryReadersFuzzTest::cifarArchive),
        new Target(
            "cifar archive, inside gzip",
            tar,
            TestBytes::gzip,
            BinaryReadersFuzzTest::cifarArchive));
  }

  private static Table cifarArchive(Blob file) {
    return CifarReader.readBlobs(List.of(file), List.of());
  }

  private static int[] unicode(String text) {
    return text.chars().flatMap(c -> java.util.stream.IntStream.of(c, 0, 0, 0)).toArray();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void read_mutatedBytes_givesTableOrSaysWhatIsWrong(Target target) {
    // Seeded by the name, so that each target has its own inputs and always the same.
    Random random = new Random(target.name.hashCode());
    assertThat(accepts(target, target.wrap.apply(target.seed))).isTrue();
    int accepted = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = target.wrap.apply(Mutation.mutate(target.seed, random));
      accepted += accepts(target, input) ? 1 : 0;
    }
    // Neither are all stopped at the door, nor do the mutations change nothing.
    assertThat(accepted).isBetween(INPUTS / 1000, INPUTS * 9 / 10);
  }

  private static boolean accepts(Target target, byte[] input) {
    long nanos = THREADS.getCurrentThreadCpuTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    boolean accepted = tryRead(target, input);
    if (THREADS.getCurrentThreadAllocatedBytes() - bytes > MAX_BYTES) {
      fail("%s took more than %d bytes for %s", target, MAX_BYTES, show(input));
    }
    if (THREADS.getCurrentThreadCpuTime() - nanos > MAX_NANOS) {
      fail("%s took more than 2 s for %s", target, show(input));
    }
    return accepted;
  }

  private static boolean tryRead(Target target, byte[] input) {
    try {
      Table table = target.reader.apply(Blob.of("f", input));
      for (int label : table.labels().codes()) {
        if (label < 0 || label >= table.labels().names().size()) {
          fail("%s gives label %d for %s", target, label, show(input));
        }
      }
      return true;
    } catch (InvalidInputException e) {
      if (!e.getMessage()
              .matches(
                  "(?s)[fxy](: [xy]\\.npy|!/data_batch_[0-9]+\\.bin)?( \\(unpacked\\))?: .*\\.")
          || e.getMessage().contains("do not fit into memory")) {
        fail("%s says \"%s\" for %s", target, e.getMessage(), show(input));
      }
      return false;
    } catch (Exception | Error e) {
      throw new AssertionError(target + " throws " + e + " for " + show(input), e);
    }
  }

  private static String show(byte[] input) {
    return HexFormat.of().formatHex(input);
  }
}
