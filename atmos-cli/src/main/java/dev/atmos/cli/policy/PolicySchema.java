package dev.atmos.cli.policy;

import dev.atmos.cli.config.HostSections;
import dev.atmos.plugin.config.Schema;

/** What a policy may say. Each description is what {@code atmos config policy} shows. */
public final class PolicySchema {
  private PolicySchema() {}

  /** The whole file. */
  public static Schema root() {
    return Schema.object("What atmos may do on this machine, whatever its users say.")
        .optional(
            "allow.stores",
            list(
                "Sign-ins are kept in these stores only.",
                "[a-z][a-z0-9-]*",
                "the name of a store"))
        .optional(
            "allow.start_urls",
            list(
                "Sign-ins go to these start URLs only, and custom endpoints have to be among them.",
                "https?://(\\*\\.[^*\\s]+|[^*\\s]+|[^*\\s/][^*\\s]*/\\*)",
                "a URL, with '*' for the first label of its host or behind its last '/'"))
        .optional(
            "allow.accounts",
            list("Credentials are for these accounts only.", "[0-9]{12}", "12 digits"))
        .optional(
            "allow.regions",
            list(
                "Sign-ins, identities, clusters and tokens have these regions only.",
                "[a-z][a-z0-9-]*|([a-z0-9]+-)+\\*",
                "a region, with '*' behind its last '-'"))
        .optional("allow.static", Schema.flag("Whether programs may have keys in variables."))
        .optional(
            "allow.plugins",
            list(
                "Only plugins of which every jar has one of these SHA-256 are loaded.",
                "[0-9a-f]{64}",
                "64 hexadecimal digits in lower case"))
        .optional("trust.users", granted("Whether users may trust files: atmos config trust."))
        .optional("trust.yes", granted("Whether atmos config trust takes --yes for an answer."))
        .optional(
            "trust.config",
            granted("Whether --config and --config-path make the file that they name trusted."))
        .optional(
            "trust.trusted_paths",
            granted("Whether ATMOS_TRUSTED_PATHS makes the files below its paths trusted."))
        .optional("audit", HostSections.audit())
        .withDescription("allow", "What atmos may use; what isn't named here is allowed.")
        .withDescription("trust", "What makes a file of the configuration trusted.");
  }

  private static Schema list(String description, String pattern, String meaning) {
    return Schema.list(description, Schema.text("One of them.").withPattern(pattern, meaning));
  }

  private static Schema granted(String description) {
    return Schema.choice(description, "allowed", "denied").withDefault("allowed");
  }
}
