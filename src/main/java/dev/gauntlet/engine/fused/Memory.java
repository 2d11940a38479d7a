package dev.gauntlet.engine.fused;

/**
 * The numbers of a network, in the order of its layout.
 *
 * @param gradient empty if it is never trained
 * @param weights the parameters where BLAS reads them
 * @param slopes the gradient where BLAS writes it
 */
record Memory(float[] parameters, float[] gradient, NativeFloats weights, NativeFloats slopes)
    implements AutoCloseable {

  static Memory of(float[] parameters, float[] gradient) {
    return new Memory(
        parameters,
        gradient,
        new NativeFloats(parameters.length),
        new NativeFloats(gradient.length));
  }

  /** Makes the products use the parameters as they are now. */
  void load() {
    weights.put(parameters, parameters.length);
  }

  @Override
  public void close() {
    weights.close();
    slopes.close();
  }
}
