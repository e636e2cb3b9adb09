package dev.atmos.aws.eks;

import dev.atmos.text.json.JsonFieldReader;
import org.jspecify.annotations.Nullable;

/**
 * What kubectl asks of its plugin in {@code KUBERNETES_EXEC_INFO}: the version of the API to answer
 * in, which has to be the one of the kubeconfig entry.
 *
 * @param apiVersion the version to answer in
 * @param complaint what is to be said about the variable, if anything
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats">
 *     Kubernetes, client-go credential plugins</a>
 */
record ExecInfo(String apiVersion, @Nullable String complaint) {
  /** The variable's name. */
  static final String VARIABLE = "KUBERNETES_EXEC_INFO";

  private static final String GROUP = "client.authentication.k8s.io/";
  private static final String V1 = GROUP + "v1";

  /** What is answered where nothing else is asked for. */
  private static final String V1BETA1 = GROUP + "v1beta1";

  private static final String FALLBACK = "; answering in " + V1BETA1;
  private static final int MAX_LENGTH = 1 << 20;
  private static final int MAX_VERSION_LENGTH = 20;

  /**
   * Reads the variable. Whatever it holds, the answer is a version; a defect is worth one line, not
   * a refusal, because most entries are v1beta1 and work all the same.
   */
  static ExecInfo read(@Nullable String variable) {
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
