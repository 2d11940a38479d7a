package dev.gauntlet;

import java.util.Optional;

/** The version of this build. */
public final class Version {
  private Version() {}

  /** From the jar; {@code development} where classes are not in one. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
