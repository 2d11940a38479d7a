package dev.gauntlet.config;

/** Places that are not paths of this machine. */
public final class Uris {
  private static final String FORM = "[a-zA-Z][a-zA-Z0-9+.-]+:/.*";

  private Uris() {}

  /** Whether a place has a scheme, such as {@code hdfs://} or {@code s3a://}. */
  public static boolean isUri(String place) {
    return place.matches(FORM);
  }
}
