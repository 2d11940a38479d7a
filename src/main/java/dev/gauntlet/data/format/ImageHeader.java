package dev.gauntlet.data.format;

/** What an image says of itself before its pixels are decoded. */
record ImageHeader(int width, int height, boolean grey) {
  /** Decoding takes up to 8 bytes for each pixel. */
  static final long MAX_PIXELS = 64_000_000;

  boolean tooLarge() {
    return (long) width * height > MAX_PIXELS;
  }

  String size() {
    return width + "x" + height;
  }
}
