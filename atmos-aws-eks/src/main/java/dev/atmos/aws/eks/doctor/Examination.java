package dev.atmos.aws.eks.doctor;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.eks.doctor.Check.State;
import dev.atmos.aws.eks.doctor.EntryCheck.Login;
import dev.atmos.aws.eks.doctor.EntryCheck.Server;
import dev.atmos.aws.eks.token.EksToken;
import dev.atmos.aws.eks.token.PresignedUrl;
import dev.atmos.aws.eks.token.StsHost;
import dev.atmos.aws.eks.token.UtcSecond;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.Services;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.system.ClockSkew;
import dev.atmos.services.system.PinnedRequest.Answer;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Examines a context, from its entry to the permissions of its cluster: whatever could keep kubectl
 * from working, in the order in which it would show. A check that needs another one that has failed
 * is skipped. Each instance examines once, in one thread.
 */
public final class Examination {
  /** AWS accepts 5 minutes, and atmos corrects more than 2; other programs don't. */
  private static final Duration TOLERATED = Duration.ofMinutes(2);

  private static final String NOT_ALLOWED = "these credentials aren't allowed to ";

  private final Services services;
  private final KubeContext context;
  private final Cures cures;
  private final List<Check> checks = new ArrayList<>();
  private @Nullable Server server;
  private @Nullable Login login;
  private @Nullable Services own;
  private @Nullable String identity;
  private @Nullable AwsCredentials credentials;
  private @Nullable Principal caller;
  private @Nullable EksToken token;
  private @Nullable Answer answer;
  private @Nullable ClusterFacts facts;

  /** Examines nothing yet. */
  public Examination(Services services, Cures cures) {
    this.services = services;
    this.context = cures.context();
    this.cures = cures;
  }

  /** Makes all checks. */
  public List<Check> checks() {
    check("entry", this::entry);
    check("command", this::command, login == null ? "the entry has a fault" : null);
    check("configuration", this::configuration, login == null ? "the entry has a fault" : null);
    check("credentials", this::credentials, own == null ? "there is no identity" : null);
    check("clock", this::clock, own == null ? "there is no region" : null);
    String unsigned = credentials == null ? "there are no credentials" : null;
    check("token", this::token, unsigned);
    check("endpoint", this::endpoint, server == null ? "the entry has a fault" : null);
    check(
        "api",
        this::api,
        answer == null ? "there is no answer" : token == null ? "there is no token" : null);
    check("cluster", this::cluster, unsigned);
    check("access", this::access, facts == null ? "nothing is known of the cluster" : null);
    return List.copyOf(checks);
  }

  /** The identity that the context is used as; null for none, or if it isn't known. */
  public @Nullable String identity() {
    return identity;
  }

  private void check(String name, Supplier<Check> action) {
    check(name, action, null);
  }

  private void check(String name, Supplier<Check> action, @Nullable String missing) {
    if (missing != null) {
      checks.add(Check.skipped(name, missing));
      return;
    }
    try {
      checks.add(action.get());
    } catch (AtmosException e) {
      checks.add(Check.failed(name, e));
    }
  }

  private boolean isOk(String name) {
    return checks.stream()
        .anyMatch(check -> check.name().equals(name) && check.state() == State.OK);
  }

  // ---- on this machine

  private Check entry() {
    EntryCheck entry = new EntryCheck(context, services.files(), cures);
    server = entry.server();
    Login found = entry.login();
    login = found;
    return Check.ok(
        "entry",
        "it signs for cluster '"
            + found.cluster().text()
            + "' in "
            + found.region().text()
            + ", in "
            + context.file());
  }

  private Check command() {
    return new CommandCheck(services, cures)
        .check(context.file(), String.valueOf(known(login).exec().command()));
  }

  private Check configuration() {
    Login found = known(login);
    Services configured =
        found.exec().env().isEmpty() ? services : services.withVariables(found.exec().env());
    identity = configured.service(Identities.class).nameOf(found.identity()).orElse(null);
    own = configured;
    String files = found.exec().env().getOrDefault("ATMOS_CONFIG", "");
    return Check.ok(
        "configuration",
        identity == null
            ? "it is used with the credentials of the environment"
            : "identity "
                + DisplayNames.quoted(identity)
                + (files.isEmpty() ? "" : " of " + files));
  }

  private Check credentials() {
    Services configured = known(own);
    // By the word of the entry: a name that means none would be the default identity otherwise.
    AwsCredentials found =
        configured.service(Identities.class).credentials(known(login).identity());
    credentials = found;
    String region = known(login).region().text();
    CallerIdentity asked = configured.service(CallerIdentity.Source.class).of(null, found, region);
    caller = Principal.of(asked.arn());
    Instant end = found.expiresAt();
    return Check.ok(
        "credentials",
        "AWS knows them as "
            + asked.arn()
            + (end == null ? "" : ", until " + end.truncatedTo(ChronoUnit.SECONDS)));
  }

  private String stsHost() {
    Environment environment = known(own).environment();
    return StsHost.of(
        known(login).region(),
        environment.get("AWS_USE_FIPS_ENDPOINT").orElse("").equalsIgnoreCase("true"),
        environment.get("AWS_USE_DUALSTACK_ENDPOINT").orElse("").equalsIgnoreCase("true"));
  }

  private Check clock() {
    Services configured = known(own);
    AwsTarget sts = AwsTarget.of("STS", known(login).region().text());
    Instant theirs = new AwsClients(configured, AwsLimits.ofToken()).time(sts, stsHost());
    Duration ahead = Duration.between(theirs, configured.localClock().instant());
    if (Math.abs(ahead.toSeconds()) >= TOLERATED.toSeconds()) {
      throw new AtmosException(
          ExitCode.FAILED,
          ClockSkew.sentence(ahead),
          "set the clock: " + CommandCheck.clockCommand(configured));
    }
    return Check.ok("clock", "it differs by " + Math.abs(ahead.toSeconds()) + " s from AWS's");
  }

  private Check token() {
    Services configured = known(own);
    Login found = known(login);
    String host = stsHost();
    UtcSecond now = new UtcSecond(configured.clock().instant().getEpochSecond());
    EksToken made =
        EksToken.of(
            PresignedUrl.getCallerIdentity(
                host, found.region(), found.cluster(), known(credentials), now));
    String problem = TokenUrl.problem(made, host);
    if (problem != null) {
      throw new AtmosException(
          ExitCode.FAILED, problem, "choose another identity: atmos auth list");
    }
    token = made;
    return Check.ok("token", "it is signed for " + host + ", in " + made.length() + " characters");
  }

  // ---- at the cluster

  private Check endpoint() {
    EndpointCheck check = new EndpointCheck(known(server), cures);
    Services configured = own == null ? services : own;
    answer = check.ask(configured.network(), token == null ? null : token.text());
    return check.reached();
  }

  private Check api() {
    return new EndpointCheck(known(server), cures).judge(known(answer), caller);
  }

  // ---- at EKS

  /** As EKS knows it: tokens for a local cluster on Outposts are signed for its id. */
  private String clusterName() {
    ClusterArn arn = context.arn();
    return arn == null ? known(login).cluster().text() : arn.cluster();
  }

  private ClusterInspector inspector() {
    return new ClusterInspector(
        known(own), known(login).region(), clusterName(), known(credentials));
  }

  private Check cluster() {
    ClusterFacts found;
    try {
      found = inspector().facts().orElseThrow(this::unknownCluster);
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.DENIED) {
        return Check.unknown("cluster", NOT_ALLOWED + "describe the cluster");
      }
      throw e;
    }
    facts = found;
    return EksCheck.cluster(found, server, isOk("api"), cures);
  }

  private AtmosException unknownCluster() {
    return new AtmosException(
        ExitCode.FAILED,
        "EKS has no cluster "
            + DisplayNames.quoted(clusterName())
            + " in "
            + known(login).region().text()
            + " in the account of these credentials",
        cures.update() + " --remove");
  }

  private Check access() {
    String mode = String.valueOf(known(facts).authenticationMode());
    if (caller == null || mode.equals("CONFIG_MAP")) {
      return Check.unknown(
          "access",
          caller == null
              ? "AWS doesn't say whose credentials they are"
              : "the config map aws-auth alone decides, which EKS doesn't show");
    }
    List<String> principals;
    try {
      principals = inspector().principals();
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.DENIED) {
        return Check.unknown("access", NOT_ALLOWED + "list the access entries");
      }
      throw e;
    }
    return EksCheck.access(mode, principals, caller, isOk("api"), cures);
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a check without what it needs");
    }
    return value;
  }
}
