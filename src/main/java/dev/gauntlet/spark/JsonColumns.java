package dev.gauntlet.spark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.gauntlet.data.format.MissingWords;
import dev.gauntlet.spark.JsonColumn.Sort;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The keys of JSON objects, one per line, as columns: in the order in which they are met, where
 * Spark would sort them, and without making text of numbers where one row has text.
 */
final class JsonColumns implements LineParser<Map<String, JsonColumn>> {
  private static final long serialVersionUID = 1L;

  /** What Spark's own parser takes. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final String RULE =
      "one JSON object per line. Maybe the file is one array: jq -c '.[]' writes lines.";

  /** One schema for all files. */
  static List<Field> of(SparkSession session, SparkFiles files) {
    Map<String, JsonColumn> columns = new LinkedHashMap<>();
    LineScan.run(
        session,
        files,
        new JsonColumns(),
        RULE,
        (file, before, found) ->
            found.forEach(
                (name, column) ->
                    columns
                        .computeIfAbsent(name, key -> new JsonColumn())
                        .addAll(column, file, before)));
    return columns.entrySet().stream()
        .map(entry -> entry.getValue().field(entry.getKey()))
        .toList();
  }

  @Override
  public Map<String, JsonColumn> begin() {
    return new LinkedHashMap<>();
  }

  @Override
  public void parse(byte[] line, long number, Map<String, JsonColumn> found)
      throws BadLineException {
    try (JsonParser json = JSON.createParser(line)) {
      JsonToken start = json.nextToken();
      if (start == null) {
        return;
      }
      if (start != JsonToken.START_OBJECT) {
        throw new BadLineException("no JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        JsonColumn column = found.computeIfAbsent(json.currentName(), key -> new JsonColumn());
        Sort sort = sort(json, json.nextToken());
        if (sort != null) {
          column.add(sort, number);
        }
      }
      if (json.nextToken() != null) {
        throw new BadLineException("more after the JSON object");
      }
    } catch (JsonParseException e) {
      String why = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new BadLineException("no JSON: " + why.replaceFirst(" \\(start marker at .*", ""));
    } catch (IOException e) {
      throw new BadLineException("no JSON: " + e.getMessage());
    }
  }

  /** Null for nothing. */
  private static Sort sort(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE, VALUE_FALSE -> Sort.TRUTH;
      case VALUE_STRING -> MissingWords.contains(json.getText().strip()) ? null : Sort.TEXT;
      case VALUE_NUMBER_INT ->
          json.getNumberType() == NumberType.BIG_INTEGER ? Sort.DECIMAL : Sort.INTEGER;
      case VALUE_NUMBER_FLOAT -> Sort.DECIMAL;
      case START_ARRAY -> array(json);
      default -> {
        json.skipChildren();
        yield Sort.NESTED;
      }
    };
  }

  private static Sort array(JsonParser json) throws IOException {
    Sort sort = Sort.NUMBERS;
    for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
      boolean number = item.isNumeric() || item == JsonToken.VALUE_NULL;
      sort = number ? sort : Sort.NESTED;
      json.skipChildren();
    }
    return sort;
  }
}
