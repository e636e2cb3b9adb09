package dev.atmos.services.kube;

import dev.atmos.plugin.base.Secret;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A context of some kubeconfigs, with its cluster and its user, as kubectl merges them. Nothing of
 * it has been checked.
 *
 * @param name its name
 * @param current whether it is the current one
 * @param file where it stands
 * @param cluster the name of its cluster; null for none
 * @param user the name of its user; null for none
 * @param server the entry of that cluster; null where it isn't there
 * @param login the entry of that user; null where it isn't there
 * @param arn the EKS cluster, by the marker of atmos or the name of the entry; null where neither
 *     tells
 */
public record KubeContext(
    String name,
    boolean current,
    Path file,
    @Nullable String cluster,
    @Nullable String user,
    @Nullable ServerEntry server,
    @Nullable LoginEntry login,
    @Nullable ClusterArn arn) {

  /**
   * A cluster entry.
   *
   * @param url the address of the API server; null where there is none
   * @param authority the certificates to trust, base64 of PEM; null where there are none
   * @param authorityFile the file that has them instead; null where there is none
   * @param tlsServerName the name that the certificate has to have; null for that of the URL
   * @param proxyUrl the proxy to use, whose URL may hold a password; null for that of the
   *     environment
   * @param unverified whether the server's certificate isn't verified
   */
  public record ServerEntry(
      @Nullable String url,
      @Nullable String authority,
      @Nullable Path authorityFile,
      @Nullable String tlsServerName,
      @Nullable Secret proxyUrl,
      boolean unverified) {}

  /**
   * A user entry.
   *
   * @param exec the command that gets credentials; null where there is none
   * @param others its other fields that authenticate, such as {@code token}; kubectl runs no
   *     command beside most of them
   */
  public record LoginEntry(@Nullable ExecEntry exec, List<String> others) {}

  /** The command of the user; null where there is none. */
  public @Nullable ExecEntry exec() {
    return login == null ? null : login.exec();
  }
}
