package dev.atmos.auth.config;

import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an integration's kind needs. */
public sealed interface IntegrationDetails {

  /** What becomes of a kubeconfig's entries of the same names. */
  enum Update {
    /** They get the fields that are ours. */
    MERGE,
    /** They are written anew. */
    REPLACE,
    /** They are an error, unless they are the same. */
    ERROR
  }

  /**
   * {@code aws/eks}: an entry of a kubeconfig.
   *
   * @param cluster the cluster's name
   * @param alias the context's name; null for the cluster's ARN
   * @param kubeconfigPath the file, in which {@code ~} and variables are still to be replaced; null
   *     for the usual one
   * @param kubeconfigMode the permissions that a new file gets, as of {@code chmod}
   */
  record Eks(
      String cluster,
      String region,
      @Nullable String alias,
      @Nullable String kubeconfigPath,
      int kubeconfigMode,
      Update update)
      implements IntegrationDetails {}

  /**
   * {@code aws/ecr}: a sign-in to a private registry.
   *
   * @param accountId 12 digits
   */
  record Ecr(String accountId, String region) implements IntegrationDetails {}

  /** {@code aws/ecr-public}: a sign-in to the public registry. */
  record EcrPublic(String region) implements IntegrationDetails {}

  /**
   * A kind that isn't known here.
   *
   * @param fields everything below the integration's name
   */
  record Other(ConfigMap fields) implements IntegrationDetails {}

  /**
   * An integration that can't be used, because something in it is missing or wrong.
   *
   * @param problems all of its errors; at least one
   */
  record Broken(List<ConfigProblem> problems) implements IntegrationDetails {

    /** Copies the list. */
    public Broken {
      problems = List.copyOf(problems);
    }
  }
}
