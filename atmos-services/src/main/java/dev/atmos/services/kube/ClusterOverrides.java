package dev.atmos.services.kube;

import org.jspecify.annotations.Nullable;

/**
 * What the user says about how a cluster is reached and used, where AWS's answer or kubectl's
 * default isn't right. It replaces what the files hold; where it is null, they keep what they hold.
 *
 * @param endpoint the https URL of the API server, such as that of a tunnel
 * @param tlsServerName the name that the server's certificate is checked for
 * @param proxyUrl the proxy on the way there: an http, https or socks5 URL
 * @param namespace the namespace of the context
 * @param movesContexts whether a context that is there gets the namespace too; else only a new one
 *     does, as people change it day by day
 * @param setsCommand whether the command replaces one that is a path to this program, which stays
 *     otherwise
 */
public record ClusterOverrides(
    @Nullable String endpoint,
    @Nullable String tlsServerName,
    @Nullable String proxyUrl,
    @Nullable String namespace,
    boolean movesContexts,
    boolean setsCommand) {

  /** None. */
  public static final ClusterOverrides NONE =
      new ClusterOverrides(null, null, null, null, false, false);

  /** The form of {@link #tlsServerName}: a DNS name. */
  public static final String SERVER_NAME =
      "(?=.{1,253}$)[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?"
          + "(?:\\.[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?)*";

  /** The form of {@link #namespace}: a DNS label, as Kubernetes has it. */
  public static final String NAMESPACE = "[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?";

  /**
   * @throws IllegalArgumentException if a part can't stand in a kubeconfig; the message is a
   *     sentence for the user
   */
  public ClusterOverrides {
    if (endpoint != null) {
      NameSyntax.checkServer(endpoint);
    }
    if (proxyUrl != null) {
      NameSyntax.checkProxy(proxyUrl);
    }
    if (tlsServerName != null && !tlsServerName.matches(SERVER_NAME)) {
      throw new IllegalArgumentException("the name of the server's certificate isn't a DNS name");
    }
    if (namespace != null && !namespace.matches(NAMESPACE)) {
      throw new IllegalArgumentException(
          "the namespace isn't one: it has 1 to 63 small letters, digits and dashes");
    }
  }

  /** No others than these fields of the cluster. */
  public static ClusterOverrides of(
      @Nullable String endpoint, @Nullable String tlsServerName, @Nullable String proxyUrl) {
    return new ClusterOverrides(endpoint, tlsServerName, proxyUrl, null, false, false);
  }

  /** Those of another one where it has any, and else these. */
  public ClusterOverrides under(ClusterOverrides other) {
    return new ClusterOverrides(
        other.endpoint == null ? endpoint : other.endpoint,
        other.tlsServerName == null ? tlsServerName : other.tlsServerName,
        other.proxyUrl == null ? proxyUrl : other.proxyUrl,
        other.namespace == null ? namespace : other.namespace,
        other.namespace == null ? movesContexts : other.movesContexts,
        setsCommand || other.setsCommand);
  }
}
