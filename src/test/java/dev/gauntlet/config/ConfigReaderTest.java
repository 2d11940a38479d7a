package dev.gauntlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gauntlet.config.NetworkConfig.Dense;
import dev.gauntlet.config.Range.Choice;
import dev.gauntlet.config.Range.Fixed;
import dev.gauntlet.config.Range.Interval;
import dev.gauntlet.config.Range.OneWidth;
import dev.gauntlet.config.Range.Spread;
import dev.gauntlet.config.Range.Steps;
import dev.gauntlet.config.ValidateConfig.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final Path FILE = Path.of("conf/test.yaml");
  private static final String MINIMAL =
      """
      data: {path: x.csv, label: y}
      space:
        network: {type: dense}
        optimizer: {type: adam}
      """;

  @Test
  void parse_minimalFile_fillsEveryDefault() {
    SearchConfig config = ConfigReader.parse(MINIMAL, FILE, List.of());

    assertThat(config.name()).isEqualTo("test");
    assertThat(config.seed()).isEqualTo(1);
    assertThat(config.data().path()).isEqualTo(Path.of("conf/x.csv").toAbsolutePath().toString());
    assertThat(config.data().split().train()).isEqualTo(0.70);
    assertThat(config.search().direction()).isEqualTo(Metric.Direction.MAXIMIZE);
    assertThat(config.validate().mcDropout().passes()).isEqualTo(100);
    assertThat(config.run().slots()).isZero();
    Dense network = (Dense) config.space().network();
    assertThat(network.units())
        .isEqualTo(new Choice<>(List.of(8, 16, 32, 64).stream().map(Units::each).toList()));
  }

  @Test
  void parse_ranges_keepTheirKind() {
    String ranges =
        MINIMAL.replace(
            "{type: dense}",
            "{type: dense, layers: 2, l2: {min: 1e-6, max: 1e-2, scale: log}, dropout: {choice: [0,"
                + " .5]}}");

    Dense network = (Dense) ConfigReader.parse(ranges, FILE, List.of()).space().network();

    assertThat(network.layers()).isEqualTo(new Fixed<>(2));
    assertThat(network.l2()).isEqualTo(new Interval<>(1e-6, 1e-2, Spread.LOG));
    assertThat(network.dropout()).isEqualTo(new Choice<>(List.of(0.0, 0.5)));
  }

  @Test
  void parse_wordForAVariant_isItsType() {
    String words =
        MINIMAL.replace("{type: dense}", "dense").replace("{type: adam}", "{choice: [sgd, adam]}");
    String full = MINIMAL.replace("{type: adam}", "{choice: [{type: sgd}, {type: adam}]}");

    assertThat(ConfigReader.parse(words, FILE, List.of()))
        .isEqualTo(ConfigReader.parse(full, FILE, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "1s, 1, 1s",
    "90s, 90, 90s",
    "120s, 120, 2m",
    "90m, 5400, 90m",
    "36h, 129600, 36h",
    "24h, 86400, 1d",
    "999999999d, 86399999913600, 999999999d"
  })
  void write_maxTime_isInTheLargestWholeUnit(String text, long seconds, String written) {
    SearchConfig config = ConfigReader.parse(MINIMAL, FILE, List.of("search.max-time=" + text));

    assertThat(config.search().maxTime()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(ConfigWriter.write(config)).containsPattern("max-time: \"?" + written + "\"?[,\n]");
    assertThat(ConfigReader.parse(ConfigWriter.write(config), FILE, List.of())).isEqualTo(config);
  }

  /** A class may have any name, that of a key too. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "balanced", "{type: 2.5, benign: 0, 1: 1e-3}", "{}"})
  void write_classWeights_readsBackEqual(String weights) {
    String override = "space.training.class-weights=" + weights;
    SearchConfig config = ConfigReader.parse(MINIMAL, FILE, List.of(override));

    assertThat(ConfigReader.parse(ConfigWriter.write(config), FILE, List.of())).isEqualTo(config);
    if (config.space().training().classWeights() instanceof ClassWeights.Given given
        && !given.weights().isEmpty()) {
      assertThat(given.weights()).isEqualTo(Map.of("type", 2.5, "benign", 0.0, "1", 1e-3));
    }
  }

  @Test
  void parse_step_listsDecimalNumbers() {
    assertThat(steps("dropout: {min: 0.1, max: 0.45, step: 0.1}").dropout())
        .isEqualTo(new Steps<>(0.1, 0.45, 0.1))
        .extracting(range -> ((Steps<Double>) range).values())
        .isEqualTo(List.of(0.1, 0.2, 0.3, 0.4));
    assertThat(((Steps<Integer>) steps("layers: {min: 1, max: 6, step: 2}").layers()).values())
        .containsExactly(1, 3, 5);
  }

  private static Dense steps(String key) {
    String text = MINIMAL.replace("{type: dense}", "{type: dense, " + key + "}");
    return (Dense) ConfigReader.parse(text, FILE, List.of()).space().network();
  }

  @Test
  void parse_units_areNumbersOrLists() {
    assertThat(steps("units: 64").units()).isEqualTo(new Fixed<>(Units.each(64)));
    assertThat(steps("units: [500, 300]").units())
        .isEqualTo(new Fixed<>(Units.listed(List.of(500, 300))));
    assertThat(steps("units: [500, 300]").layers()).isNull();
    assertThat(steps("units: {choice: [64, [500, 300]]}").units())
        .isEqualTo(new Choice<>(List.of(Units.each(64), Units.listed(List.of(500, 300)))));
    assertThat(steps("units: {min: 8, max: 64, step: 8}").units())
        .isEqualTo(new OneWidth(new Steps<>(8, 64, 8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "{type: linear, input-dropout: 0.2, gradient-clipping: {type: value, threshold: 0.5}}",
        "{type: dense, units: [500, 300], batch-norm: {choice: [before, true, false]}}",
        "{type: dense, units: {choice: [64, [500, 300]]}, gradient-clipping: {choice: [none, norm]}}",
        "{type: dense, units: {min: 8, max: 64, step: 8}, widths: {choice: [same, independent]}}",
        "{type: dense, units: {min: 8, max: 64, scale: log}, widths: tapering}",
        "{type: convolutional, head-layers: 0, blocks: [{repeat: {min: 0, max: 2}, growth: double}]}",
        "{type: convolutional, image: 3x32x32, blocks: [{pooling: none}, {repeat: 0}]}",
      })
  void write_anyNetwork_readsBackEqual(String network) {
    SearchConfig config =
        ConfigReader.parse(MINIMAL.replace("{type: dense}", network), FILE, List.of());

    String written = ConfigWriter.write(config);

    assertThat(ConfigReader.parse(written, FILE, List.of())).isEqualTo(config);
  }

  @Test
  void write_anyConfiguration_readsBackEqual() throws IOException {
    Path quickstart = Path.of("conf/quickstart.yaml");
    SearchConfig config = ConfigReader.read(quickstart, List.of());

    SearchConfig again =
        ConfigReader.parse(ConfigWriter.write(config), Path.of("elsewhere/x.yaml"), List.of());

    assertThat(again).isEqualTo(config);
    assertThat(Files.exists(Path.of(config.data().path()))).isTrue();
  }

  /** Each value replaces one in a correct file; each message says where, what and which rule. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed=012              | seed: 012; the rule: a whole number. With a leading zero it is octal to some readers of YAML. Maybe 12.
          seed=1.0              | seed: 1.0; the rule: a whole number. Maybe 1.
          seed=1_000            | seed: 1_000; the rule: a whole number. Maybe 1000.
          seed="1"              | seed: "1"; the rule: a whole number. Maybe without quotes.
          seed=                 | seed: nothing; the rule: a whole number.
          seed=99999999999999999999 | seed: 99999999999999999999 is too large for a 64-bit number.
          search.candidates=3000000000 | search.candidates: 3000000000; the rule: at least 1 and at most 1000000.
          name=no               | name: no is a truth value; the rule: a word. Maybe "no", in quotes.
          name=2024-01-01       | name: 2024-01-01 is a date or time; the rule: a word. Maybe "2024-01-01", in quotes.
          name=012              | name: 012 is a number; the rule: a word. Maybe "012", in quotes.
          name=0xF              | name: 0xF is a number; the rule: a word. Maybe "0xF", in quotes.
          name=+1.5             | name: +1.5 is a number; the rule: a word. Maybe "+1.5", in quotes.
          name=007.5            | name: 007.5 is a number; the rule: a word. Maybe "007.5", in quotes.
          name=.inf             | name: .inf is a number; the rule: a word. Maybe ".inf", in quotes.
          name=a/b              | name "a/b" names a folder; the rule: letters, digits, '.', '_' and '-', first a letter or a digit.
          data.split.train=.nan | data.split.train: .nan; the rule: a number.
          data.split.train=1e999| data.split.train: 1e999 is too large for a 64-bit number.
          data.split.train=0    | data.split.train: 0; the rule: above 0 and below 1.
          data.split.train=0.9  | data.split: train 0.9 + validation 0.15 + test 0.15 is 1.2; the rule: 1.
          data.scale=standardise| data.scale: standardise; the rule: auto or standardize or minmax or pixels or none. Maybe "standardize".
          data=3                | data: 3; the rule: a mapping of keys to values.
          data=[1]              | data: a list; the rule: a mapping of keys to values.
          data.lable=y          | data.lable: unknown key. Maybe "label".
          zzz=1                 | zzz: unknown key. Maybe one of: name, seed, task, data, space, search, validate, run.
          space.network.batch-norm=yes | space.network.batch-norm: yes; the rule: none or before or after.
          space.network.type=conv | space.network.type: conv; the rule: linear or dense or convolutional or arbiter.
          space.network=conv    | space.network: conv; the rule: linear or dense or convolutional or arbiter.
          space.network=        | space.network.type: missing; the rule: linear or dense or convolutional or arbiter.
          space.optimizer=adm   | space.optimizer: adm; the rule: sgd or nesterov or adam or adamax or nadam or amsgrad or rmsprop or adagrad or adadelta. Maybe "adam".
          space.network.l2=[8]   | space.network.l2: a list; the rule: one value. Maybe {choice: [..]}.
          space.network={type: dense, layers: 2, units: [8, 8]} | space.network: layers beside listed units; the rule: a list says how many layers there are. Maybe remove layers.
          space.network={type: dense, widths: tapering, units: [8, 8]} | space.network: widths beside listed units; the rule: a list has all widths. Maybe remove widths.
          space.network={type: dense, widths: {choice: [same, independent]}, units: {choice: [8, [8, 8]]}} | space.network: widths: independent, and a list in units; the rule: numbers only. Maybe widths: same.
          space.network.units=[] | space.network.units: a list of 0 widths; the rule: at least 1 and at most 100. Maybe type: linear.
          space.network.units={choice: [8, [8, 0]]} | space.network.units.choice[1][1]: 0; the rule: at least 1 and at most 65536.
          space.network.units={choice: [8, [8, [9]]]} | space.network.units.choice[1][1]: a list; the rule: one value.
          space.network={type: dense, l2: 0.1, weight-decay: 0.1} | space.network: l2 and weight-decay; the rule: one of them. Maybe remove l2.
          space.network.gradient-clipping=norms | space.network.gradient-clipping: norms; the rule: none or value or norm. Maybe "norm".
          space.network.gradient-clipping={type: norm, threshold: 0} | space.network.gradient-clipping.threshold: 0; the rule: above 0.
          space.network={type: convolutional, image: 28x28} | space.network: image 28x28; the rule: CHANNELSxHEIGHTxWIDTH. Maybe 1x28x28.
          space.network={type: arbiter, file: x.json} | space: optimizer beside type: arbiter; the rule: its file has the optimizer. Maybe remove optimizer.
          space={network: {type: arbiter, file: x.json}, training: {loss: mse}} | space: training.loss beside type: arbiter; the rule: its file has the loss. Maybe remove loss.
          space.network={type: arbiter} | space.network.file: missing; this key is required.
          space.network={type: convolutional, blocks: []} | space.network: blocks: none; the rule: at least one. Maybe type: dense.
          space.network={type: convolutional, blocks: [{kernel: 0}]} | space.network.blocks[0].kernel: 0; the rule: at least 1 and at most 64.
          space.network.units={min: 1, max: 9, step: 0} | space.network.units: step 0; the rule: above 0.
          space.network.units={min: 1, max: 9, step: 2, scale: log} | space.network.units: step with scale: log; the rule: one of them. Maybe a choice.
          space.network.l2={min: 0, max: 1, step: 1e-9} | space.network.l2: step 1.0E-9 makes more than 10000 values; the rule: at most that. Maybe a larger step, or none.
          space.network.l2={min: 0, max: 1, step: .inf} | space.network.l2.step: .inf; the rule: a number.
          space.network.units={choice: []} | space.network.units: a choice of nothing; the rule: at least one value.
          space.network.units={choice: [8, 8]} | space.network.units: a choice with the same value twice: [8, 8].
          space.network.units={choice: 8} | space.network.units.choice: 8; the rule: a list. Maybe [8].
          space.network.units={choice: [0]} | space.network.units.choice[0]: 0; the rule: at least 1 and at most 65536.
          space.network.units={min: 8} | space.network.units.max: missing; an interval has a min and a max.
          space.network.units={min: 9, max: 8} | space.network.units: min 9 is larger than max 8. Maybe swap them.
          space.network.units={min: 8, max: 9, choice: [1]} | space.network.units: choice goes with no other key.
          space.network.units={min: 8, max: 9, steps: 2} | space.network.units.steps: unknown key. Maybe "step".
          space.network.l2={min: 0, max: 1, scale: log} | space.network.l2: min 0.0 on a log scale; the rule: above 0. Maybe scale: linear.
          space.network.activation={min: 1, max: 2} | space.network.activation: no number; the rule: one value, or {choice: [..]}.
          space.optimizer={learning-rate: 1} | space.optimizer.type: missing; the rule: sgd or nesterov or adam or adamax or nadam or amsgrad or rmsprop or adagrad or adadelta.
          space.optimizer={type: adam, learning-rate: -1} | space.optimizer.learning-rate: -1; the rule: above 0.
          space.optimizer={type: adam, beta1: 1} | space.optimizer.beta1: 1; the rule: at least 0 and below 1.
          space.optimizer={type: adadelta, learning-rate: 1} | space.optimizer.learning-rate: unknown key. Maybe one of: type, rho, epsilon.
          space.optimizer={type: adam, schedule: cosin} | space.optimizer.schedule: cosin; the rule: none or step or exponential or inverse or poly or sigmoid or cosine. Maybe "cosine".
          space.optimizer={type: adam, schedule: {type: step, factor: 2}} | space.optimizer.schedule.factor: 2; the rule: above 0 and at most 1.
          space.training.loss=mse | space.training.loss: mse with task classification. Maybe auto.
          space.training.loss=hinge | space.training.loss: hinge; the rule: auto or binary-cross-entropy or categorical-cross-entropy or mse or mae.
          space.training.class-weights=even | space.training.class-weights: even; the rule: none or balanced or a mapping.
          space.training.class-weights=balance | space.training.class-weights: balance; the rule: none or balanced or a mapping. Maybe "balanced".
          space.training.class-weights={a: -1} | space.training.class-weights.a: -1; the rule: at least 0.
          space.training.class-weights={a: x} | space.training.class-weights.a: x; the rule: a number.
          space.training.class-weights={a: [1]} | space.training.class-weights.a: a list; the rule: one value.
          space.training.class-weights=[1, 2] | space.training.class-weights: a list; the rule: a mapping of keys to values.
          search.strategy=tpa   | search.strategy: tpa; the rule: random or grid or sobol or genetic or halving or hyperband or tpe. Maybe "tpe".
          search.strategy={type: tpe, gamma: 1} | search.strategy.gamma: 1; the rule: above 0 and below 1.
          search.strategy={type: grid, eta: 3} | search.strategy.eta: unknown key. Maybe one of: type, steps.
          search.grid-steps=3   | search.grid-steps: unknown key. Maybe strategy: {type: grid, steps: 5}.
          search.max-time=90    | search.max-time: 90; the rule: a whole number above 0 and s, m, h or d, such as 90s, 30m or 8h.
          search.max-time=1.5h  | search.max-time: 1.5h; the rule: a whole number above 0 and s, m, h or d, such as 90s, 30m or 8h.
          search.max-time=0s    | search.max-time: 0s; the rule: a whole number above 0 and s, m, h or d, such as 90s, 30m or 8h.
          search.max-time=soon  | search.max-time: soon; the rule: a whole number above 0 and s, m, h or d, such as 90s, 30m or 8h.
          search.max-epochs=0   | search.max-epochs: 0; the rule: at least 1.
          search.repeats=1001   | search.repeats: 1001; the rule: at least 1 and at most 1000.
          search.direction=minimize | search.direction: minimize for metric accuracy; the rule: maximize. Maybe leave it out.
          validate.mc-dropout.passes=1 | validate.mc-dropout: passes: 1 has no standard deviation; the rule: 0 or at least 2.
          validate.baselines=majority | validate.baselines: majority; the rule: a list. Maybe [majority].
          validate.baselines=[majority, majority] | validate: baselines: the same one twice. Maybe remove one.
          validate.baselines=[linear-regression] | validate.baselines: linear-regression with task classification. Maybe leave it out.
          validate.baselines=[random-forests] | validate.baselines[0]: random-forests; the rule: a known word. Maybe "random-forest".
          run.slots=0           | run.slots: 0; the rule: at least 1 and at most 100000.
          data.path.x=1         | data.path.x: nothing can be set inside x.csv at conf/test.yaml:1.
          .=5                   | the rule: path=value. Maybe search.candidates=10.
          search..seed=5        | the rule: path=value. Maybe search.candidates=10.
          space.optimizer={type: adam, warm-up: 2147483647} | space.optimizer.warm-up: 2147483647; the rule: at least 0 and at most 1000000.
          space.optimizer.choice[0]=1 | space.optimizer.choice[0]: no list at choice.
          """)
  void parse_wrongValue_saysWhereWhatAndWhich(String override, String message) {
    assertThatThrownBy(() -> ConfigReader.parse(MINIMAL, FILE, List.of(override)))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .anySatisfy(problem -> assertThat(problem).endsWith(": " + message)));
  }

  @Test
  void parse_lossOfClassesForANumber_isRefused() {
    String choice = "space.training.loss={choice: [auto, binary-cross-entropy]}";

    assertThatThrownBy(() -> ConfigReader.parse(MINIMAL, FILE, List.of("task=regression", choice)))
        .hasMessageEndingWith(
            "space.training.loss: binary-cross-entropy with task regression. Maybe auto.");
  }

  @Test
  void parse_baselinesOfBothTasks_areTaken() {
    String trees = "validate.baselines=[random-forest, gradient-boosted-trees]";

    for (String task : List.of("task=classification", "task=regression")) {
      SearchConfig config = ConfigReader.parse(MINIMAL, FILE, List.of(task, trees));

      assertThat(config.validate().baselines())
          .containsExactly(Baseline.RANDOM_FOREST, Baseline.GRADIENT_BOOSTED_TREES);
      assertThat(ConfigReader.parse(ConfigWriter.write(config), FILE, List.of())).isEqualTo(config);
    }
  }

  /** A file may be called so, and its name is the search's. */
  @ParameterizedTest
  @ValueSource(strings = {"2024-11-21", "no", "012", "1e3"})
  void write_nameThatLooksLikeSomethingElse_readsBackEqual(String name) {
    SearchConfig config = ConfigReader.parse(MINIMAL, FILE, List.of("name=\"" + name + "\""));

    assertThat(config.name()).isEqualTo(name);
    assertThat(ConfigReader.parse(ConfigWriter.write(config), FILE, List.of())).isEqualTo(config);
  }

  /** What goes wrong between two sections is said where it is written, and all of it. */
  @Test
  void parse_sectionsThatDoNotGoTogether_areAllReportedAtTheirLines() {
    String text =
        """
        name: a/b
        data: {path: x.csv, label: y}
        space:
          network: {type: dense}
          training:
            loss: mse
        search:
          direction: minimize
        """;

    assertThatThrownBy(() -> ConfigReader.parse(text, FILE, List.of("validate.baselines=[mean]")))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.replaceFirst(";.*", ""))
                    .containsExactlyInAnyOrder(
                        "conf/test.yaml:1: name \"a/b\" names a folder",
                        "conf/test.yaml:6: space.training.loss: mse with task classification. Maybe"
                            + " auto.",
                        "conf/test.yaml:8: search.direction: minimize for metric accuracy",
                        "--set validate.baselines=[mean]: validate.baselines: mean with task"
                            + " classification. Maybe leave it out."));
  }

  @Test
  void write_schedules_readBackEqual() {
    String optimizer =
        "space.optimizer={choice: [adadelta, {type: sgd, schedule: {choice: [none, cosine, {type:"
            + " sigmoid, gamma: {min: 0.1, max: 1, scale: log}}]}, warm-up: {choice: [0, 3]}}]}";
    SearchConfig config = ConfigReader.parse(MINIMAL, FILE, List.of(optimizer));

    assertThat(ConfigReader.parse(ConfigWriter.write(config), FILE, List.of())).isEqualTo(config);
  }

  @Test
  void parse_manyProblems_reportsAllInTheOrderOfTheFile() {
    String text =
        """
        seed: x
        seed: 2
        data: {path: x.csv}
        space:
          network: {type: dense, layers: 0}
          optimizer: {choice: [{type: adam}, {type: sdg}]}
        """;

    assertThatThrownBy(() -> ConfigReader.parse(text, FILE, List.of()))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
        .extracting(InvalidInputException::problems)
        .isEqualTo(
            List.of(
                "conf/test.yaml:1: seed: x; the rule: a whole number.",
                "conf/test.yaml:2: seed: duplicate key; the first is at conf/test.yaml:1.",
                "conf/test.yaml:3: data: label: missing; the rule: the column to predict, or labels with a"
                    + " file of them.",
                "conf/test.yaml:5: space.network.layers: 0; the rule: at least 1 and at most 100. Maybe type: linear.",
                "conf/test.yaml:6: space.optimizer.choice[1].type: sdg; the rule: sgd or nesterov or adam or adamax or nadam or amsgrad or rmsprop or adagrad or adadelta."
                    + " Maybe \"sgd\"."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | conf/test.yaml:1: the file is empty. Maybe start from conf/quickstart.yaml.
          `just words` | conf/test.yaml:1: just words; the rule: keys and values, such as "seed: 1".
          `a: [1` | conf/test.yaml:1: not YAML: expected ',' or ']', but got <stream end>.
          `{[a]: 1}` | conf/test.yaml:1: a key must be a word.
          `seed: !!java.net.URL [x]` | conf/test.yaml:1: seed: the tag tag:yaml.org,2002:java.net.URL has no meaning here.
          `seed: &a [*a]` | conf/test.yaml:1: seed[0]: an alias of a value that contains it.
          """)
  void parse_notASearch_saysWhy(String text, String message) {
    assertThatThrownBy(() -> ConfigReader.parse(text, FILE, List.of()))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
        .satisfies(e -> assertThat(e.problems()).contains(message));
  }

  @Test
  void parse_secondDocument_isRefused() {
    assertThatThrownBy(() -> ConfigReader.parse(MINIMAL + "---\nseed: 2\n", FILE, List.of()))
        .hasMessageContaining("conf/test.yaml:6: a second YAML document.");
  }

  /** Nine levels of nine aliases each stand for 387 million values. */
  @Test
  void parse_aliasesThatExplode_areRefusedAtOnce() {
    var text = new StringBuilder("a0: &a0 [x]\n");
    for (int level = 1; level <= 9; level++) {
      String alias = "*a" + (level - 1);
      text.append("a%d: &a%d [%s]\n".formatted(level, level, (alias + ",").repeat(8) + alias));
    }

    assertThatThrownBy(() -> ConfigReader.parse(text.toString(), FILE, List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not YAML");
  }

  /** A pattern that goes back over all digits for each of them took 28 seconds. */
  @Test
  void parse_manyDigits_areReadAtOnce() {
    String name = "0".repeat(64_000) + "x";
    String text = MINIMAL + "name: " + name + "\n";

    SearchConfig config =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> ConfigReader.parse(text, FILE, List.of()));

    assertThat(config.name()).isEqualTo(name);
  }

  /** The parser reads pieces of about 1,000 characters. */
  @Test
  void parse_surrogatePairsAnywhere_areRead() {
    for (int length = 1000; length < 1050; length++) {
      String text = "# " + "x".repeat(length) + "\uD83D\uDE00\n" + MINIMAL;
      assertThat(ConfigReader.parse(text, FILE, List.of()).seed()).isEqualTo(1);
    }
  }

  /** The parser's own recursion would end in a stack overflow. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void parse_deepNesting_isRefusedWithItsLine(String open) {
    assertThatThrownBy(
            () -> ConfigReader.parse("seed: 1\nx:\n " + open.repeat(9000), FILE, List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("conf/test.yaml:3: not YAML: values inside each other, more than 100 deep.");
  }

  @Test
  void parse_problemsWithoutEnd_listsAThousand() {
    var text = new StringBuilder(MINIMAL);
    for (int i = 0; i < 20_000; i++) {
      text.append("k").append(i).append(": 1\n");
    }

    assertThatThrownBy(() -> ConfigReader.parse(text.toString(), FILE, List.of()))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
        .extracting(InvalidInputException::problems, InstanceOfAssertFactories.list(String.class))
        .hasSize(1001)
        .last()
        .isEqualTo("conf/test.yaml:1005: more than 1000 problems; what follows was not checked.");
  }

  @Test
  void parse_valuesWithoutEnd_areRefused() {
    String text = MINIMAL + "zzz: [" + "1, ".repeat(100_000) + "]\n";

    assertThatThrownBy(() -> ConfigReader.parse(text, FILE, List.of()))
        .hasMessage("conf/test.yaml:1: not YAML: more than 30000 values.");
  }

  /** Otherwise 0 and -0 would be two candidates. */
  @Test
  void parse_negativeZero_isZero() {
    assertThatThrownBy(
            () ->
                ConfigReader.parse(
                    MINIMAL, FILE, List.of("space.network.dropout={choice: [0, -0]}")))
        .hasMessageContaining("a choice with the same value twice");
  }

  @Test
  void parse_override_replacesAndAdds() {
    SearchConfig config =
        ConfigReader.parse(
            MINIMAL,
            FILE,
            List.of("search.candidates=7", "space.network.units=5", "data.path=here.csv"));

    assertThat(config.search().candidates()).isEqualTo(7);
    assertThat(((Dense) config.space().network()).units()).isEqualTo(new Fixed<>(Units.each(5)));
    assertThat(config.data().path()).isEqualTo(Path.of("here.csv").toAbsolutePath().toString());
  }

  @Test
  void read_missingFile_suggestsTheNearest() {
    assertThatThrownBy(() -> ConfigReader.read(Path.of("conf/quickstar.yaml"), List.of()))
        .hasMessage("conf/quickstar.yaml: no such file. Maybe \"conf/quickstart.yaml\".");
  }

  @Test
  void read_folder_isRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> ConfigReader.read(folder, List.of()))
        .hasMessageContaining(": a folder; the rule: a YAML file.");
  }

  @Test
  void read_otherEncoding_isRefused(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("x.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});

    assertThatThrownBy(() -> ConfigReader.read(file, List.of()))
        .hasMessageContaining("not UTF-8 text.");
  }
}
