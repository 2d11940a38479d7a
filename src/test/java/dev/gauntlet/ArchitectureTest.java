package dev.gauntlet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of packages in the architecture page: who may import whom, and which library where. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.gauntlet");

  /** Every package and what it may import; {@code ""} is the root. */
  private static final List<List<String>> ALLOWED =
      List.of(
          List.of("config"),
          List.of("data", "config"),
          List.of("data.files", "config"),
          List.of("data.cache", "config", "data", "data.files"),
          List.of("data.format", "config", "data", "data.cache", "data.files"),
          List.of("natives"),
          List.of("search", "config", "natives"),
          List.of("train", "config", "data", "search"),
          List.of("engine.base", "config", "data", "natives", "search", "train"),
          List.of("engine.dl4j", "config", "data", "search", "train", "engine.base"),
          List.of("engine.fused", "config", "data", "search", "train", "engine.base"),
          List.of(
              "engine",
              "config",
              "data",
              "natives",
              "search",
              "train",
              "engine.base",
              "engine.dl4j",
              "engine.fused"),
          List.of("validate", "config", "data", "search", "train"),
          List.of("journal", "config", "data.files", "search", "validate"),
          List.of("leaderboard", "config", "search", "validate"),
          List.of(
              "",
              "config",
              "data",
              "search",
              "train",
              "engine",
              "validate",
              "journal",
              "leaderboard"),
          List.of(
              "spark",
              "",
              "config",
              "data",
              "data.files",
              "data.format",
              "search",
              "train",
              "engine",
              "engine.base",
              "engine.dl4j",
              "validate",
              "journal",
              "leaderboard"),
          List.of(
              "cli",
              "",
              "config",
              "data",
              "data.files",
              "search",
              "validate",
              "journal",
              "leaderboard",
              "spark"));

  private static final Pattern WALL_CLOCK =
      Pattern.compile(
          "java[.]lang[.]System[.]currentTimeMillis\\(.*"
              + "|java[.]time[.].*[.](now|system|systemUTC|systemDefaultZone|tick.*)\\(.*"
              + "|java[.]util[.](Date[.]<init>\\(\\)|Calendar[.]getInstance\\(.*)");

  private static final DescribedPredicate<JavaAccess<?>> READS_THE_WALL_CLOCK =
      describe(
          "reads the wall clock",
          access -> WALL_CLOCK.matcher(access.getTarget().getFullName()).matches());

  private static String name(String part) {
    return part.isEmpty() ? "dev.gauntlet" : "dev.gauntlet." + part;
  }

  static Stream<Arguments> packages() {
    return ALLOWED.stream().map(row -> Arguments.of(row.get(0), row.subList(1, row.size())));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void package_importsOnlyFromAbove(String part, List<String> allowed) {
    String[] forbidden =
        ALLOWED.stream()
            .map(row -> row.get(0))
            .filter(other -> !other.equals(part) && !allowed.contains(other))
            .map(ArchitectureTest::name)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(name(part))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(CLASSES);
  }

  @Test
  void everyPackage_isInTheTable() {
    noClasses()
        .should()
        .resideOutsideOfPackages(
            ALLOWED.stream().map(row -> name(row.get(0))).toArray(String[]::new))
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          org.snakeyaml..                                    | config
          org.apache.spark..                                 | spark
          org.apache.hadoop..                                | data.files,journal,spark
          java.net.http..                                    | data.files
          org.deeplearning4j.arbiter..                       | search
          org.deeplearning4j.nn.multilayer..                 | engine.base,engine.dl4j,engine.fused,spark
          org.deeplearning4j.spark..                         | spark
          org.bytedeco..                                     | engine.base,engine.fused,natives
          com.sun.jna..                                      | natives
          org.nd4j.linalg.factory..                          | engine.base,engine.dl4j
          picocli..                                          | cli
          me.tongfei.progressbar..                           | cli
          """)
  void library_staysInsideItsFence(String library, String fence) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Arrays.stream(fence.split(",")).map(ArchitectureTest::name).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .check(CLASSES);
  }

  /** So that something else than a processor can compute. */
  @Test
  void fusedEngine_computesByItsDeviceAlone() {
    String above = "FusedEngine|FusedLearner|FusedModel|Device|Program|Examples";
    // What a network is, where its numbers are, and what samples on the processor in any case.
    String known = above + "|Plan|Layout|Loss|Matrices|ConvolutionStep";
    noClasses()
        .that()
        .haveNameMatching(fused(above))
        .should()
        .dependOnClassesThat(
            resideInAPackage(name("engine.fused")).and(not(nameMatching(fused(known + "|Cpu")))))
        .orShould()
        .dependOnClassesThat(resideInAPackage("org.bytedeco.."))
        .check(CLASSES);
    noClasses()
        .that()
        .haveNameNotMatching(fused("FusedEngine|Cpu"))
        .should()
        .dependOnClassesThat(nameMatching(fused("Cpu")))
        .check(CLASSES);
  }

  private static String fused(String names) {
    return "dev[.]gauntlet[.]engine[.]fused[.](" + names + ")([$].*)?";
  }

  /**
   * What time it is, is for records of a run and for files that processes share; results and
   * deadlines do not depend on a clock that people set.
   */
  @Test
  void wallClock_isReadForTimestampsAlone() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.gauntlet.RunRecord")
        .and()
        .doNotHaveFullyQualifiedName("dev.gauntlet.journal.RunOwner")
        .and()
        .haveNameNotMatching("dev[.]gauntlet[.]data[.]cache[.]Shelf([$].*)?")
        .and()
        .resideOutsideOfPackage("dev.gauntlet.data.files")
        .should()
        .accessTargetWhere(READS_THE_WALL_CLOCK)
        .check(CLASSES);
  }
}
