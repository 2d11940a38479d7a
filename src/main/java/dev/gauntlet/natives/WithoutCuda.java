package dev.gauntlet.natives;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A class path whose services are none of CUDA's. Line by line: in the jar for clusters a file of
 * services has those of all backends.
 */
final class WithoutCuda extends ClassLoader {
  private static final String SERVICES = "META-INF/services/";
  private static final String CUDA = ".jcublas.";

  WithoutCuda(ClassLoader parent) {
    super(parent);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> files = Collections.list(super.getResources(name));
    if (name.startsWith(SERVICES)) {
      for (int i = 0; i < files.size(); i++) {
        files.set(i, without(files.get(i)));
      }
    }
    return Collections.enumeration(files);
  }

  private static URL without(URL services) throws IOException {
    URLConnection file = services.openConnection();
    // Else it may be closed by whoever reads the same jar.
    file.setUseCaches(false);
    try (InputStream stream = file.getInputStream()) {
      String rest =
          new String(stream.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.contains(CUDA))
              .collect(Collectors.joining("\n"));
      return new URL(null, "services:" + services, new Text(rest));
    }
  }

  /** A file that is only here. */
  private static final class Text extends URLStreamHandler {
    private final String text;

    Text(String text) {
      this.text = text;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(text.getBytes(UTF_8));
        }
      };
    }
  }
}
