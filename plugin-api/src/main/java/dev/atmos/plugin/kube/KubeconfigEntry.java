package dev.atmos.plugin.kube;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, a user that gets its credentials from a program, and the context of both. Immutable;
 * methods that add something return a changed copy.
 */
public final class KubeconfigEntry {
  private final String context;
  private final String server;
  private final List<String> command;
  private final Map<String, String> variables;
  private final @Nullable String certificateAuthorityData;
  private final @Nullable String namespace;

  private KubeconfigEntry(
      String context,
      String server,
      List<String> command,
      Map<String, String> variables,
      @Nullable String certificateAuthorityData,
      @Nullable String namespace) {
    if (context.isEmpty() || server.isEmpty() || command.isEmpty()) {
      throw new IllegalArgumentException("a part of the kubeconfig entry is empty");
    }
    this.context = context;
    this.server = server;
    this.command = List.copyOf(command);
    this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    this.certificateAuthorityData = certificateAuthorityData;
    this.namespace = namespace;
  }

  /**
   * An entry.
   *
   * @param context the name of the context, of its cluster and of its user
   * @param server the address of the cluster's API server
   * @param command the program that prints an ExecCredential of {@code
   *     client.authentication.k8s.io/v1}, and its arguments
   * @throws IllegalArgumentException if a part is empty
   */
  public static KubeconfigEntry of(String context, String server, List<String> command) {
    return new KubeconfigEntry(context, server, command, Map.of(), null, null);
  }

  /** With variables that the program is run with. */
  public KubeconfigEntry withVariables(Map<String, String> values) {
    return new KubeconfigEntry(
        context, server, command, values, certificateAuthorityData, namespace);
  }

  /** With the certificate authority of the server: PEM in base64, as EKS and others give it. */
  public KubeconfigEntry withCertificateAuthority(String data) {
    return new KubeconfigEntry(context, server, command, variables, data, namespace);
  }

  /** With the namespace of the context. */
  public KubeconfigEntry withNamespace(String name) {
    return new KubeconfigEntry(context, server, command, variables, certificateAuthorityData, name);
  }

  /** The name of the context, of its cluster and of its user. */
  public String context() {
    return context;
  }

  /** The address of the cluster's API server. */
  public String server() {
    return server;
  }

  /** The program that prints an ExecCredential, and its arguments. */
  public List<String> command() {
    return command;
  }

  /** Variables that the program is run with. */
  public Map<String, String> variables() {
    return variables;
  }

  /** The certificate authority of the server: PEM in base64. */
  public Optional<String> certificateAuthorityData() {
    return Optional.ofNullable(certificateAuthorityData);
  }

  /** The namespace of the context. */
  public Optional<String> namespace() {
    return Optional.ofNullable(namespace);
  }
}
