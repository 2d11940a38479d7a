package dev.gauntlet.leaderboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gauntlet.config.Names;
import dev.gauntlet.leaderboard.Leaderboard.RankedRow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The leaderboard as JSON; an absent key means "not measured". */
public final class LeaderboardJson {
  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private LeaderboardJson() {}

  public static String write(Leaderboard leaderboard) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("metric", Names.word(leaderboard.metric()));
    root.put("direction", Names.word(leaderboard.metric().direction()));
    root.put("folds", leaderboard.folds());
    root.put("summary", Summary.of(leaderboard));
    if (!leaderboard.importances().isEmpty()) {
      Map<String, Object> hyperparameters = new LinkedHashMap<>();
      leaderboard
          .importances()
          .forEach(known -> hyperparameters.put(known.name(), importance(known)));
      root.put("hyperparameters", hyperparameters);
    }
    root.put("rows", leaderboard.rows().stream().map(LeaderboardJson::row).toList());
    try {
      return WRITER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> importance(Importance known) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("importance", known.importance());
    values.put("best", known.best());
    put(values, "low", known.low());
    put(values, "high", known.high());
    if (!known.values().isEmpty()) {
      values.put("values", known.values().stream().map(LeaderboardJson::tried).toList());
    }
    return values;
  }

  private static Map<String, Object> tried(Importance.Tried tried) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("value", tried.value());
    values.put("candidates", tried.candidates());
    values.put("median_score", tried.score());
    return values;
  }

  private static Map<String, Object> row(RankedRow ranked) {
    LeaderboardRow row = ranked.row();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("rank", ranked.rank());
    values.put("id", row.id());
    values.put("kind", Names.word(row.kind()));
    values.put("status", row.status());
    put(values, "engine", row.engine());
    values.put("network", row.network());
    put(values, "parameters", row.parameters());
    put(values, "search_score", row.searchScore());
    put(values, "search_std", row.searchStd());
    if (row.searchScores().length > 1) {
      values.put("search_scores", measured(row.searchScores()));
    }
    if (row.folds() != null) {
      Map<String, Object> cv = new LinkedHashMap<>();
      cv.put("mean", row.folds().mean());
      cv.put("std", row.folds().std());
      cv.put("low", row.folds().mean() - row.folds().halfWidth());
      cv.put("high", row.folds().mean() + row.folds().halfWidth());
      cv.put("folds", row.folds().scores());
      values.put("cv", cv);
    }
    if (row.dropout() != null) {
      Map<String, Object> dropout = new LinkedHashMap<>();
      dropout.put("mean", row.dropout().mean());
      dropout.put("std", row.dropout().std());
      dropout.put("passes", row.dropout().passes());
      dropout.put("retrained_with_rate", row.dropout().rate() == 0 ? null : row.dropout().rate());
      values.put("mc_dropout", dropout);
    }
    put(values, "test_score", row.testScore());
    put(values, "p_value", ranked.pValue());
    put(values, "tied", ranked.tied());
    values.put("winner", row.winner());
    values.put("hyperparameters", row.hyperparameters());
    return values;
  }

  /** JSON has no NaN: a repeat that failed is null. */
  private static List<Double> measured(double[] scores) {
    return Arrays.stream(scores).mapToObj(score -> Double.isNaN(score) ? null : score).toList();
  }

  private static void put(Map<String, Object> values, String key, Object value) {
    if (value != null && !(value instanceof Double number && number.isNaN())) {
      values.put(key, value);
    }
  }
}
