package dev.gauntlet.search;

/** Channels, height and width of an image, or of what a layer makes of it; each at least 1. */
public record Volume(int channels, int height, int width) {

  /** {@code CHANNELSxHEIGHTxWIDTH}. */
  static Volume parse(String text) {
    String[] sides = text.split("x", 3);
    return new Volume(
        Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), Integer.parseInt(sides[2]));
  }

  public long values() {
    return (long) channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
