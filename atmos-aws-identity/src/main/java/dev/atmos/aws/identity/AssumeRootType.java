package dev.atmos.aws.identity;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
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
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code aws/assume-root}: the root user of a member account, for one task.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">STS
 *     AssumeRoot</a>
 */
final class AssumeRootType implements IdentityType {
  private static final String ACCOUNT = "principal.target_principal";
  private static final String TASK = "principal.task_policy_arn";
  private static final String DURATION = "principal.duration";
  private static final String REGION = "principal.region";

  private static final String POLICIES = "arn:aws:iam::aws:policy/root-task/";
  private static final int LEAST_SECONDS = 1;
  private static final int MOST_SECONDS = 15 * 60;

  @Override
  public String kind() {
    return "aws/assume-root";
  }

  @Override
  public Accepts accepts() {
    return Accepts.identity();
  }

  @Override
  public Schema schema() {
    return Schema.object("The root user of a member account, for one task.")
        .required(
            ACCOUNT, KindFields.accountId("The id of the member account.").withLabel("account"))
        .required(
            TASK,
            Schema.text("The ARN of the policy that defines the task.")
                .withPattern(
                    POLICIES + "[0-9A-Za-z]{1,128}", "the ARN of a policy below " + POLICIES)
                .withKnownTexts(knownTasks())
                .withExample(POLICIES + "S3UnlockBucketPolicy")
                .withLabel("task policy"))
        .optional(
            DURATION,
            KindFields.duration("How long the session lasts.")
                .withExample("15m")
                .withRange(Duration.ofSeconds(LEAST_SECONDS), Duration.ofSeconds(MOST_SECONDS)))
        .optional(REGION, KindFields.region())
        .withDescription("principal", "The account and the task.")
        .optional(EndpointUrl.PATH, EndpointUrl.schema())
        .withDescription("spec", "Settings of the identity.");
  }

  /**
   * The policies of all tasks.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html">IAM,
   *     privileged tasks of the root user</a>
   */
  private static List<String> knownTasks() {
    return Stream.of(
            "IAMAuditRootUserCredentials",
            "IAMCreateRootUserPassword",
            "IAMDeleteRootUserCredentials",
            "S3UnlockBucketPolicy",
            "SQSUnlockQueuePolicy")
        .map(POLICIES::concat)
        .toList();
  }

  @Override
  public Description describe(Definition definition) {
    String account = definition.text(ACCOUNT).orElse(null);
    String task = definition.text(TASK).orElse(null);
    String subject =
        account == null || task == null
            ? null
            : "root of " + account + ", " + task.substring(task.lastIndexOf('/') + 1);
    return Description.NONE
        .withAccount(account)
        .withPrincipal("root")
        .withRegion(definition.text(REGION).orElse(null))
        .withSubject(subject);
  }

  @Override
  public Identity create(Definition definition, PluginContext context) {
    return new AssumeRoot(definition, Services.of(context));
  }

  private record AssumeRoot(Definition definition, Services services)
      implements Identity, AssumedByUser {

    /** A session of a user can call AssumeRole, but not AssumeRoot. */
    @Override
    public boolean needsKey() {
      return true;
    }

    @Override
    public Optional<Map<String, String>> cacheKey() {
      return Optional.of(definition.values(ACCOUNT, TASK, DURATION, REGION, EndpointUrl.PATH));
    }

    @Override
    public Optional<String> region() {
      return definition.text(REGION);
    }

    @Override
    public Grant grant(StepRequest request) {
      return switch (request.input().orElse(null)) {
        case AwsCredentials base -> root(request, base);
        case UserKey own -> own.withoutCode(() -> root(request, own.key()));
        case null, default -> throw KindFailures.wrongInput(definition, "an identity");
      };
    }

    private AwsCredentials root(StepRequest request, AwsCredentials base) {
      String account = definition.requiredText(ACCOUNT);
      String task = definition.requiredText(TASK);
      Integer seconds =
          StsSupport.seconds(definition, DURATION, services.console(), LEAST_SECONDS, MOST_SECONDS)
              .orElse(null);
      String name = DisplayNames.quoted(definition.name());
      AwsClients aws = new AwsClients(services, AwsLimits.ofStep(request));
      AwsTarget target = StsSupport.target(definition, REGION, request, task);
      return StsSupport.withInput(() ->
          StsSupport.credentials(
              aws,
              target,
              base,
              "act as root of account " + account + " for identity " + name,
              sts ->
                  sts.assumeRoot(call ->
                          call.targetPrincipal(account)
                              .taskPolicyArn(policy -> policy.arn(task))
                              .durationSeconds(seconds))
                      .credentials()));
    }
  }
}
