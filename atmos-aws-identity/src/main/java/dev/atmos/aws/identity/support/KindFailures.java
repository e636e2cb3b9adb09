package dev.atmos.aws.identity.support;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Definition;
import dev.atmos.text.DisplayNames;

/** Failures that several kinds report. Loaded only then. */
public final class KindFailures {
  private static final String VIA = "via";

  private KindFailures() {}

  /** A kind that needs no {@code via} has one. */
  public static AtmosException needsNoVia(Definition definition) {
    return definition.error(VIA, subject(definition) + ", which takes no 'via'", null);
  }

  /** A field that must not be empty is. */
  public static AtmosException empty(Definition definition, String path) {
    return definition.error(
        path, "'" + key(path) + "' is empty; most likely its variable is not set", null);
  }

  /** One of two fields that belong together is missing. */
  public static AtmosException alone(Definition definition, String path, String missing) {
    return definition.error(
        path, "'" + key(path) + "' is there without '" + key(missing) + "'", null);
  }

  private static String key(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /**
   * What comes before in the chain gives the wrong grant.
   *
   * @param needed what has to come before
   */
  public static AtmosException wrongInput(Definition definition, String needed) {
    return definition.error(
        VIA, subject(definition) + ", which needs " + needed + " in 'via'", null);
  }

  /** Neither a definition nor what it goes through names a region. */
  public static AtmosException noRegion(Definition definition) {
    return definition
        .position()
        .error(
            "no region is set for identity "
                + DisplayNames.quoted(definition.name())
                + " or anything it goes through");
  }

  private static String subject(Definition definition) {
    return "identity "
        + DisplayNames.quoted(definition.name())
        + " is of kind "
        + definition.kind();
  }
}
