package dev.gauntlet.data.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Map;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.VersionInfo;

/** What Hadoop's exceptions say to a person, in one line. */
public final class HadoopFailures {
  private static final Map<String, String> CONNECTORS =
      Map.of(
          "s3a", "org.apache.hadoop:hadoop-aws",
          "abfs", "org.apache.hadoop:hadoop-azure",
          "abfss", "org.apache.hadoop:hadoop-azure",
          "wasb", "org.apache.hadoop:hadoop-azure",
          "wasbs", "org.apache.hadoop:hadoop-azure",
          "oss", "org.apache.hadoop:hadoop-aliyun");

  private HadoopFailures() {}

  /**
   * @param place what was tried; its scheme and host appear in the text
   */
  public static IOException explained(URI place, Throwable failure) {
    return new IOException(text(place, failure), failure);
  }

  /** Whether it is the server that is not there. */
  static boolean isUnreachable(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof ConnectException
          || e instanceof NoRouteToHostException
          || e instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static String text(URI place, Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      Throwable inner = e instanceof RemoteException remote ? remote.unwrapRemoteException() : e;
      String known = known(place, inner);
      if (known != null) {
        return known;
      }
    }
    return "cannot be read: " + line(failure);
  }

  /** Null for an exception that says nothing by its type. */
  private static String known(URI place, Throwable e) {
    if (e instanceof UnsupportedFileSystemException
        || e instanceof ClassNotFoundException
        || e instanceof NoClassDefFoundError) {
      return noConnector(place.getScheme());
    }
    if (e instanceof UnknownHostException) {
      return "the host of " + place.getAuthority() + " is not known. Maybe it is misspelt";
    }
    if (e instanceof FileSystemException) {
      return "the cache folder cannot be written: " + e + ". Maybe set GAUNTLET_CACHE";
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return place.getAuthority() + " cannot be reached: " + reason(e);
    }
    if (e instanceof SocketTimeoutException) {
      return place.getAuthority() + " does not answer";
    }
    if (e instanceof FileNotFoundException) {
      return "no such file";
    }
    if (e instanceof AccessControlException) {
      return "no permission: " + line(e);
    }
    return null;
  }

  private static String noConnector(String scheme) {
    String what = "no connector for " + scheme + " is on the class path. Maybe ";
    String artifact = CONNECTORS.get(scheme);
    if (scheme.equals("s3") || scheme.equals("s3n")) {
      return what + "s3a: instead of " + scheme + ":";
    }
    return what
        + "spark-submit --packages "
        + (artifact == null
            ? "with the artifact of one"
            : artifact + ":" + VersionInfo.getVersion());
  }

  /** Without the advice to read a wiki. */
  private static String reason(Throwable e) {
    String text = line(e);
    return text.contains("Connection refused") ? "connection refused" : text;
  }

  private static String line(Throwable e) {
    String message = e.getMessage();
    String text = message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    return text.strip().lines().findFirst().orElse("").replaceAll("[.!]+$", "");
  }
}
