package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.PrivateUrl;
import dev.atmos.services.config.AwsHosts;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pages on which a user may approve a sign-in. Other names below AWS's domains can belong to
 * its customers, so that only those of its sign-in pages count.
 */
final class SignInPages {
  private final Set<String> configured;

  /**
   * @param configured hosts that the configuration trusts with the sign-in besides AWS's own, in
   *     lower case
   */
  SignInPages(Set<String> configured) {
    this.configured = configured;
  }

  /** Those of AWS, and of the configured addresses. */
  static SignInPages of(List<Optional<URI>> configured) {
    return new SignInPages(
        configured.stream()
            .flatMap(Optional::stream)
            .map(uri -> uri.getHost().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()));
  }

  /** Whether a page may be shown and opened. */
  boolean contains(String address) {
    Optional<URI> page = address.matches("[!-~]+") ? PrivateUrl.of(address) : Optional.empty();
    return page.isPresent() && page.get().getRawUserInfo() == null && isOurs(page.get());
  }

  private boolean isOurs(URI page) {
    String host = page.getHost().toLowerCase(Locale.ROOT);
    boolean isUsual =
        page.getScheme().equalsIgnoreCase("https")
            && (page.getPort() == -1 || page.getPort() == 443);
    return configured.contains(host) || (isUsual && AwsHosts.isSignInPage(host));
  }
}
