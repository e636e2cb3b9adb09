package dev.atmos.aws.identity;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.identitycenter.PermissionSetType;
import dev.atmos.aws.identity.support.AssumedByUser;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.KindFailures;
import dev.atmos.aws.identity.support.KindFields;
import dev.atmos.aws.identity.support.StsSupport;
import dev.atmos.aws.identity.user.UserKey;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.Services;
import dev.atmos.services.config.LineText;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * {@code aws/assume-role}: a role, assumed with the credentials of another identity or with a web
 * identity.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">STS
 *     AssumeRole</a>
 */
final class AssumeRoleType implements IdentityType {
  private static final String ROLE = "principal.assume_role";
  private static final String SESSION_NAME = "principal.session_name";
  private static final String EXTERNAL_ID = "principal.external_id";
  private static final String SOURCE_IDENTITY = "principal.source_identity";
  private static final String SESSION_TAGS = "principal.session_tags";
  private static final String DURATION = "principal.duration";
  private static final String REGION = "principal.region";

  private static final int LEAST_SECONDS = 15 * 60;
  private static final int MOST_SECONDS = 12 * 3600;

  /** The most of a role that is assumed with temporary credentials. */
  private static final int CHAINED_SECONDS = 3600;

  @Override
  public String kind() {
    return "aws/assume-role";
  }

  @Override
  public Accepts accepts() {
    return Accepts.provider(Token.WEB_IDENTITY, "saml").orIdentity();
  }

  @Override
  public Schema schema() {
    return Schema.object("An IAM role that another identity, or a provider, may assume.")
        .required(
            ROLE,
            Schema.text("The ARN of the role.")
                .withPattern(
                    KindFields.IAM_ARN + KindFields.ACCOUNT_ID + ":role/[0-9A-Za-z_+=,.@/-]{1,576}",
                    "the ARN of an IAM role")
                .withExample("arn:aws:iam::123456789012:role/deploy")
                .withLabel("role"))
        .optional(
            SESSION_NAME,
            LineText.schema("The name of the session, which AWS logs.", 256)
                .withExample("deploy")
                .withLabel("session name"))
        .optional(
            EXTERNAL_ID,
            Schema.text("The external id that the role's trust policy asks for.")
                .withPattern(
                    "[0-9A-Za-z_+=,.@:/-]{2,1224}",
                    "2 to 1224 letters, digits and characters of _+=,.@:/-")
                .withExample("acme-1234")
                .withSecrecy())
        .optional(
            SOURCE_IDENTITY,
            Schema.text(
                    "The person behind the session. AWS logs it, and roles assumed later can't"
                        + " change it.")
                .withPattern(
                    KindFields.NAME_CHARACTER + "{2,64}",
                    "2 to 64 letters, digits and characters of _+=,.@-")
                .withExample("jane.doe")
                .withLabel("source identity"))
        .optional(
            SESSION_TAGS,
            Schema.map(
                    "The session's tags, by key.",
                    Schema.text("The value of a tag.")
                        .withPattern(
                            LineText.CHARACTER + "{0,256}",
                            "a text of at most 256 characters, without control characters")
                        .withExample("platform")
                        .withSecrecy())
                .withLabel("session tags"))
        .optional(
            DURATION,
            KindFields.duration("How long the session lasts.")
                .withRange(Duration.ofSeconds(LEAST_SECONDS), Duration.ofSeconds(MOST_SECONDS)))
        .optional(REGION, KindFields.region())
        .withDescription("principal", "The role and its session.")
        .optional(EndpointUrl.PATH, EndpointUrl.schema())
        .withDescription("spec", "Settings of the identity.");
  }

  @Override
  public Description describe(Definition definition) {
    String role = definition.text(ROLE).orElse(null);
    return Description.NONE
        .withAccount(role == null ? null : account(role))
        .withPrincipal(role)
        .withRegion(definition.text(REGION).orElse(null))
        .withSubject(role);
  }

  private static @Nullable String account(String arn) {
    String[] parts = arn.split(":", -1);
    return parts.length > 4 && parts[4].length() == 12 ? parts[4] : null;
  }

  @Override
  public Identity create(Definition definition, PluginContext context) {
    return new AssumeRole(definition, Services.of(context));
  }

  @Override
  public Map<String, String> problemsBehind(Definition definition, KindType before) {
    boolean chained = before instanceof AssumeRoleType || before instanceof PermissionSetType;
    boolean tooLong = chained && isLongerThanAnHour(definition);
    return tooLong
        ? Map.of(
            DURATION,
            "'duration' is more than 1h, which is the most that AWS gives a role that is assumed"
                + " from another role")
        : Map.of();
  }

  private static boolean isLongerThanAnHour(Definition definition) {
    return definition.duration(DURATION).orElse(Duration.ZERO).toSeconds() > CHAINED_SECONDS;
  }

  private record AssumeRole(Definition definition, Services services)
      implements Identity, AssumedByUser {

    @Override
    public boolean needsKey() {
      return isLongerThanAnHour(definition);
    }

    @Override
    public Optional<Map<String, String>> cacheKey() {
      return Optional.of(
          definition.values(
              ROLE,
              SESSION_NAME,
              EXTERNAL_ID,
              SOURCE_IDENTITY,
              SESSION_TAGS,
              DURATION,
              REGION,
              EndpointUrl.PATH));
    }

    @Override
    public Optional<String> region() {
      return definition.text(REGION);
    }

    @Override
    public Grant grant(StepRequest request) {
      return switch (request.input().orElse(null)) {
        case AwsCredentials base -> {
          int most = base.sessionToken() == null ? MOST_SECONDS : CHAINED_SECONDS;
          Integer seconds = seconds(most);
          yield withCredentials(request, base, seconds, null, null);
        }
        case UserKey own -> withKey(request, own);
        case Token token when token.type().equals(Token.WEB_IDENTITY) ->
            withWebIdentity(request, token);
        case null, default ->
            throw KindFailures.wrongInput(
                definition, "an identity, or a provider of web identities,");
      };
    }

    private AwsCredentials withKey(StepRequest request, UserKey own) {
      return own.withCode(
          request,
          code -> withCredentials(request, own.key(), seconds(MOST_SECONDS), own.device(), code));
    }

    private AwsCredentials withCredentials(
        StepRequest request,
        AwsCredentials base,
        @Nullable Integer seconds,
        @Nullable String device,
        @Nullable Secret code) {
      List<Tag> tags = new ArrayList<>();
      definition
          .map(SESSION_TAGS)
          .forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
      AssumeRoleRequest asked =
          AssumeRoleRequest.builder()
              .roleArn(role())
              .roleSessionName(sessionName())
              .externalId(definition.text(EXTERNAL_ID).orElse(null))
              .sourceIdentity(definition.text(SOURCE_IDENTITY).orElse(null))
              .durationSeconds(seconds)
              .serialNumber(device)
              .tokenCode(code == null ? null : code.reveal())
              .tags(tags.isEmpty() ? null : tags)
              .build();
      return credentials(request, base, sts -> sts.assumeRole(asked).credentials());
    }

    private AwsCredentials withWebIdentity(StepRequest request, Token token) {
      if (definition.text(EXTERNAL_ID).isPresent()
          || definition.text(SOURCE_IDENTITY).isPresent()
          || !definition.map(SESSION_TAGS).isEmpty()) {
        services
            .console()
            .say(
                "The external id, source identity and session tags of "
                    + DisplayNames.quoted(definition.name())
                    + " are not sent: with a web identity, AWS takes them from its token");
      }
      AssumeRoleWithWebIdentityRequest asked =
          AssumeRoleWithWebIdentityRequest.builder()
              .roleArn(role())
              .roleSessionName(sessionName())
              .webIdentityToken(token.value().reveal())
              .durationSeconds(seconds(MOST_SECONDS))
              .build();
      return credentials(request, null, sts -> sts.assumeRoleWithWebIdentity(asked).credentials());
    }

    private AwsCredentials credentials(
        StepRequest request,
        @Nullable AwsCredentials key,
        Function<StsClient, @Nullable Credentials> call) {
      String what = "assume " + role() + " for identity " + DisplayNames.quoted(definition.name());
      AwsClients aws = new AwsClients(services, AwsLimits.ofStep(request));
      AwsTarget target = StsSupport.target(definition, REGION, request, role());
      return StsSupport.withInput(() -> StsSupport.credentials(aws, target, key, what, call));
    }

    private String role() {
      return definition.requiredText(ROLE);
    }

    private @Nullable Integer seconds(int most) {
      return StsSupport.seconds(definition, DURATION, services.console(), LEAST_SECONDS, most)
          .orElse(null);
    }

    private String sessionName() {
      String usual =
          "atmos-" + definition.name() + "-" + services.clock().instant().getEpochSecond();
      return StsSupport.sessionName(definition.text(SESSION_NAME).orElse(usual));
    }
  }
}
