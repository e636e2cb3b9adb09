package dev.atmos.auth.config;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a provider's kind needs. */
public sealed interface ProviderDetails {

  /** The AWS region; null where there is none. */
  default @Nullable String region() {
    return null;
  }

  /**
   * {@code aws/iam-identity-center}.
   *
   * @param startUrl the access portal
   * @param region the region of the IAM Identity Center instance
   * @param autoProvisionIdentities whether a sign-in makes an identity of every account and role
   * @param filesBasePath the directory for credential files; null for the usual one
   * @param endpointUrl what is asked in place of AWS; null for AWS
   */
  record IamIdentityCenter(
      Located startUrl,
      String region,
      boolean autoProvisionIdentities,
      @Nullable String filesBasePath,
      @Nullable Located endpointUrl)
      implements ProviderDetails {}

  /**
   * {@code aws/saml}.
   *
   * @param url where the identity provider signs people in
   * @param region the region of the STS that takes the assertion
   * @param driver {@code Browser}, {@code GoogleApps}, {@code Okta} or {@code ADFS}; null where
   *     that is to be found out
   * @param downloadBrowserDriver whether a browser may be downloaded
   * @param browserExecutablePath the program that is run as the browser
   * @param filesBasePath the directory for credential files; null for the usual one
   * @param endpointUrl what is asked in place of AWS; null for AWS
   */
  record Saml(
      Located url,
      String region,
      @Nullable String driver,
      @Nullable String username,
      @Nullable Secret password,
      boolean downloadBrowserDriver,
      @Nullable String browserType,
      @Nullable Located browserExecutablePath,
      @Nullable String filesBasePath,
      @Nullable Located endpointUrl)
      implements ProviderDetails {}

  /**
   * {@code github/oidc}.
   *
   * @param audience whom the token is for
   */
  record GithubOidc(String audience, @Nullable String region) implements ProviderDetails {}

  /** {@code mock} and {@code mock/aws}: nothing to sign in to. */
  record Mock() implements ProviderDetails {}

  /**
   * A kind that isn't known here.
   *
   * @param fields everything below the provider's name
   */
  record Other(ConfigMap fields) implements ProviderDetails {}

  /**
   * A provider that can't be used, because something in it is missing or wrong.
   *
   * @param problems all of its errors; at least one
   */
  record Broken(List<ConfigProblem> problems) implements ProviderDetails {

    /** Copies the list. */
    public Broken {
      problems = List.copyOf(problems);
    }
  }
}
