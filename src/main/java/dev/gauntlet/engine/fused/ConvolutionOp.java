package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.base.Blas;
import dev.gauntlet.engine.fused.Plan.Convolved;
import dev.gauntlet.search.Volume;
import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;

/**
 * A convolution without its activation, by matrix products that read images where they are.
 *
 * <p>Images lie line by line with zeros around them, all channels of a place beside each other.
 * What a line of the kernel covers is then {@code kernel width x channels} numbers one after the
 * other, and what it covers so many columns further on follows at once: a matrix, though nothing
 * was copied. For each line of the kernel, as many such products as it has columns cover all
 * places. They give something at the edges too, where the kernel does not fit; that is not used.
 * The first layer has few channels, and the lines that a kernel covers are put beside each other.
 *
 * <p>Gradients are the same products; those of the inputs with the kernel turned around.
 */
final class ConvolutionOp implements WeightedOp {
  /** Rows of a product below which more of them are faster than fewer products. */
  private static final int FEW = 32;

  /** What is the same for all images, or is not needed for longer than a call. */
  static final class Shared implements AutoCloseable {
    private final Convolved part;
    private final Volume out;
    private final Memory memory;
    private final int from;

    /** Places of a line, and lines of an image, with what is around it. */
    private final int pitch;

    private final int lines;

    /** Numbers of a place, and lines of the kernel, that products are made of. */
    private final int depth;

    private final int kernelLines;

    /** Places that are all zeros before those of deltas. */
    private final int lead;

    private final NativeFloats product;
    private final NativeFloats deltas;
    private final NativeFloats turned;
    private final NativeFloats returned;
    private final NativeFloats ones;
    private final float[] biases;
    private final float[] line;
    private final float[] zeros;
    private final float[] turning;
    private final float[] back;

    /**
     * @param from where its numbers begin
     * @param capacity images, at most
     */
    Shared(Convolved part, Memory memory, int from, int capacity) {
      this.part = part;
      this.out = part.out();
      this.memory = memory;
      this.from = from;
      final int units = part.units();
      final int channels = part.in().channels();
      pitch = part.in().width() + part.left() + part.right();
      lines = part.first() ? out.height() : part.in().height() + part.top() + part.bottom();
      depth = channels * (part.first() ? part.height() : 1);
      kernelLines = part.first() ? 1 : part.height();
      lead = (part.height() - 1) * pitch + part.width() - 1;
      int places = columns(capacity) * part.width();
      product = new NativeFloats(places * units);
      // What only training needs; the first layer's inputs have no gradient.
      int trained = memory.gradient().length == 0 ? 0 : 1;
      int returning = part.first() ? 0 : trained;
      deltas = new NativeFloats(trained * (lead + places) * units);
      ones = new NativeFloats(trained * places);
      float[] one = new float[trained * places];
      Arrays.fill(one, 1);
      ones.put(one, one.length);
      biases = new float[pitch * units];
      zeros = new float[part.width() * units];
      line = new float[part.first() ? pitch * depth : 0];
      turning = new float[returning * part.inputs() * units];
      turned = new NativeFloats(turning.length);
      returned = new NativeFloats(returning * places * channels);
      back = new float[returning * capacity * (int) part.in().values()];
    }

    /** Rows of a product: places that are as far apart as the kernel is wide. */
    private int columns(int images) {
      return (images * lines * pitch + part.width() - 1) / part.width();
    }

    /**
     * Stretches of places that products go over: image by image where that leaves lines out that
     * are not used, if an image has enough of them.
     *
     * @param used lines of an image
     */
    private int runs(int images, int used) {
      return isApart(used) ? images : 1;
    }

    private boolean isApart(int used) {
      return used < lines && used * pitch / part.width() >= FEW;
    }

    /** Rows of a product over a stretch. */
    private int columns(int images, int used) {
      return isApart(used) ? (used * pitch + part.width() - 1) / part.width() : columns(images);
    }

    /** Where a stretch begins. */
    private int start(int run) {
      return run * lines * pitch;
    }

    /** The kernel turned around, from units to channels. */
    private void turn() {
      int channels = part.in().channels();
      int units = part.units();
      int kernel = part.height() * part.width();
      for (int place = 0; place < kernel; place++) {
        for (int channel = 0; channel < channels; channel++) {
          int at = from + (place * channels + channel) * units;
          int to = (kernel - 1 - place) * units * channels + channel;
          for (int unit = 0; unit < units; unit++) {
            turning[to + unit * channels] = memory.parameters()[at + unit];
          }
        }
      }
      turned.put(turning, turning.length);
    }

    @Override
    public void close() {
      product.close();
      deltas.close();
      turned.close();
      returned.close();
      ones.close();
    }
  }

  private final Shared shared;
  private final Convolved part;
  private final Volume out;
  private final int units;
  private final int width;
  private final NativeFloats in;
  private final float[] values;
  private final Dropped dropped;
  private long seed;
  private boolean accumulates;

  /**
   * @param capacity images, at most
   */
  ConvolutionOp(Shared shared, int capacity) {
    this.shared = shared;
    this.part = shared.part;
    this.out = shared.out;
    this.units = part.units();
    this.width = part.width();
    int read = shared.columns(capacity) * width + (shared.kernelLines - 1) * shared.pitch + width;
    this.in = new NativeFloats(read * shared.depth);
    this.values = new float[capacity * (int) out.values()];
    this.dropped = Dropped.of(part.settings().noise(), capacity * (int) part.in().values());
  }

  @Override
  public void begin(long mask, boolean added, boolean many) {
    seed = mask;
    accumulates = added;
  }

  @Override
  public float[] forward(float[] images, int rows, boolean training) {
    float[] kept =
        dropped == null || !training
            ? images
            : dropped.forward(images, rows * (int) part.in().values(), seed);
    if (part.first()) {
      putLines(kept, rows);
    } else {
      putImages(kept, rows);
    }
    putBiases(shared.columns(rows) * width);
    var weights = shared.memory.weights();
    int columns = shared.columns(rows, out.height());
    for (int run = 0; run < shared.runs(rows, out.height()); run++) {
      multiply(run, 0, columns, in, shared.depth, weights, shared.from, units, 1, shared.product);
    }
    int length = out.width() * units;
    for (int row = 0; row < rows; row++) {
      for (int y = 0; y < out.height(); y++) {
        int at = (row * shared.lines + y) * shared.pitch * units;
        shared.product.get(at, values, (row * out.height() + y) * length, length);
      }
    }
    return values;
  }

  /**
   * Multiplies what the kernel covers with the kernel.
   *
   * @param run the stretch
   * @param skipped lines of it before what is used
   * @param columns rows of the product
   * @param depth numbers that are at a place of {@code a}
   * @param from where the kernel begins in {@code b}
   * @param given numbers that come to a place of {@code c}
   * @param keep 1 if they are added to what is there
   */
  private void multiply(
      int run,
      int skipped,
      int columns,
      NativeFloats a,
      int depth,
      NativeFloats b,
      int from,
      int given,
      int keep,
      NativeFloats c) {
    int inputs = width * depth;
    int most = Blas.rows(inputs, given);
    for (int done = 0; done < columns; done += most) {
      int size = Math.min(most, columns - done);
      for (int line = 0; line < shared.kernelLines; line++) {
        for (int column = 0; column < width; column++) {
          int place = shared.start(run) + skipped * shared.pitch + done * width + column;
          Blas.product(
              size,
              given,
              inputs,
              a.at((place + line * shared.pitch) * depth),
              false,
              inputs,
              b.at(from + line * inputs * given),
              false,
              given,
              line > 0 ? 1 : keep,
              c.at(place * given),
              width * given);
        }
      }
    }
  }

  private void putImages(float[] images, int rows) {
    Volume size = part.in();
    int length = size.width() * size.channels();
    for (int row = 0; row < rows; row++) {
      for (int y = 0; y < size.height(); y++) {
        int line = row * shared.lines + y + part.top();
        int at = (line * shared.pitch + part.left()) * size.channels();
        in.put(at, images, (row * size.height() + y) * length, length);
      }
    }
  }

  /** For each line of the output, those of the image that the kernel covers beside each other. */
  private void putLines(float[] images, int rows) {
    Volume size = part.in();
    int channels = size.channels();
    for (int row = 0; row < rows; row++) {
      for (int y = 0; y < shared.lines; y++) {
        for (int k = 0; k < part.height(); k++) {
          int line = y + k - part.top();
          boolean inside = line >= 0 && line < size.height();
          int at = (row * size.height() + line) * size.width() * channels;
          for (int x = 0; x < size.width(); x++) {
            int to = (x + part.left()) * shared.depth + k * channels;
            for (int channel = 0; channel < channels; channel++) {
              shared.line[to + channel] = inside ? images[at + x * channels + channel] : 0;
            }
          }
        }
        int length = shared.line.length;
        in.put((row * shared.lines + y) * length, shared.line, 0, length);
      }
    }
  }

  private void putBiases(int places) {
    float[] biases = shared.biases;
    int at = shared.from + part.inputs() * units;
    System.arraycopy(shared.memory.parameters(), at, biases, 0, units);
    for (int done = units; done < biases.length; done *= 2) {
      System.arraycopy(biases, 0, biases, done, Math.min(done, biases.length - done));
    }
    int size = places * units;
    for (int to = 0; to < size; to += biases.length) {
      shared.product.put(to, biases, 0, Math.min(biases.length, size - to));
    }
  }

  @Override
  public float[] backward(float[] delta, int rows) {
    putDeltas(delta, rows);
    openblas.cblas_sgemv(
        openblas.CblasRowMajor,
        openblas.CblasTrans,
        shared.columns(rows) * width,
        units,
        1,
        shared.deltas.at(shared.lead * units),
        units,
        shared.ones.pointer(),
        1,
        accumulates ? 1 : 0,
        shared.memory.slopes().at(shared.from + part.inputs() * units),
        1);
    for (int run = 0; run < shared.runs(rows, out.height()); run++) {
      slopes(run, shared.columns(rows, out.height()), accumulates || run > 0);
    }
    if (part.first()) {
      return null;
    }
    if (!accumulates) {
      shared.turn();
    }
    returned(rows);
    return shared.back;
  }

  /** The gradient of the weights. */
  private void slopes(int run, int columns, boolean added) {
    int inputs = width * shared.depth;
    int most = Blas.rows(inputs, units);
    for (int from = 0; from < columns; from += most) {
      int size = Math.min(most, columns - from);
      for (int line = 0; line < shared.kernelLines; line++) {
        for (int column = 0; column < width; column++) {
          int place = shared.start(run) + from * width + column;
          Blas.product(
              inputs,
              units,
              size,
              in.at((place + line * shared.pitch) * shared.depth),
              true,
              inputs,
              shared.deltas.at((shared.lead + place) * units),
              false,
              width * units,
              added || from + column > 0 ? 1 : 0,
              shared.memory.slopes().at(shared.from + line * inputs * units),
              units);
        }
      }
    }
  }

  private void putDeltas(float[] delta, int rows) {
    int length = out.width() * units;
    for (int row = 0; row < rows; row++) {
      for (int y = 0; y < out.height(); y++) {
        int at = (shared.lead + (row * shared.lines + y) * shared.pitch) * units;
        shared.deltas.put(at, delta, (row * out.height() + y) * length, length);
      }
    }
    // Products go over a few places more, where there may be more images at another time.
    int end = rows * shared.lines * shared.pitch;
    int rest = shared.columns(rows) * width - end;
    shared.deltas.put((shared.lead + end) * units, shared.zeros, 0, rest * units);
  }

  /** The gradient of the inputs. */
  private void returned(int rows) {
    Volume size = part.in();
    int channels = size.channels();
    int skipped = shared.isApart(size.height()) ? part.top() : 0;
    int columns = shared.columns(rows, size.height());
    for (int run = 0; run < shared.runs(rows, size.height()); run++) {
      var deltas = shared.deltas;
      multiply(
          run, skipped, columns, deltas, units, shared.turned, 0, channels, 0, shared.returned);
    }
    int length = size.width() * channels;
    for (int row = 0; row < rows; row++) {
      for (int y = 0; y < size.height(); y++) {
        int line = row * shared.lines + y + part.top();
        int at = (line * shared.pitch + part.left()) * channels;
        shared.returned.get(at, shared.back, (row * size.height() + y) * length, length);
      }
    }
    if (dropped != null) {
      dropped.backward(shared.back, rows * (int) size.values());
    }
  }

  @Override
  public void close() {
    in.close();
    shared.close();
  }
}
