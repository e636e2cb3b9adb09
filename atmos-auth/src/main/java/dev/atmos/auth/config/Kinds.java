package dev.atmos.auth.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds that the {@code auth} section is known to have. */
public final class Kinds {
  static final String IAM_IDENTITY_CENTER = "aws/iam-identity-center";
  static final String SAML = "aws/saml";
  static final String GITHUB_OIDC = "github/oidc";

  static final String PERMISSION_SET = "aws/permission-set";
  static final String ASSUME_ROLE = "aws/assume-role";
  static final String ASSUME_ROOT = "aws/assume-root";
  static final String USER = "aws/user";
  static final String AWS_AMBIENT = "aws/ambient";
  static final String AMBIENT = "ambient";

  static final String MOCK = "mock";
  static final String MOCK_AWS = "mock/aws";

  static final String EKS = "aws/eks";
  static final String ECR = "aws/ecr";
  static final String ECR_PUBLIC = "aws/ecr-public";

  /** The kinds of providers whose fields are known here. */
  public static final List<String> PROVIDERS =
      List.of(IAM_IDENTITY_CENTER, SAML, GITHUB_OIDC, MOCK, MOCK_AWS);

  /** The kinds of identities whose fields are known here. */
  public static final List<String> IDENTITIES =
      List.of(PERMISSION_SET, ASSUME_ROLE, ASSUME_ROOT, USER, AWS_AMBIENT, AMBIENT, MOCK, MOCK_AWS);

  /** The kinds of integrations whose fields are known here. */
  public static final List<String> INTEGRATIONS = List.of(EKS, ECR, ECR_PUBLIC);

  /** The kinds of providers that the Go tool has beside these. */
  static final List<String> FOREIGN_PROVIDERS =
      List.of(
          "azure/interactive",
          "azure/device-code",
          "azure/cli",
          "azure/oidc",
          "gcp/adc",
          "gcp/workload-identity-federation",
          "gcp/oidc",
          "atmos/pro");

  /** The kinds of identities that the Go tool has beside these. */
  static final List<String> FOREIGN_IDENTITIES =
      List.of(
          "azure/subscription",
          "gcp/service-account",
          "gcp/project",
          "atmos/pro",
          "aws/emulator",
          "gcp/emulator",
          "azure/emulator",
          "kubernetes/emulator");

  /** The kinds of integrations that the Go tool has beside these. */
  static final List<String> FOREIGN_INTEGRATIONS =
      List.of("azure/aks", "azure/acr", "gcp/gke", "github/sts");

  /** What is said of a kind whose fields are known here, and which nothing supplies. */
  public static final String NOT_YET = ", which this version of atmos can't sign in with yet";

  private Kinds() {}

  /**
   * What could bring a kind that isn't supplied, for a hint; null where only its author can know.
   */
  public static @Nullable String bringer(String kind) {
    if (kind.endsWith("/emulator")) {
      return "a plugin for emulators could supply it";
    }
    if (kind.equals(SAML)) {
      return "a plugin for SAML could supply it";
    }
    if (kind.startsWith("azure/")) {
      return "a plugin for Azure could supply it";
    }
    if (kind.startsWith("gcp/")) {
      return "a plugin for Google Cloud could supply it";
    }
    if (kind.equals("atmos/pro") || kind.equals("github/sts")) {
      return "a plugin for Atmos Pro could supply it";
    }
    return null;
  }
}
