package dev.gauntlet.engine.base;

import dev.gauntlet.engine.base.Training.Best;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a training between two epochs, as bytes: version, steps, whether it stopped, losses,
 * scores, the current weights, then the best epoch if there is one. Numbers are big-endian; lists
 * begin with their length.
 *
 * @param best null without early stopping
 * @param steps steps so far
 * @param weights after the last epoch, in DL4J's order, as those of the best
 */
record Checkpoint(
    List<Double> losses,
    List<Double> scores,
    Best best,
    boolean stopped,
    int steps,
    Weights weights) {
  private static final int VERSION = 2;

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      out.writeInt(steps);
      out.writeBoolean(stopped);
      write(losses, out);
      write(scores, out);
      weights.write(out);
      out.writeBoolean(best != null);
      if (best != null) {
        out.writeInt(best.epoch());
        out.writeDouble(best.score());
        best.weights().write(out);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(List<Double> values, DataOutputStream out) throws IOException {
    out.writeInt(values.size());
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  /**
   * @throws IllegalArgumentException if these are no bytes of a checkpoint
   */
  static Checkpoint read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IllegalArgumentException("a checkpoint of version " + version);
      }
      int steps = in.readInt();
      boolean stopped = in.readBoolean();
      List<Double> losses = doubles(in);
      List<Double> scores = doubles(in);
      Weights weights = Weights.read(in);
      Best best =
          in.readBoolean() ? new Best(in.readInt(), in.readDouble(), Weights.read(in)) : null;
      return new Checkpoint(losses, scores, best, stopped, steps, weights);
    } catch (IOException e) {
      throw new IllegalArgumentException("a checkpoint that is cut off", e);
    }
  }

  private static List<Double> doubles(DataInputStream in) throws IOException {
    int length = in.readInt();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      values.add(in.readDouble());
    }
    return values;
  }
}
