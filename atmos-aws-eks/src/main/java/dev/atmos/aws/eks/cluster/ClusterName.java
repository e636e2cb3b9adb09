package dev.atmos.aws.eks.cluster;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.TerminalText;

/**
 * The name of a cluster, as its API server knows itself: 1 to 100 letters, digits, dashes,
 * underscores and dots, the first one a letter or a digit. EKS's own names have no dots; clusters
 * that people run themselves with aws-iam-authenticator do. The id of a local cluster on Outposts
 * has this form too.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html">EKS
 *     CreateCluster, name</a>
 */
public record ClusterName(String text) {
  private static final int MAX_LENGTH = 100;

  /**
   * @throws AtmosException with {@link ExitCode#USAGE} if the text isn't a cluster name
   */
  public ClusterName {
    check("--cluster-name", text);
  }

  /**
   * A name from another source than {@code --cluster-name}.
   *
   * @param source the source's name in messages
   * @throws AtmosException with {@link ExitCode#USAGE} if the text isn't a cluster name
   */
  public static ClusterName of(String source, String text) {
    check(source, text);
    return new ClusterName(text);
  }

  private static void check(String source, String text) {
    if (text.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, source + " is empty");
    }
    if (text.length() > MAX_LENGTH) {
      throw new AtmosException(
          ExitCode.USAGE,
          source
              + " has "
              + text.length()
              + " characters; a cluster name has at most "
              + MAX_LENGTH);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && !(i > 0 && (c == '-' || c == '_' || c == '.'))) {
        throw new AtmosException(
            ExitCode.USAGE,
            source
                + " is not a cluster name: character "
                + (i + 1)
                + " is "
                + TerminalText.character(text.codePointAt(i))
                + (i == 0
                    ? ", and the first one has to be a letter or a digit"
                    : "; letters, digits, '-', '_' and '.' are allowed"));
      }
    }
  }
}
