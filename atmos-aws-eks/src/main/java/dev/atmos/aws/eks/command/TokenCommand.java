package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.token.EksToken;
import dev.atmos.aws.eks.token.ExecCredential;
import dev.atmos.aws.eks.token.ExecInfo;
import dev.atmos.aws.eks.token.PresignedUrl;
import dev.atmos.aws.eks.token.StsHost;
import dev.atmos.aws.eks.token.UtcSecond;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.audit.AuditEvent;
import dev.atmos.services.audit.AuditLog;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandSyntax;
import dev.atmos.services.command.DirectCommand;
import dev.atmos.services.config.Region;
import dev.atmos.services.policy.Policy;
import dev.atmos.services.system.ClockSkew;
import dev.atmos.text.ShellQuoting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code atmos aws eks token}: prints a token for an EKS cluster in the form that kubectl expects.
 * The options are checked before anything is read. Uses no network.
 *
 * <p>Each kubectl call runs this code in a new process. So from here on there are few classes and
 * no regular expressions, formatters, streams or annotations.
 */
public final class TokenCommand implements DirectCommand {
  private static final String CLUSTER_NAME = "--cluster-name";
  private static final String CLUSTER_ID = "--cluster-id";
  private static final String REGION = "--region";
  private static final String IDENTITY = "--identity";
  private static final String TOKEN_ONLY = "--token-only";
  private static final String PROGRAM = "atmos aws eks token";
  private static final String EXPORTED = "AWS_REGION";

  private final Services services;
  private final CommandSyntax syntax = new CommandSyntax();
  private final CommandOption clusterOption =
      syntax.add(
          CommandOption.withValue("<name>", CLUSTER_NAME, CLUSTER_ID)
              .description(
                  "The name of the EKS cluster, as in AWS; the id of a local cluster on Outposts."
                      + " Required."));
  private final CommandOption regionOption =
      syntax.add(
          CommandOption.withValue("<region>", REGION)
              .description("The AWS region that the cluster is in, such as us-east-2. Required."));
  private final CommandOption identityOption =
      syntax.add(
          CommandOption.withValue("<name>", "-i", IDENTITY)
              .description(
                  "The identity to sign with. If it is left out: ATMOS_IDENTITY, else the default"
                      + " identity, else the only one."));
  private final CommandOption tokenOnlyOption =
      syntax.add(
          CommandOption.flag(TOKEN_ONLY)
              .description("Print the token alone, for programs that take no ExecCredential."));

  /**
   * The command with these services. Its syntax requires no option: the message about a missing one
   * is ours.
   */
  public TokenCommand(Services services) {
    this.services = services;
    syntax.synopsis("atmos aws eks token --cluster-name <name> --region <region> [options]");
    syntax.description(
        "Print a short-lived bearer token for an EKS cluster, as the ExecCredential that"
            + " kubectl expects. kubectl runs this command by itself, through an entry in the"
            + " kubeconfig; there is seldom a reason to type it.",
        "The token is signed on this machine, without a call to AWS, and the cluster takes it"
            + " for about 15 minutes.");
    syntax.examples(
        "The kubeconfig entry that makes kubectl run it is written by:",
        "",
        "  atmos aws eks update-kubeconfig --name my-cluster --region us-east-2",
        "",
        "With an identity of your own choice:",
        "",
        "  atmos aws eks token --cluster-name demo --region us-east-2 -i dev-admin",
        "",
        "For a program that takes a bearer token:",
        "",
        "  atmos aws eks token --cluster-name demo --region us-east-2 --token-only");
  }

  @Override
  public CommandSpec spec() {
    clusterOption.candidates(new CompletionValues(services, CompletionValues.CLUSTERS));
    regionOption.candidates(new CompletionValues(services, CompletionValues.REGIONS));
    identityOption.candidates(new CompletionValues(services, CompletionValues.IDENTITIES));
    return DirectCommand.super.spec();
  }

  @Override
  public CommandSyntax syntax() {
    return syntax;
  }

  @Override
  public int run() {
    String clusterText = clusterOption.value();
    String regionText = regionOption.value();
    String identity = identityOption.value();
    boolean tokenOnly = tokenOnlyOption.isGiven();
    if (clusterText == null
        || clusterText.isEmpty()
        || regionText == null
        || regionText.isEmpty()) {
      throw incomplete(clusterText, regionText, identity, tokenOnly);
    }
    ClusterName clusterName = ClusterName.of(CLUSTER_NAME, clusterText);
    Region region = new Region(regionText);
    if (identity != null && identity.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "--identity is empty",
          "type --identity NAME, or leave it out for the default identity");
    }
    Optional<Policy> policy = services.policy();
    if (policy.isPresent()) {
      policy.get().requireRegion(REGION, region.text());
    }
    Environment environment = services.environment();
    CommandConsole console = services.console();
    String host =
        StsHost.of(
            region,
            isTrue(environment, "AWS_USE_FIPS_ENDPOINT"),
            isTrue(environment, "AWS_USE_DUALSTACK_ENDPOINT"));
    noteOverride(environment, "AWS_ENDPOINT_URL", host, console);
    noteOverride(environment, "AWS_ENDPOINT_URL_STS", host, console);

    AwsCredentials credentials = services.service(Identities.class).credentials(identity);

    // The clock is read once for the signature and the expiry, after any wait for credentials,
    // whose renewal may have corrected it.
    Optional<ClockSkew> skew = services.clockSkew();
    UtcSecond now = new UtcSecond(services.clock().instant().getEpochSecond());
    EksToken token =
        EksToken.of(PresignedUrl.getCallerIdentity(host, region, clusterName, credentials, now));
    ExecInfo execInfo = ExecInfo.read(environment.get(ExecInfo.VARIABLE).orElse(null));
    String complaint = execInfo.complaint();
    if (complaint != null) {
      console.say("atmos: " + complaint);
    }
    if (token.length() > EksToken.MAX_ACCEPTED_LENGTH) {
      console.say(
          "atmos: the token has "
              + token.length()
              + " characters, and API servers refuse more than "
              + EksToken.MAX_ACCEPTED_LENGTH
              + ": the session token of these credentials is too long");
    }
    Optional<AuditLog> audit = services.audit();
    if (audit.isPresent()) {
      audit.get().record(event(identity, credentials, clusterName, region));
    }
    UtcSecond expiry = ExecCredential.expiry(now, credentials.expiresAt());
    if (skew.isPresent()) {
      // kubectl compares it with the local clock.
      expiry = new UtcSecond(expiry.epochSecond() + skew.get().ahead().toSeconds());
    }
    console.answer(
        tokenOnly
            ? ExecCredential.bare(token)
            : ExecCredential.json(execInfo.apiVersion(), expiry, token));
    return 0;
  }

  private AuditEvent event(
      @Nullable String identity, AwsCredentials credentials, ClusterName cluster, Region region) {
    String name = services.service(Identities.class).nameOf(identity).orElse(null);
    return AuditEvent.of("token")
        .withIdentity(
            name,
            name == null
                ? Description.NONE
                : services.service(ConfiguredNames.class).describe(name),
            credentials)
        .with("cluster", cluster.text())
        .with("region", region.text());
  }

  /**
   * The error shows the whole command. The shell's region counts here only as advice: kubectl runs
   * this command in any shell.
   */
  private AtmosException incomplete(
      @Nullable String cluster,
      @Nullable String region,
      @Nullable String identity,
      boolean tokenOnly) {
    Optional<String> exported = services.environment().nonEmpty(EXPORTED);
    boolean known = exported.isPresent() && Region.isRegion(exported.get());
    StringBuilder command = new StringBuilder(PROGRAM);
    append(command, CLUSTER_NAME, cluster, "NAME");
    append(command, REGION, region, known ? exported.get() : "REGION");
    if (identity != null && !identity.isEmpty()) {
      append(command, IDENTITY, identity, "");
    }
    if (tokenOnly) {
      command.append(' ').append(TOKEN_ONLY);
    }
    boolean named = cluster != null && !cluster.isEmpty();
    String option = named ? REGION : CLUSTER_NAME;
    String value = named ? region : cluster;
    return new AtmosException(
        ExitCode.USAGE, option + (value == null ? " is missing" : " is empty"), command.toString());
  }

  private static void append(
      StringBuilder command, String option, @Nullable String value, String standIn) {
    command.append(' ').append(option).append(' ');
    command.append(value == null || value.isEmpty() ? standIn : ShellQuoting.word(value));
  }

  private static boolean isTrue(Environment environment, String variable) {
    Optional<String> value = environment.get(variable);
    return value.isPresent() && value.get().equalsIgnoreCase("true");
  }

  private static void noteOverride(
      Environment environment, String variable, String host, CommandConsole console) {
    if (environment.nonEmpty(variable).isPresent()) {
      console.debug(variable + " does not change the host of a token, which is " + host);
    }
  }
}
