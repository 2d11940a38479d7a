package dev.gauntlet.data.format;

/**
 * The size that images are brought to before they become rows.
 *
 * @param width in pixels; 1 to 65536, or both 0 for as stored
 * @param height in pixels; likewise
 */
public record ImageSize(int width, int height) {
  /** No resizing: all images of a source must have one size. */
  public static final ImageSize AS_STORED = new ImageSize(0, 0);

  private static final int MAX = 1 << 16;

  public ImageSize {
    boolean stored = width == 0 && height == 0;
    if (!stored && (width < 1 || height < 1 || width > MAX || height > MAX)) {
      throw new IllegalArgumentException("an image of " + width + "x" + height);
    }
  }

  boolean asStored() {
    return width == 0;
  }

  @Override
  public String toString() {
    return asStored() ? "as stored" : width + "x" + height;
  }
}
