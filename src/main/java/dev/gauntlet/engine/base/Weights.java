package dev.gauntlet.engine.base;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Weights, running statistics and the optimizer's state of a network, apart from it; in DL4J's
 * order, or in one that an engine keeps to itself.
 *
 * @param state empty for an optimizer without
 */
public record Weights(float[] parameters, float[] state) implements Serializable {
  private static final long serialVersionUID = 1L;

  void write(DataOutputStream out) throws IOException {
    for (float[] values : new float[][] {parameters, state}) {
      out.writeInt(values.length);
      var bytes = ByteBuffer.allocate(values.length * Float.BYTES);
      bytes.asFloatBuffer().put(values);
      out.write(bytes.array());
    }
  }

  static Weights read(DataInputStream in) throws IOException {
    return new Weights(floats(in), floats(in));
  }

  private static float[] floats(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length * Float.BYTES);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    if (values.length < length) {
      throw new EOFException();
    }
    return values;
  }
}
