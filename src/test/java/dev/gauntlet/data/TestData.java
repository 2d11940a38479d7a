package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.search.TestSpaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up datasets. */
public final class TestData {
  private TestData() {}

  /**
   * Class c has {@code sizes[c]} rows around its own mean, {@code distance} apart in each column;
   * classes follow one another.
   */
  public static Dataset clusters(int columns, double distance, long seed, int... sizes) {
    Random random = new Seed(seed).random();
    int rows = java.util.Arrays.stream(sizes).sum();
    float[] features = new float[rows * columns];
    int[] labels = new int[rows];
    int row = 0;
    for (int c = 0; c < sizes.length; c++) {
      for (int i = 0; i < sizes[c]; i++, row++) {
        labels[row] = c;
        for (int column = 0; column < columns; column++) {
          features[row * columns + column] =
              (float) (10 + 3 * (random.nextGaussian() + c * distance));
        }
      }
    }
    List<Column> named = names("x", columns).stream().map(Column::numeric).toList();
    return new Dataset(named, new Labels(labels, names("class", sizes.length)), features);
  }

  /** A number that a straight line of the columns predicts, around 100, and noise. */
  public static Dataset line(int columns, long seed, int rows) {
    Random random = new Seed(seed).random();
    float[] values = new float[rows * columns];
    float[] targets = new float[rows];
    for (int row = 0; row < rows; row++) {
      double target = 100 + random.nextGaussian();
      for (int column = 0; column < columns; column++) {
        double value = random.nextGaussian();
        values[row * columns + column] = (float) (5 + value);
        target += (column + 1) * 5 * value;
      }
      targets[row] = (float) target;
    }
    List<Column> named = names("x", columns).stream().map(Column::numeric).toList();
    return new Dataset(named, new Target.Numbers(targets), values);
  }

  /** As it is, its classes sorted by name. */
  public static Dataset of(Table table) {
    return new Dataset(table, List.of());
  }

  /** Rows with these labels, places in classes {@code c0}, {@code c1} ..., and nothing else. */
  public static Rows labelled(int classes, int... labels) {
    var target = new Labels(labels, names("c", classes));
    var dataset = new Dataset(List.of(Column.numeric("x")), target, new float[labels.length]);
    return new Rows(dataset, Datasets.allRows(dataset), unscaled(dataset));
  }

  private static List<String> names(String prefix, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(prefix + i);
    }
    return names;
  }

  /** What a search says of its data, with the given keys; the path and the label are made up. */
  public static DataConfig config(String... overrides) {
    return TestSpaces.config(TestSpaces.CONDITIONAL, overrides).data();
  }

  /** A preprocessor that standardises numbers. */
  public static Preprocessor standardized(Dataset dataset, int[] trainingRows) {
    return Preprocessor.fit(config(), dataset, trainingRows);
  }

  /** A preprocessor that leaves numbers alone. */
  public static Preprocessor unscaled(Dataset dataset) {
    return Preprocessor.fit(config("data.scale=none"), dataset, Datasets.allRows(dataset));
  }

  /** A row as it is in the file. */
  public static float[] raw(Dataset dataset, int row) {
    float[] values = new float[dataset.features()];
    unscaled(dataset).encode(dataset, row, values, 0);
    return values;
  }
}
