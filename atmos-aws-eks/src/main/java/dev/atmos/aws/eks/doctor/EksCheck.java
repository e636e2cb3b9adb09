package dev.atmos.aws.eks.doctor;

import dev.atmos.aws.eks.doctor.EntryCheck.Server;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what EKS says of a cluster. */
final class EksCheck {
  private EksCheck() {}

  /**
   * Judges the state of a cluster, and whether its entry is up to date.
   *
   * @param server the entry; null where it has a fault
   * @param works whether the API server has let the user in, so that the entry can't be wrong
   */
  static Check cluster(ClusterFacts facts, @Nullable Server server, boolean works, Cures cures) {
    String status = facts.status();
    if (!"ACTIVE".equals(status) && !"UPDATING".equals(status)) {
      boolean soon = "CREATING".equals(status) || "PENDING".equals(status);
      throw new AtmosException(
          soon ? ExitCode.UNAVAILABLE : ExitCode.FAILED,
          "the cluster is " + DisplayNames.quoted(String.valueOf(status)) + ", and not ACTIVE",
          soon ? "wait until it is ACTIVE, then run this again" : cures.update() + " --remove");
    }
    if (server != null && !works) {
      requireSame(facts, server, cures.update());
    }
    return Check.ok(
        "cluster",
        "it is "
            + status
            + "; it takes "
            + switch (String.valueOf(facts.authenticationMode())) {
              case "API" -> "access entries";
              case "API_AND_CONFIG_MAP" -> "access entries and the config map aws-auth";
              case "CONFIG_MAP" -> "the config map aws-auth";
              default -> "an authentication mode that atmos doesn't know";
            }
            + "; its endpoint is "
            + (facts.publicEndpoint() ? "public" : "in its VPC only"));
  }

  private static void requireSame(ClusterFacts facts, Server server, String update) {
    String host = server.url().getHost();
    boolean own = host.endsWith(".amazonaws.com") || host.contains(".eks.");
    if (own && facts.endpoint() != null && !facts.endpoint().contains(host)) {
      throw new AtmosException(
          ExitCode.FAILED, "its endpoint is another one than in the entry", update);
    }
    String authority = server.authority();
    if (authority != null
        && facts.certificateAuthority() != null
        && !authority.strip().equals(decoded(facts.certificateAuthority()).strip())) {
      throw new AtmosException(
          ExitCode.FAILED, "its certificate authority is another one than in the entry", update);
    }
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * Judges whether a principal has access.
   *
   * @param mode the authentication mode of the cluster
   * @param principals those that have an access entry
   * @param works whether the API server has let the user in
   */
  static Check access(
      String mode, List<String> principals, Principal caller, boolean works, Cures cures) {
    for (String principal : principals) {
      if (caller.isOf(principal)) {
        return Check.ok("access", "there is an access entry of " + principal);
      }
    }
    String sentence = "there is no access entry of " + caller.arn();
    if (works || !mode.equals("API")) {
      return Check.unknown(
          "access", sentence + "; the config map aws-auth may have one, which EKS doesn't show");
    }
    throw new AtmosException(ExitCode.DENIED, sentence, cures.accessEntry(caller));
  }
}
