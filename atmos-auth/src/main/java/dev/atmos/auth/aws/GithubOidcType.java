package dev.atmos.auth.aws;

import dev.atmos.auth.chain.SecretJson;
import dev.atmos.auth.config.ProviderDetails;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderSpec;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.text.DisplayNames;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code github/oidc}: the identity of a job of GitHub Actions.
 *
 * @see <a
 *     href="https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token">GitHub,
 *     requesting the OIDC token</a>
 */
public final class GithubOidcType implements ProviderType {
  @Override
  public String kind() {
    return "github/oidc";
  }

  @Override
  public Provider create(ProviderSpec spec, PluginContext context) {
    return new GithubOidc(spec, context);
  }

  private record GithubOidc(ProviderSpec spec, PluginContext context) implements Provider {
    private static final String[] JOB = {
      "GITHUB_SERVER_URL",
      "GITHUB_REPOSITORY",
      "GITHUB_REF",
      "GITHUB_WORKFLOW_REF",
      "GITHUB_RUN_ID",
      "GITHUB_RUN_ATTEMPT",
      "GITHUB_JOB"
    };

    /** Whose the token is: the job's. What another job has made of its own is not for this one. */
    @Override
    public Optional<Map<String, String>> madeFrom() {
      if (context.environment().nonEmpty("GITHUB_RUN_ID").isEmpty()) {
        return Optional.empty();
      }
      Map<String, String> parts = new TreeMap<>();
      for (String variable : JOB) {
        Optional<String> value = context.environment().nonEmpty(variable);
        if (value.isPresent()) {
          parts.put(variable, value.get());
        }
      }
      Parts.put(parts, spec.fields(), "spec", "audience");
      return Optional.of(parts);
    }

    @Override
    public boolean isKept() {
      return false;
    }

    @Override
    public Grant grant(StepRequest request) {
      Optional<String> ready = context.environment().nonEmpty("ACTIONS_ID_TOKEN");
      if (ready.isPresent()) {
        return new Token(Token.WEB_IDENTITY, Secret.of(ready.get()), null);
      }
      if (!(Definitions.of(spec).details() instanceof ProviderDetails.GithubOidc github)) {
        throw new IllegalStateException("another kind of provider");
      }
      Optional<String> url = context.environment().nonEmpty("ACTIONS_ID_TOKEN_REQUEST_URL");
      Optional<String> token = context.environment().nonEmpty("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
      if (url.isEmpty() || token.isEmpty()) {
        throw failure(
            ExitCode.SIGN_IN_REQUIRED,
            url.isEmpty()
                ? "ACTIONS_ID_TOKEN_REQUEST_URL is not set"
                : "ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set");
      }
      Http.Answer answer =
          new Http(context, Duration.ofSeconds(5))
              .ask(
                  "GitHub for a token of this job",
                  "GET",
                  uri(url.get(), github.audience()),
                  Map.of(
                      "Authorization",
                      Secret.of("Bearer " + token.get()),
                      "Accept",
                      Secret.of("application/json")));
      if (answer.status() != 200) {
        throw failure(
            answer.status() >= 500 || answer.status() == 429
                ? ExitCode.UNAVAILABLE
                : ExitCode.DENIED,
            "GitHub answered " + answer.status() + " to the request for a token");
      }
      Secret value = SecretJson.read(answer.body()).orElse(Map.of()).get("value");
      if (value == null || value.isEmpty()) {
        throw failure(ExitCode.FAILED, "there is no token in GitHub's answer");
      }
      return new Token(Token.WEB_IDENTITY, value, null);
    }

    private URI uri(String url, String audience) {
      try {
        URI uri =
            URI.create(
                url
                    + (url.indexOf('?') < 0 ? "?" : "&")
                    + "audience="
                    + URLEncoder.encode(audience, StandardCharsets.UTF_8));
        if (Http.isPrivate(uri)) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        // No URL at all is no better.
      }
      throw failure(ExitCode.USAGE, "ACTIONS_ID_TOKEN_REQUEST_URL is no https:// URL");
    }

    private AtmosException failure(ExitCode exitCode, String why) {
      return new AtmosException(
          exitCode,
          "provider " + DisplayNames.quoted(spec.name()) + " has no token of a job: " + why,
          "in a workflow of GitHub Actions, allow it with: permissions: id-token: write");
    }
  }
}
