package dev.atmos.aws;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Environment;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Finds the URL of a service, if it isn't AWS's own. */
final class Endpoints {
  private static final String VARIABLE = "AWS_ENDPOINT_URL";

  private final Environment environment;

  Endpoints(Environment environment) {
    this.environment = environment;
  }

  /** The configured URL, else the one of the service's variable, else the one for all services. */
  Optional<URI> of(AwsTarget target) {
    String configured = target.endpointUrl();
    if (configured != null) {
      return Optional.of(checked("endpoint_url", configured));
    }
    if (isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
      return Optional.empty();
    }
    String own = VARIABLE + "_" + target.service().toUpperCase(Locale.ROOT).replace(' ', '_');
    return ofVariable(own).or(() -> ofVariable(VARIABLE));
  }

  private Optional<URI> ofVariable(String name) {
    return environment.nonEmpty(name).map(url -> checked(name, url));
  }

  boolean isTrue(String name) {
    return environment.get(name).orElse("").equalsIgnoreCase("true");
  }

  /** The message doesn't show the value: a URL may hold a password. */
  private static URI checked(String source, String url) {
    return PrivateUrl.of(url)
        .filter(uri -> uri.getRawUserInfo() == null)
        .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
        .orElseThrow(() ->
            new AtmosException(
                ExitCode.USAGE,
                source + " must be an https:// URL of a host, or an http:// URL of this machine"));
  }
}
