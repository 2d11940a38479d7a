package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Json;
import dev.gauntlet.config.Names;
import dev.gauntlet.leaderboard.Leaderboard.RankedRow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The leaderboard as JSON; an absent key means "not measured". */
public final class LeaderboardJson {
  private LeaderboardJson() {}

  public static String write(Leaderboard leaderboard) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("metric", Names.word(leaderboard.metric()));
    root.put("direction", Names.word(leaderboard.metric().direction()));
    root.put("folds", leaderboard.validate().folds());
    root.put("repeats", leaderboard.validate().repeats());
    put(root, "rope", leaderboard.rope());
    root.put("summary", Summary.of(leaderboard));
    if (!leaderboard.importances().isEmpty()) {
      Map<String, Object> hyperparameters = new LinkedHashMap<>();
      leaderboard
          .importances()
          .forEach(known -> hyperparameters.put(known.name(), importance(known)));
      root.put("hyperparameters", hyperparameters);
    }
    root.put("rows", leaderboard.rows().stream().map(LeaderboardJson::row).toList());
    return Json.write(root);
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
    put(values, "device", row.device());
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
      cv.put("low", row.folds().low());
      cv.put("high", row.folds().high());
      cv.put("folds", row.folds().scores());
      values.put("cv", cv);
    } else if (row.foldScores().length > 0) {
      values.put("cv", Map.of("folds", measured(row.foldScores())));
    }
    if (row.dropout() != null) {
      Map<String, Object> dropout = new LinkedHashMap<>();
      dropout.put("mean", row.dropout().mean());
      dropout.put("std", row.dropout().std());
      dropout.put("of_mean", row.dropout().ofMean());
      dropout.put("passes", row.dropout().passes());
      put(dropout, "added_rate", row.dropout().rate() > 0 ? row.dropout().rate() : Double.NaN);
      values.put("mc_dropout", dropout);
    }
    put(values, "test_score", row.testScore());
    put(values, "p_value", ranked.pValue());
    if (ranked.posterior() != null) {
      Map<String, Object> posterior = new LinkedHashMap<>();
      posterior.put("p_lower", ranked.posterior().lower());
      posterior.put("p_equivalent", ranked.posterior().within());
      posterior.put("p_higher", ranked.posterior().higher());
      values.put("than_best", posterior);
    }
    put(values, "tied", ranked.tied());
    values.put("winner", row.winner());
    if (!row.metrics().isEmpty()) {
      Map<String, Object> metrics = new LinkedHashMap<>();
      row.metrics().forEach((metric, value) -> metrics.put(Names.word(metric), metric(value)));
      values.put("metrics", metrics);
    }
    values.put("hyperparameters", row.hyperparameters());
    return values;
  }

  private static Map<String, Object> metric(FoldMetric metric) {
    Map<String, Object> values = new LinkedHashMap<>();
    put(values, "cv_mean", metric.mean());
    put(values, "cv_std", metric.std());
    put(values, "test", metric.test());
    return values;
  }

  /** JSON has no NaN: a repeat or a fold that failed is null. */
  private static List<Double> measured(double[] scores) {
    return Arrays.stream(scores).mapToObj(score -> Double.isNaN(score) ? null : score).toList();
  }

  private static void put(Map<String, Object> values, String key, Object value) {
    if (value != null && !(value instanceof Double number && number.isNaN())) {
      values.put(key, value);
    }
  }
}
