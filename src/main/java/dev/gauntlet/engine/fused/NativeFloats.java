package dev.gauntlet.engine.fused;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Numbers outside the heap, where BLAS finds them. Loops over arrays are turned into vector
 * instructions and loops over these are not, so that both are kept and copied.
 */
final class NativeFloats implements AutoCloseable {
  /** In numbers: a line of the cache, and the widest vector. */
  private static final int ALIGNMENT = 16;

  private final FloatPointer memory;
  private final FloatPointer start;
  private final FloatPointer cursor;
  private final FloatBuffer buffer;

  /** All 0. */
  NativeFloats(int size) {
    memory = new FloatPointer((long) size + ALIGNMENT);
    long bytes = memory.address() & (ALIGNMENT * Float.BYTES - 1);
    long skipped = bytes == 0 ? 0 : ALIGNMENT - bytes / Float.BYTES;
    start = new FloatPointer(memory).position(skipped);
    cursor = new FloatPointer(start);
    buffer = new FloatPointer(memory).position(skipped).limit(skipped + size).asBuffer();
    put(new float[size], size);
  }

  /** For BLAS. */
  FloatPointer pointer() {
    return start;
  }

  /** For BLAS, from a place on. */
  FloatPointer pointer(int from) {
    return new FloatPointer(start).position(start.position() + from);
  }

  /** For BLAS, from a place on, until the next call. */
  FloatPointer at(int from) {
    return cursor.position(start.position() + from);
  }

  void put(float[] values, int size) {
    buffer.put(0, values, 0, size);
  }

  void put(int at, float[] values, int from, int size) {
    buffer.put(at, values, from, size);
  }

  void get(float[] values, int size) {
    buffer.get(0, values, 0, size);
  }

  void get(int at, float[] values, int to, int size) {
    buffer.get(at, values, to, size);
  }

  @Override
  public void close() {
    memory.close();
  }
}
