package dev.gauntlet.data.format;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What an exception of a library says to a person. */
public final class Causes {
  private Causes() {}

  /** One line without a full stop; never empty. */
  public static String text(Throwable e) {
    if (e instanceof EOFException) {
      return "it ends too early";
    }
    if (e instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (e instanceof NoSuchFileException) {
      return "it is gone";
    }
    if (e instanceof OutOfMemoryError) {
      return "more memory is needed than the heap of " + heapMegabytes() + " MiB has free";
    }
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    return message.strip().replaceAll("\\s+", " ").replaceAll("[.!]+$", "");
  }

  private static long heapMegabytes() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }
}
