package dev.atmos.aws.eks.token;

import dev.atmos.text.json.JsonFieldReader;
import org.jspecify.annotations.Nullable;

/**
 * What kubectl asks for in {@code KUBERNETES_EXEC_INFO}: the version of the API to answer in, which
 * has to be the one of the kubeconfig entry.
 *
 * @param apiVersion the version to answer in
 * @param complaint what is wrong with the variable; null if nothing is
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats">
 *     Kubernetes, client-go credential plugins</a>
 */
public record ExecInfo(String apiVersion, @Nullable String complaint) {
  /** The variable's name. */
  public static final String VARIABLE = "KUBERNETES_EXEC_INFO";

  private static final String GROUP = "client.authentication.k8s.io/";
  private static final String V1 = GROUP + "v1";

  /** The version to answer in if kubectl asks for none. */
  private static final String V1BETA1 = GROUP + "v1beta1";

  private static final String FALLBACK = "; answering in " + V1BETA1;
  private static final int MAX_LENGTH = 1 << 20;
  private static final int MAX_VERSION_LENGTH = 20;

  /**
   * Reads the variable. Any value results in a version: a defect is reported and not refused,
   * because most entries are v1beta1 and still work.
   */
  public static ExecInfo read(@Nullable String variable) {
    if (variable == null || variable.isEmpty()) {
      return new ExecInfo(V1BETA1, null);
    }
    JsonFieldReader member = new JsonFieldReader(variable, "apiVersion");
    if (variable.length() > MAX_LENGTH || !member.read()) {
      return new ExecInfo(V1BETA1, VARIABLE + " is not valid JSON" + FALLBACK);
    }
    String version = member.text();
    if (version == null) {
      return new ExecInfo(V1BETA1, VARIABLE + " names no apiVersion" + FALLBACK);
    }
    if (version.equals(V1BETA1)) {
      return new ExecInfo(V1BETA1, null);
    }
    if (version.equals(V1)) {
      return new ExecInfo(V1, null);
    }
    String named = isVersion(version) ? version : "an unknown apiVersion";
    return new ExecInfo(V1BETA1, VARIABLE + " asks for " + named + FALLBACK);
  }

  /** Whether the text is fit to be shown: the variable may hold anything. */
  private static boolean isVersion(String text) {
    int length = text.length() - GROUP.length();
    if (length < 2 || length > MAX_VERSION_LENGTH || !text.startsWith(GROUP + "v")) {
      return false;
    }
    for (int i = GROUP.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
        return false;
      }
    }
    return true;
  }
}
