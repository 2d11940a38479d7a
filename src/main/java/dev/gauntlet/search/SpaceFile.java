package dev.gauntlet.search;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.natives.BlasKernel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;
import org.deeplearning4j.arbiter.MultiLayerSpace;

/**
 * A file with Arbiter's {@code MultiLayerSpace} as JSON. Such JSON names classes, and may hold
 * Java-serialised values that Arbiter reads without a look at them: both are looked at first.
 */
record SpaceFile(String name) {
  static {
    BlasKernel.choose();
  }

  private static final long MAX_BYTES = 10_000_000;
  private static final Pattern CLASSES =
      Pattern.compile(
          "org\\.(deeplearning4j|nd4j)\\..+|java\\.lang\\.(Integer|Long|Double|Float|Boolean|String)");
  private static final ObjectInputFilter VALUES =
      ObjectInputFilter.Config.createFilter(
          "maxdepth=20;maxbytes=1000000;maxarray=10000;java.lang.*;java.util.ArrayList;java.util.HashMap;java.util.LinkedHashMap;"
              + "org.deeplearning4j.nn.**;org.nd4j.linalg.activations.**;"
              + "org.nd4j.linalg.lossfunctions.**;org.nd4j.linalg.learning.config.**;!*");
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /**
   * @throws InvalidInputException if the file is anything else
   */
  MultiLayerSpace read() {
    String text = text();
    requireSafe(tree(text));
    try {
      return MultiLayerSpace.fromJson(text);
    } catch (RuntimeException | StackOverflowError e) {
      throw problem("Arbiter does not read it: " + firstLine(e), "a MultiLayerSpace");
    }
  }

  private String text() {
    try {
      Path file = Path.of(name);
      if (!Files.isRegularFile(file)) {
        throw problem("no such file", "a file of this machine");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw problem("more than " + MAX_BYTES + " bytes", "a MultiLayerSpace");
      }
      return Files.readString(file);
    } catch (IOException | InvalidPathException e) {
      throw problem("cannot be read: " + e.getMessage(), "JSON in UTF-8");
    }
  }

  private JsonNode tree(String text) {
    try {
      JsonNode root = MAPPER.readTree(text);
      String type = root.path("@class").asText();
      if (!type.equals(MultiLayerSpace.class.getName())) {
        throw problem(
            type.isEmpty() ? "no \"@class\" at its top" : "of class " + type,
            "what MultiLayerSpace.toJson writes");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw problem("not JSON: " + firstLine(e), "what MultiLayerSpace.toJson writes");
    }
  }

  private void requireSafe(JsonNode node) {
    Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      boolean serialised = node.has("@valueclass") && !node.has("value");
      boolean namesClass = field.getKey().startsWith("@") && !serialised;
      if (namesClass && !CLASSES.matcher(field.getValue().asText()).matches()) {
        throw problem(field.getKey() + " " + field.getValue().asText(), "classes of DL4J and ND4J");
      }
    }
    if (node.has("data")) {
      requireSafeData(node.get("data"));
    }
    node.forEach(this::requireSafe);
  }

  /** Reads it as Arbiter will, but for classes that have no place in a network. */
  private void requireSafeData(JsonNode data) {
    try (var stream = new ObjectInputStream(new ByteArrayInputStream(data.binaryValue()))) {
      stream.setObjectInputFilter(VALUES);
      stream.readObject();
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      throw problem("serialised data: " + firstLine(e), "values of networks");
    }
  }

  InvalidInputException problem(String what, String rule) {
    return new InvalidInputException(
        "space.network.file: " + name + ": " + what + "; the rule: " + rule + ".");
  }

  static String firstLine(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }
}
