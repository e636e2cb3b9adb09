package dev.atmos.auth.aws;

import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Tag;

/** Assumes a role, with the credentials or the web identity that the step before has made. */
final class AssumeRoleCall {
  private static final int LEAST_SECONDS = 15 * 60;
  private static final int MOST_SECONDS = 12 * 3600;

  private final IdentitySpec spec;
  private final PluginContext context;
  private final StepRequest request;

  AssumeRoleCall(IdentitySpec spec, PluginContext context, StepRequest request) {
    this.spec = spec;
    this.context = context;
    this.request = request;
  }

  AwsCredentials credentials() {
    if (!(Definitions.of(spec).details() instanceof IdentityDetails.AssumeRole role)) {
      throw new IllegalStateException("another kind of identity");
    }
    Grant input = request.input().orElse(null);
    if (input instanceof AwsCredentials base) {
      return assume(role, base);
    }
    if (input instanceof Token token && token.type().equals(Token.WEB_IDENTITY)) {
      return assume(role, token);
    }
    throw Steps.wrongInput(spec, "an identity, or a provider of web identities,");
  }

  private AwsCredentials assume(IdentityDetails.AssumeRole role, AwsCredentials base) {
    AwsClients aws = AwsCalls.of(context, request);
    try (StsClient sts = aws.client(StsClient.builder(), target(role), base)) {
      List<Tag> tags = new ArrayList<>();
      role.sessionTags()
          .forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
      return Steps.withInput(() ->
          Steps.credentials(
              spec,
              aws.call(
                      what(role),
                      () ->
                          sts.assumeRole(call ->
                              call.roleArn(role.roleArn())
                                  .roleSessionName(sessionName(role))
                                  .externalId(role.externalId())
                                  .sourceIdentity(role.sourceIdentity())
                                  .durationSeconds(seconds(role))
                                  .tags(tags.isEmpty() ? null : tags)))
                  .credentials()));
    }
  }

  private AwsCredentials assume(IdentityDetails.AssumeRole role, Token token) {
    if (role.externalId() != null
        || role.sourceIdentity() != null
        || !role.sessionTags().isEmpty()) {
      context
          .console()
          .say(
              "The external id, source identity and session tags of "
                  + DisplayNames.quoted(spec.name())
                  + " are not sent: with a web identity, AWS takes them from its token");
    }
    AwsClients aws = AwsCalls.of(context, request);
    try (StsClient sts = aws.client(StsClient.builder(), target(role), null)) {
      return Steps.withInput(() ->
          Steps.credentials(
              spec,
              aws.call(
                      what(role),
                      () ->
                          sts.assumeRoleWithWebIdentity(call ->
                              call.roleArn(role.roleArn())
                                  .roleSessionName(sessionName(role))
                                  .webIdentityToken(token.value().reveal())
                                  .durationSeconds(seconds(role))))
                  .credentials()));
    }
  }

  private AwsTarget target(IdentityDetails.AssumeRole role) {
    String own = role.region();
    String region = own != null ? own : request.region().orElse(Steps.usualRegion(role.roleArn()));
    return AwsTarget.of("STS", region).at(Definitions.trusted(context, role.endpointUrl()));
  }

  private String what(IdentityDetails.AssumeRole role) {
    return "assume " + role.roleArn() + " for identity " + DisplayNames.quoted(spec.name());
  }

  private @Nullable Integer seconds(IdentityDetails.AssumeRole role) {
    Duration asked = role.duration();
    return asked == null
        ? null
        : Steps.seconds(context.console(), spec.name(), asked, LEAST_SECONDS, MOST_SECONDS);
  }

  private String sessionName(IdentityDetails.AssumeRole role) {
    String own = role.sessionName();
    return SessionNames.of(
        own != null
            ? own
            : "atmos-" + spec.name() + "-" + context.clock().instant().getEpochSecond());
  }
}
