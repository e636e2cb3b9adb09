package dev.atmos.aws.eks.doctor;

import dev.atmos.text.ShellQuoting;

/**
 * A user or role of IAM, as access entries name it.
 *
 * @param arn of the user or the role; of a role whose path isn't known, without the path
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html">Grant IAM
 *     users access to Kubernetes with EKS access entries</a>
 */
record Principal(String arn) {
  private static final String SESSION = ":assumed-role/";

  /** The one behind a caller's ARN, which of a role is that of the session. */
  static Principal of(String caller) {
    int session = caller.indexOf(SESSION);
    if (session < 0) {
      return new Principal(caller);
    }
    String role = caller.substring(session + SESSION.length());
    int slash = role.indexOf('/');
    String name = slash < 0 ? role : role.substring(0, slash);
    return new Principal(caller.substring(0, session).replace(":sts:", ":iam:") + ":role/" + name);
  }

  /** Whether an access entry is this one's: of a role, its path counts for nothing. */
  boolean isOf(String entry) {
    if (entry.equals(arn)) {
      return true;
    }
    int role = arn.indexOf(":role/");
    return role >= 0
        && entry.startsWith(arn.substring(0, role + ":role/".length()))
        && entry.substring(entry.lastIndexOf('/') + 1).equals(name());
  }

  private String name() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** The word of a command that is its ARN: IAM knows the path of Identity Center's roles. */
  String word() {
    return name().startsWith("AWSReservedSSO_")
        ? "\"$(aws iam get-role --role-name " + name() + " --query Role.Arn --output text)\""
        : ShellQuoting.word(arn);
  }
}
