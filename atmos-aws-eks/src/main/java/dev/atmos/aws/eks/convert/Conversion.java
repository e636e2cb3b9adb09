package dev.atmos.aws.eks.convert;

import dev.atmos.services.kube.ExecReplacement;
import dev.atmos.services.kube.KubeContext;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a user entry that gets tokens for EKS from another program.
 *
 * @param user the name of the entry
 * @param contexts the contexts that use it; at least one
 * @param program the program that it runs so far
 * @param cluster the cluster's name or id; null where it isn't known
 * @param region the cluster's region; null where it isn't known
 * @param account the cluster's account; null where it isn't known
 * @param identity the identity that it gets; null for what the environment offers
 * @param profile the profile of the AWS files that it gets; null for none
 * @param replacement the change; null if the entry is left as it is
 * @param reason why it is left; null if it isn't
 * @param hint what helps; null for nothing
 */
public record Conversion(
    String user,
    List<KubeContext> contexts,
    String program,
    @Nullable String cluster,
    @Nullable String region,
    @Nullable String account,
    @Nullable String identity,
    @Nullable String profile,
    @Nullable ExecReplacement replacement,
    @Nullable String reason,
    @Nullable String hint) {

  /** Keeps a copy of the list. */
  public Conversion {
    contexts = List.copyOf(contexts);
  }

  /** The file of the first context. */
  public Path file() {
    return contexts.getFirst().file();
  }

  /** The names of the contexts. */
  public List<String> names() {
    return contexts.stream().map(KubeContext::name).toList();
  }

  /** The same entry, left as it is. */
  public Conversion left(String why, @Nullable String cure) {
    return new Conversion(
        user, contexts, program, cluster, region, account, null, null, null, why, cure);
  }
}
