package dev.gauntlet.engine.base;

import dev.gauntlet.config.Seed;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense or output layer, within 1e-6 of DL4J's own: BLAS without an {@code INDArray} around every
 * intermediate result, and the sigmoid and tanh of hidden units as {@link RationalSigmoid}.
 */
final class DenseStep implements Step {
  private final IActivation activation;
  private final boolean hidden;
  private final int inputs;
  private final int units;
  private final FloatPointer weights;
  private final float[] bias;
  private FloatPointer in;
  private FloatPointer out;
  private float[] values = new float[0];

  /** Whether this is such a layer, in 32 bits and without what this step lacks. */
  static boolean knows(Layer layer) {
    var configuration = layer.conf().getLayer();
    boolean dense =
        configuration.getClass() == OutputLayer.class
            || (configuration instanceof DenseLayer one
                && one.getClass() == DenseLayer.class
                && !one.isHasLayerNorm());
    return dense && layer.getParam("W").dataType() == DataType.FLOAT;
  }

  DenseStep(Layer layer) {
    var configuration = (BaseLayer) layer.conf().getLayer();
    INDArray matrix = layer.getParam("W");
    this.activation = configuration.getActivationFn();
    this.hidden = configuration instanceof DenseLayer;
    this.inputs = (int) matrix.size(0);
    this.units = (int) matrix.size(1);
    this.weights = new FloatPointer(floats(matrix));
    this.bias = layer.getParam("b") == null ? new float[units] : floats(layer.getParam("b"));
  }

  /** In c order. */
  static float[] floats(INDArray array) {
    try (INDArray copy = array.castTo(DataType.FLOAT).dup('c')) {
      // On a GPU it may be newer there.
      Nd4j.getAffinityManager().ensureLocation(copy, Location.HOST);
      float[] values = new float[(int) copy.length()];
      new FloatPointer(copy.data().addressPointer()).get(values);
      return values;
    }
  }

  @Override
  public Activations apply(Activations input, Seed pass, int firstRow) {
    int rows = (int) input.shape()[0];
    if (values.length != rows * units) {
      values = new float[rows * units];
      in = new FloatPointer((long) rows * inputs);
      out = new FloatPointer((long) rows * units);
    }
    in.put(input.values());
    Blas.product(rows, units, inputs, in, false, inputs, weights, false, units, 0, out, units);
    out.get(values);
    addBias(rows);
    return new Activations(activated(rows), new long[] {rows, units});
  }

  private void addBias(int rows) {
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        values[row * units + unit] += bias[unit];
      }
    }
  }

  private float[] activated(int rows) {
    if (hidden && activation instanceof ActivationSigmoid) {
      RationalSigmoid.sigmoid(values);
      return values;
    }
    if (hidden && activation instanceof ActivationTanH) {
      RationalSigmoid.tanh(values);
      return values;
    }
    try (INDArray logits = Nd4j.create(values, new long[] {rows, units}, 'c')) {
      return floats(activation.getActivation(logits, false));
    }
  }
}
