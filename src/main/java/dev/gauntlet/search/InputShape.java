package dev.gauntlet.search;

import dev.gauntlet.config.Convolutional;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SpaceConfig;

/**
 * What a network gets of a row.
 *
 * @param features numbers
 * @param image how they are arranged, in channel, height, width order; null if that is not known
 */
public record InputShape(int features, Volume image) {

  /** Features without an arrangement. */
  public static InputShape of(int features) {
    return new InputShape(features, null);
  }

  /** The space with the shape of images where its networks need one. */
  SpaceConfig given(SpaceConfig space) {
    if (!(space.network() instanceof Convolutional network)) {
      return space;
    }
    Volume shape = network.image() == null ? image : Volume.parse(network.image());
    if (shape == null) {
      throw new InvalidInputException(
          "space.network.image: missing; the rule: channels, height and width of a row that was not"
              + " read as an image. Maybe image: 1x28x28.");
    }
    if (shape.values() != features) {
      throw new InvalidInputException(
          "space.network.image: "
              + shape
              + " has "
              + shape.values()
              + " values; the rule: the "
              + features
              + " features of a row"
              + (image == null ? ". Maybe type: dense." : ". Maybe " + image + "."));
    }
    return new SpaceConfig(
        network.withImage(shape.toString()), space.optimizer(), space.training());
  }
}
