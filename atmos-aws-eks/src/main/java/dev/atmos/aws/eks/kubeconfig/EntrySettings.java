package dev.atmos.aws.eks.kubeconfig;

import dev.atmos.services.kube.ClusterOverrides;
import org.jspecify.annotations.Nullable;

/**
 * What the user says about a cluster's entries, by options or in the configuration.
 *
 * @param alias the name of the context, which may have {@linkplain AliasTemplate placeholders};
 *     null for the default
 * @param userAlias the name of the user entry; null for the default
 * @param integration the integration that the alias is of; null if it is of none
 * @param command how the program that kubectl runs is named
 * @param isPortable whether the command goes without the variables that select this configuration,
 *     so that the entry can be shared: the configuration of whoever uses it decides
 */
public record EntrySettings(
    @Nullable String alias,
    @Nullable String userAlias,
    @Nullable String integration,
    ClusterOverrides overrides,
    CommandName command,
    boolean isPortable) {

  /** All defaults. */
  public static final EntrySettings NONE =
      new EntrySettings(null, null, null, ClusterOverrides.NONE, CommandName.FOUND, false);

  /** How the program is named. */
  public enum CommandName {
    /** By its name where PATH leads to it, else by its path. */
    FOUND,
    /** {@code atmos}. */
    NAME,
    /** By the absolute path of its launcher, for programs without the user's PATH. */
    ABSOLUTE
  }
}
