package dev.gauntlet.engine.dl4j;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weights, running statistics and the optimizer's state of a network, apart from it.
 *
 * @param state empty for an optimizer without
 */
record Weights(float[] parameters, float[] state) {

  static Weights of(MultiLayerNetwork network) {
    INDArray state = network.getUpdater().getStateViewArray();
    return new Weights(floats(network.params()), state == null ? new float[0] : floats(state));
  }

  private static float[] floats(INDArray values) {
    try (INDArray copy = values.dup('c')) {
      return copy.data().asFloat();
    }
  }

  void restore(MultiLayerNetwork network) {
    try (INDArray values = row(parameters)) {
      network.setParams(values);
    }
    if (state.length > 0) {
      INDArray target = network.getUpdater().getStateViewArray();
      try (INDArray values = row(state)) {
        target.assign(values.reshape(target.shape()));
      }
    }
  }

  private static INDArray row(float[] values) {
    return Nd4j.create(values, new long[] {1, values.length}, 'c');
  }

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
