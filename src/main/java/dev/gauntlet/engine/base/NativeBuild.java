package dev.gauntlet.engine.base;

import dev.gauntlet.natives.BlasKernel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/** The native code that this process computes with. */
public final class NativeBuild {
  private NativeBuild() {}

  /** Backend, versions and platform. */
  public static Map<String, Object> describe() {
    BlasKernel.choose();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("backend", Nd4j.getBackend().getClass().getSimpleName());
    values.put("nd4j", version());
    values.put("native", Loader.getPlatform());
    values.put("blas", openblas.OPENBLAS_VERSION.strip());
    values.put("blas_kernel", BlasKernel.loaded().orElse("unknown"));
    return values;
  }

  private static String version() {
    var properties = new Properties();
    try (InputStream stream =
        Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
