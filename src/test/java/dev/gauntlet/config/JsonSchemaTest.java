package dev.gauntlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Editors and the reader agree on what a search is. */
class JsonSchemaTest {
  private static final EditorView EDITOR = new EditorView(JsonSchema.tree());
  private static final Path FILE = Path.of("conf/test.yaml");
  private static final int MUTATIONS = 2000;

  private static final String SEARCH =
      """
      seed: 1
      data: {path: x.csv, label: y, header: true, split: {train: 0.70}}
      space:
        network: {type: dense, layers: 2, activation: relu, dropout: 0.5, batch-norm: true}
        optimizer: {type: adam, learning-rate: 0.01}
        training: {batch-size: 32, early-stopping: {patience: 5}}
      search: {strategy: random, candidates: 5, metric: accuracy}
      validate: {folds: 10, baselines: [majority]}
      run: {slots: auto}
      """;

  @Test
  void shippedSchema_isWhatTheRecordsGive() throws IOException {
    assertThat(Files.readString(Path.of("conf/gauntlet.schema.json")))
        .as("regenerate it: submit/local.sh schema > conf/gauntlet.schema.json")
        .isEqualTo(Json.write(JsonSchema.tree()));
  }

  @Test
  void schema_isOfDraft7() {
    var draft =
        JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"));

    assertThat(draft.validate(new ObjectMapper().valueToTree(JsonSchema.tree()))).isEmpty();
  }

  @Test
  void key_showsWhatTheReferenceSays() {
    assertThat(Json.write(JsonSchema.tree()))
        .contains(
            "range, 1 to 65536: units in each dense layer",
            "images of one size)",
            "a known set: mnist, fashion-mnist, cifar10, kitsune-mirai; see Known sets")
        .doesNotContain("`", "](#");
  }

  static List<String> searches() throws IOException {
    return EditorView.searches();
  }

  @ParameterizedTest
  @MethodSource("searches")
  void shownSearch_isAccepted_asIsWhatTheWriterMakesOfIt(String yaml) {
    assertThat(EDITOR.marks(yaml)).isEmpty();

    String written = ConfigWriter.write(ConfigReader.parse(yaml, FILE, List.of()));
    assertThat(EDITOR.marks(written)).isEmpty();
  }

  @Test
  void searches_areFoundInFilesAndPages() throws IOException {
    assertThat(EditorView.searches()).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          seed: 1              | `seed: 1`
          seed: 1              | seed: -9000000000
          seed: 1              | name: "012"
          seed: 1              | {name: x, seed: 2}
          label: y             | label: 30
          label: y             | label: no
          label: y             | label: y, label-map: {1: a, no: 2}
          label: y             | label: y, drop: [0, 1.5, true, null, x]
          run: {slots: auto}   | run: {slots: 3}
          run: {slots: auto}   | run:
          layers: 2            | layers: {min: 1, max: 3, scale: log}
          layers: 2            | layers: {choice: [1, 3]}
          dropout: 0.5         | dropout: .5
          dropout: 0.5         | dropout: 5e-1
          dropout: 0.5         | dropout: {min: 0, max: 0.5}
          batch-norm: true     | batch-norm: {choice: [true, false]}
          activation: relu     | activation: "relu"
          layers: 2            | units: [500, 300]
          layers: 2            | units: {min: 16, max: 64, step: 16}
          strategy: random     | strategy: {type: tpe, startup: 20}
          candidates: 5        | max-time: 90s
          batch-size: 32       | class-weights: {a: 2, b: 1}
          batch-size: 32       | class-weights: balanced
          {type: adam, learning-rate: 0.01} | {choice: [{type: adam}, {type: sgd, momentum: 0.9}]}
          """)
  void rightValue_isAcceptedByReaderAndEditor(String from, String to) {
    String yaml = to.startsWith("{name") ? SEARCH.replace(from, "name: x") : replace(from, to);

    assertThat(EDITOR.marks(yaml)).isEmpty();
    ConfigReader.parse(yaml, FILE, List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          seed: 1              | sed: 1
          seed: 1              | seed: one
          seed: 1              | seed: "1"
          seed: 1              | seed: 1.5
          seed: 1              | seed:
          seed: 1              | name: 12
          seed: 1              | name: 0xF
          seed: 1              | name: +1.5
          seed: 1              | name: 007.5
          seed: 1              | name: [a]
          seed: 1              | task: clasification
          data: {              | data: {lable: y,
          label: y             | label: [y]
          label: y             | label: y, drop: x
          label: y             | label: y, drop: [[x]]
          label: y             | label: y, label-map: [a, b]
          label: y             | label: y, label-map: {a: [b]}
          header: true         | header: 1
          header: true         | header: "true"
          header: true         | cache: 1
          path: x.csv          | path: 3
          path: x.csv          | path: x.csv, format: cvs
          split: {train: 0.70} | split: 0.7
          train: 0.70          | train: 0
          train: 0.70          | train: 1
          network:             | netwrk:
          type: dense          | kind: dense
          type: dense          | type: dnse
          type: dense          | type: adam
          type: dense          | type: [dense]
          layers: 2            | layers: 0
          layers: 2            | layers: 101
          layers: 2            | layers: two
          layers: 2            | layers: 2.5
          layers: 2            | layers: [2, true]
          layers: 2            | layers: {choice: 2}
          layers: 2            | layers: {choice: []}
          layers: 2            | layers: {choice: [2, 2]}
          layers: 2            | layers: {choice: [0]}
          layers: 2            | layers: {choice: [2], min: 1}
          layers: 2            | layers: {min: 1}
          layers: 2            | layers: {min: 1, max: x}
          layers: 2            | layers: {min: 0, max: 3}
          layers: 2            | layers: {min: 1, max: 3, scale: logarithmic}
          layers: 2            | layers: {min: 1, max: 3, steps: 1}
          layers: 2            | momentum: 0.9
          activation: relu     | activation: rleu
          activation: relu     | activation: {min: relu, max: elu}
          activation: relu     | activation: [relu]
          dropout: 0.5         | dropout: 1
          dropout: 0.5         | dropout: -0.1
          batch-norm: true     | batch-norm: yes
          batch-norm: true     | batch-norm: {min: false, max: true}
          learning-rate: 0.01  | learning-rate: 0
          learning-rate: 0.01  | momentum: 0.9
          learning-rate: 0.01  | layers: 2
          {type: adam, learning-rate: 0.01} | {learning-rate: 0.01}
          {type: adam, learning-rate: 0.01} | {choice: {type: adam}}
          {type: adam, learning-rate: 0.01} | {choice: [{type: adam}], type: adam}
          {type: adam, learning-rate: 0.01} | {choice: [{type: adam}, {type: adam}]}
          {type: adam, learning-rate: 0.01} | {choice: [{type: sdg}]}
          {type: adam, learning-rate: 0.01} | [{type: adam}]
          {type: adam, learning-rate: 0.01} | amad
          batch-size: 32       | batch-size: 0
          batch-size: 32       | batch-size: null
          patience: 5          | patience: -1
          patience: 5          | patience: {choice: [5]}
          strategy: random     | strategy: rnd
          strategy: random     | strategy: {type: random, startup: 20}
          strategy: random     | strategy: {choice: [random, sobol]}
          candidates: 5        | max-time: 90
          candidates: 5        | max-epochs: 0
          batch-size: 32       | class-weights: even
          batch-size: 32       | class-weights: {a: -1}
          layers: 2            | units: [500, 0]
          layers: 2            | units: {min: 16, max: 64, step: 0}
          candidates: 5        | candidates: 0
          candidates: 5        | candidates: {min: 1, max: 2}
          metric: accuracy     | metric: acuracy
          folds: 10            | folds: 1
          baselines: [majority] | baselines: majority
          baselines: [majority] | baselines: [x]
          slots: auto          | slots: all
          slots: auto          | slots: 0
          run: {slots: auto}   | [run]
          """)
  void wrongValue_isRefusedByReaderAndEditor(String from, String to) {
    String yaml = to.equals("[run]") ? "- " + from : replace(from, to);

    assertThat(EDITOR.marks(yaml)).isNotEmpty();
    assertThatThrownBy(() -> ConfigReader.parse(yaml, FILE, List.of()))
        .isInstanceOf(InvalidInputException.class);
  }

  /** Beyond a schema: sums, orders, keys that go together, and what YAML 1.1 reads otherwise. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          train: 0.70          | train: 0.90           | fractions sum to 1
          layers: 2            | layers: {min: 3, max: 1} | one value against another
          layers: 2            | layers: 2.0           | a whole number to JSON
          layers: 2            | layers: 012           | octal in YAML 1.1
          dropout: 0.5         | dropout: {min: 0, max: 0.5, scale: log} | one value against another
          {type: adam, learning-rate: 0.01} | {choice: [{type: adam}, {type: adam, learning-rate: 0.001}]} | the same with defaults
          seed: 1              | name: no              | false in YAML 1.1
          seed: 1              | name: 2024-01-01      | a date in YAML 1.1
          seed: 1              | name: a/b             | the name of a folder
          seed: 1              | seed: 99999999999999999999 | no limit in JSON
          path: x.csv, label: y | path: x.csv          | keys that go together
          label: y             | label: y, delimiter: ab | the length of text that may be a number
          label: y             | label: y, source: mnist | keys that exclude each other
          metric: accuracy     | metric: rmse          | another task
          metric: accuracy     | direction: minimize   | another metric's
          [majority]           | [mean]                | another task
          """)
  void wrongValueThatOnlyTheReaderKnows_isRefusedByTheReader(String from, String to, String why) {
    String yaml = replace(from, to);

    assertThat(EDITOR.marks(yaml)).as(why).isEmpty();
    assertThatThrownBy(() -> ConfigReader.parse(yaml, FILE, List.of()))
        .isInstanceOf(InvalidInputException.class);
  }

  /** An editor that marks what is right is worse than one that marks nothing. */
  @Test
  void mutatedSearch_markedByTheEditor_isRefusedByTheReader() throws IOException {
    List<String> seeds = EditorView.searches();
    var mutation = new YamlMutation(new Random(7));
    int accepted = 0;
    int marked = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String yaml = mutation.ofValues(seeds.get(i % seeds.size()));
      boolean read = reads(yaml);
      boolean marks = marks(yaml);
      if (read && marks) {
        fail("the reader accepts what an editor marks: %s%n%s", EDITOR.marks(yaml), yaml);
      }
      accepted += read ? 1 : 0;
      marked += marks ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(MUTATIONS / 20);
    assertThat(marked).isGreaterThan(MUTATIONS / 10);
  }

  private static boolean reads(String yaml) {
    try {
      ConfigReader.parse(yaml, FILE, List.of());
      return true;
    } catch (InvalidInputException e) {
      return false;
    }
  }

  private static boolean marks(String yaml) {
    try {
      return !EDITOR.marks(yaml).isEmpty();
    } catch (YamlEngineException e) {
      return true;
    }
  }

  private static String replace(String from, String to) {
    assertThat(SEARCH).contains(from);
    return SEARCH.replace(from, to);
  }

  // Records with what the search's own do not all have.

  sealed interface Shape {}

  record Round() implements Shape {}

  record Box(@Bounds(min = 1) int width, @Default("") Shape inner) implements Shape {}

  record Toy(
      @Default("round") Range<Shape> shape,
      @Default("{width: 1}") Box frame,
      @Default("{}") @Bounds(min = 0, above = true) Map<String, Double> weights,
      @Default("8") @Bounds(min = 1) Range<Units> widths) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shape: round                          | true
          shape: box                            | false
          shape: {type: box}                    | false
          shape: {type: box, width: 1}          | true
          shape: {type: box, width: 1, inner: {type: box, width: 2, inner: round}} | true
          shape: {type: box, width: 1, inner: {type: box, width: 0}} | false
          shape: {choice: [round, {type: round}]} | true
          shape: {choice: [round, box]}         | false
          frame: {width: 2, inner: round}       | true
          frame: {type: box, width: 2}          | false
          frame: box                            | false
          weights: {a: 0.5, 1: 2}               | true
          weights: {a: 0}                       | false
          weights: {a: x}                       | false
          widths: [500, 300]                    | true
          widths: [500, 0]                      | false
          widths: 500                           | true
          widths: {min: 1, max: 500, step: 2}   | true
          widths: {min: 1, max: 500, step: 0}   | false
          widths: {choice: [[500, 300], [10]]}  | true
          """)
  void variantsMapsAndLists_followFromAnyRecords(String yaml, boolean accepted) {
    assertThat(new EditorView(JsonSchema.tree(Toy.class)).marks(yaml).isEmpty())
        .isEqualTo(accepted);
  }
}
