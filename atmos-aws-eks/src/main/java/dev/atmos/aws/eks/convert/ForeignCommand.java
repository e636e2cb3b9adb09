package dev.atmos.aws.eks.convert;

import dev.atmos.services.kube.ExecEntry;
import dev.atmos.services.kube.SelectedIdentities;
import dev.atmos.text.DisplayNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command of a user entry makes tokens for EKS of.
 *
 * @param program the program's name, for people
 * @param cluster the cluster's name or id
 * @param region the region that it says, itself or by a variable
 * @param profile the profile of the AWS files
 * @param role the ARN of the role that it assumes
 * @param identity the identity of atmos
 * @param obstacle why it can't be converted, whatever the identity; null for nothing
 */
record ForeignCommand(
    String program,
    @Nullable String cluster,
    @Nullable String region,
    @Nullable String profile,
    @Nullable String role,
    @Nullable String identity,
    @Nullable String obstacle) {

  /** What stands in variables and goes over into the new command, or has no effect on a token. */
  static final Set<String> REPLACED =
      Set.of(
          "AWS_PROFILE",
          "AWS_DEFAULT_PROFILE",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_STS_REGIONAL_ENDPOINTS",
          "ATMOS_IDENTITY",
          "DEFAULT_ROLE");

  private static final String ATMOS = "atmos";

  private static final List<String> KEYS =
      List.of("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN");

  /** By these words, a wrapper's arguments show that it gets a token for EKS in the end. */
  private static final List<String> SIGNS =
      List.of("get-token", "aws-iam-authenticator", "heptio-authenticator-aws", "eks token");

  /** Reads a command; null if it has nothing to do with EKS, or is one of this program already. */
  static @Nullable ForeignCommand read(ExecEntry exec) {
    String command = exec.command();
    if (command == null || exec.env().containsKey(SelectedIdentities.FILES)) {
      return null;
    }
    String program = program(command);
    ProgramSyntax syntax =
        switch (program) {
          case "aws" -> ProgramSyntax.aws();
          case "aws-iam-authenticator", "heptio-authenticator-aws" -> ProgramSyntax.authenticator();
          case ATMOS -> ProgramSyntax.goAtmos();
          default -> null;
        };
    if (syntax == null) {
      String all = String.join(" ", exec.args());
      return SIGNS.stream().anyMatch(all::contains)
          ? none(program, "what " + program + " sets up for the command that it runs isn't known")
          : null;
    }
    ProgramSyntax.Reading reading = syntax.read(exec.args());
    if (reading == null || (program.equals(ATMOS) && !isOfGo(exec))) {
      return null;
    }
    if (reading.unknown() != null) {
      return none(program, "atmos has nothing for " + DisplayNames.quoted(reading.unknown()));
    }
    Map<String, String> env = exec.env();
    for (String key : KEYS) {
      if (present(env.get(key))) {
        return none(program, "it has credentials of its own: " + key);
      }
    }
    Map<String, String> values = reading.values();
    String role = values.get(ProgramSyntax.ROLE);
    return new ForeignCommand(
        program,
        values.get(ProgramSyntax.CLUSTER),
        first(
            values.get(ProgramSyntax.REGION), env.get("AWS_REGION"), env.get("AWS_DEFAULT_REGION")),
        first(
            values.get(ProgramSyntax.PROFILE),
            env.get("AWS_PROFILE"),
            env.get("AWS_DEFAULT_PROFILE")),
        first(role, program.startsWith("aws-") ? env.get("DEFAULT_ROLE") : null),
        first(values.get(ProgramSyntax.IDENTITY), env.get("ATMOS_IDENTITY")),
        null);
  }

  /** An entry that is meant to be shared has no variables, and its words are separate. */
  private static boolean isOfGo(ExecEntry exec) {
    return exec.args().contains("eks-token")
        || exec.env().containsKey("ATMOS_IDENTITY")
        || exec.args().stream().anyMatch(word -> word.startsWith("--identity="));
  }

  private static ForeignCommand none(String program, String obstacle) {
    return new ForeignCommand(program, null, null, null, null, null, obstacle);
  }

  /** The name of the file without its directories and what Windows adds to names of programs. */
  private static String program(String command) {
    String name =
        command.substring(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
    return name.toLowerCase(Locale.ROOT).replaceFirst("\\.(exe|cmd|bat)$", "");
  }

  static @Nullable String first(@Nullable String... texts) {
    for (String text : texts) {
      if (present(text)) {
        return text;
      }
    }
    return null;
  }

  private static boolean present(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
