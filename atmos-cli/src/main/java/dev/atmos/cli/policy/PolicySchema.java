package dev.atmos.cli.policy;

import dev.atmos.cli.config.HostSections;
import dev.atmos.plugin.config.Schema;

/** What a policy may say. Each description is what {@code atmos config policy} shows. */
public final class PolicySchema {
  private static final String PART = "[^*%?#@\\\\\\s]";

  /** Each URL has one form here: its path has no dot segments. */
  private static final String URL =
      "https?://(?!.*/\\.{0,2}/.)(?!.*/\\.{1,2}$)((\\*\\.)?" + PART + "+|(?!/)" + PART + "+/\\*)";

  private PolicySchema() {}

  /** The whole file. */
  public static Schema root() {
    return Schema.object("What atmos may do on this machine, whatever its users say.")
        .optional(
            "allow.stores",
            list("Where sign-ins are kept", "[a-z][a-z0-9-]*", "the name of a store"))
        .optional(
            "allow.start_urls",
            list(
                "Where sign-ins go, and custom endpoints lead",
                URL,
                "a URL without % ? # @ and dots between slashes, with '*' for the first label of"
                    + " its host or behind its last '/'"))
        .optional(
            "allow.accounts", list("Whose credentials are given out", "[0-9]{12}", "12 digits"))
        .optional(
            "allow.regions",
            list(
                "Regions of AWS that are called, and that programs get",
                "[a-z][a-z0-9-]*|([a-z0-9]+-)+\\*",
                "a region, with '*' behind its last '-'"))
        .optional("allow.static", Schema.flag("Keys in variables for programs"))
        .optional(
            "allow.plugins",
            list(
                "SHA-256 of the jars of plugins that are loaded",
                "[0-9a-f]{64}",
                "64 hexadecimal digits in lower case"))
        .optional("trust.users", granted("Trust in files by atmos config trust"))
        .optional("trust.yes", granted("Trust in files by atmos config trust --yes"))
        .optional("trust.config", granted("Trust in files by --config and --config-path"))
        .optional("trust.trusted_paths", granted("Trust in files by ATMOS_TRUSTED_PATHS"))
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
