package dev.gauntlet;

import dev.gauntlet.config.Json;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.journal.WinnerFiles;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.TrialResult.Saved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code models/}: for each winner a description of what goes into its model and comes out, beside
 * the model itself, which the journal has written.
 */
final class SavedModels {
  private SavedModels() {}

  static void write(RunFolder folder, Experiment experiment, List<CandidateResult> results) {
    for (CandidateResult result : results) {
      if (result.last() != null && !result.last().failed()) {
        Saved saved = result.last().outcome().saved();
        folder.write(
            WinnerFiles.description(result.candidate().id()),
            Json.write(description(experiment, result, saved)));
      }
    }
  }

  private static Map<String, Object> description(
      Experiment experiment, CandidateResult result, Saved saved) {
    Dataset dataset = experiment.dataset();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("candidate", result.candidate().id());
    values.put("network", result.candidate().words());
    values.put("hyperparameters", result.candidate().hyperparameters());
    values.put("label", experiment.config().data().label());
    if (dataset.task() == Task.CLASSIFICATION) {
      values.put("classes", dataset.classes());
    } else {
      values.put("target_shift", saved.preprocessor().targetShift());
      values.put("target_scale", saved.preprocessor().targetScale());
    }
    values.put("inputs", dataset.featureNames());
    values.put("shift", saved.preprocessor().inputShift());
    values.put("scale", saved.preprocessor().inputScale());
    values.put("columns", columns(dataset, saved.preprocessor()));
    values.put("data_fingerprint", dataset.fingerprint());
    values.put("seed", experiment.config().seed());
    return values;
  }

  /** What each column of the data goes through before it is an input. */
  private static List<Map<String, Object>> columns(Dataset dataset, Preprocessor fitted) {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (Column column : dataset.columns()) {
      Map<String, Object> values = new LinkedHashMap<>();
      float fill = fitted.fill()[columns.size()];
      values.put("name", column.name());
      if (column.categorical()) {
        values.put("categories", column.categories());
        values.put("seen", fitted.seen()[columns.size()]);
        values.put("missing", column.categories().get((int) fill));
      } else {
        values.put("missing", fill);
      }
      columns.add(values);
    }
    return columns;
  }
}
