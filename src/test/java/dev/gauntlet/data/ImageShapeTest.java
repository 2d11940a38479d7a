package dev.gauntlet.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageShapeTest {

  private static List<Column> named(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> Column.numeric(prefix + i)).toList();
  }

  @Test
  void of_columnsOfAShape_isThatShape() {
    ImageShape shape = new ImageShape(3, 4, 2);

    assertThat(ImageShape.of(shape.columns())).contains(shape);
    // One column is missing.
    assertThat(ImageShape.of(shape.columns().subList(1, 24))).isEmpty();
  }

  /** MNIST and CIFAR; 785 is neither a square nor three of them. */
  @ParameterizedTest
  @CsvSource({
    "pixel, 784, 1x28x28",
    "pixel, 3072, 3x32x32",
    "pixel, 1, 1x1x1",
    "pixel, 785,",
    "pixel, 2,",
    "x, 784,"
  })
  void of_pixels_isSquare(String prefix, int count, String shape) {
    assertThat(ImageShape.of(named(prefix, count)).map(ImageShape::toString).orElse(null))
        .isEqualTo(shape);
  }
}
