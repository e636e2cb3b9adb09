package dev.atmos.aws.identity;

import dev.atmos.aws.PrivateUrl;
import dev.atmos.aws.identity.support.KindFields;
import dev.atmos.aws.identity.support.MetadataHttp;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.config.LineText;
import dev.atmos.text.DisplayNames;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
final class GithubOidcType implements ProviderType {
  private static final String AUDIENCE = "spec.audience";
  private static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";
  private static final String REGION = "region";

  private static final String TOKEN = "ACTIONS_ID_TOKEN";
  private static final String REQUEST_URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
  private static final String REQUEST_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

  @Override
  public String kind() {
    return "github/oidc";
  }

  @Override
  public List<String> grants() {
    return List.of(Token.WEB_IDENTITY);
  }

  @Override
  public Schema schema() {
    return Schema.object("The identity of a GitHub Actions job.")
        .optional(REGION, KindFields.region("Read for compatibility, and not used."))
        .optional(
            AUDIENCE,
            LineText.schema("The audience of the job's token.", 256)
                .withDefault(DEFAULT_AUDIENCE)
                .withLabel("audience"))
        .withDescription("spec", "Settings of the provider.");
  }

  @Override
  public Optional<String> unavailable(PluginContext context) {
    return context.environment().nonEmpty(TOKEN).isPresent()
            || context.environment().nonEmpty(REQUEST_URL).isPresent()
        ? Optional.empty()
        : Optional.of("this is not a job of GitHub Actions with permissions: id-token: write");
  }

  @Override
  public Provider create(Definition definition, PluginContext context) {
    return new GithubOidc(definition, context);
  }

  private record GithubOidc(Definition definition, PluginContext context) implements Provider {
    private static final String[] JOB = {
      "GITHUB_SERVER_URL",
      "GITHUB_REPOSITORY",
      "GITHUB_REF",
      "GITHUB_WORKFLOW_REF",
      "GITHUB_RUN_ID",
      "GITHUB_RUN_ATTEMPT",
      "GITHUB_JOB"
    };

    /** The token is the job's, so another job's credentials must never be used. */
    @Override
    public Optional<Map<String, String>> cacheKey() {
      if (context.environment().nonEmpty("GITHUB_RUN_ID").isEmpty()) {
        return Optional.empty();
      }
      Map<String, String> key = new TreeMap<>(definition.values(AUDIENCE));
      for (String variable : JOB) {
        Optional<String> value = context.environment().nonEmpty(variable);
        if (value.isPresent()) {
          key.put(variable, value.get());
        }
      }
      return Optional.of(key);
    }

    @Override
    public boolean isCacheable() {
      return false;
    }

    @Override
    public boolean needsUser(Optional<Secret> savedState) {
      return false;
    }

    @Override
    public Grant grant(StepRequest request) {
      Optional<String> ready = context.environment().nonEmpty(TOKEN);
      if (ready.isPresent()) {
        return Token.of(Token.WEB_IDENTITY, Secret.of(ready.get()), null);
      }
      Optional<String> url = context.environment().nonEmpty(REQUEST_URL);
      Optional<String> token = context.environment().nonEmpty(REQUEST_TOKEN);
      if (url.isEmpty() || token.isEmpty()) {
        throw failure(
            ExitCode.SIGN_IN_REQUIRED,
            (url.isEmpty() ? REQUEST_URL : REQUEST_TOKEN) + " is not set");
      }
      URI uri = uri(url.get(), definition.text(AUDIENCE).orElse(DEFAULT_AUDIENCE));
      Secret bearer = Secret.of("Bearer " + token.get());
      MetadataHttp.MetadataResponse response =
          new MetadataHttp(context, Duration.ofSeconds(5))
              .ask(
                  "GitHub for a token of this job",
                  "GET",
                  uri,
                  Map.of("Authorization", bearer, "Accept", Secret.of("application/json")));
      if (response.status() != 200) {
        throw failure(
            response.exitCode(),
            "GitHub answered " + response.status() + " to the request for a token");
      }
      Secret value = response.members().get("value");
      if (value == null || value.isEmpty()) {
        throw failure(ExitCode.FAILED, "GitHub's answer has no token");
      }
      return Token.of(Token.WEB_IDENTITY, value, null);
    }

    private URI uri(String url, String audience) {
      String query = "audience=" + URLEncoder.encode(audience, StandardCharsets.UTF_8);
      return PrivateUrl.of(url + (url.indexOf('?') < 0 ? "?" : "&") + query)
          .orElseThrow(() -> failure(ExitCode.USAGE, REQUEST_URL + " is not an https:// URL"));
    }

    private AtmosException failure(ExitCode exitCode, String why) {
      return new AtmosException(
          exitCode,
          "provider %s can't get a token for this job: %s"
              .formatted(DisplayNames.quoted(definition.name()), why),
          "in a workflow of GitHub Actions, allow it with: permissions: id-token: write");
    }
  }
}
