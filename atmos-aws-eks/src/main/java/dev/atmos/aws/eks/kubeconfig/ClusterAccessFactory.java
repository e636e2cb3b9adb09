package dev.atmos.aws.eks.kubeconfig;

import dev.atmos.aws.eks.cluster.ClusterDescription;
import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.config.ConfigSelection;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.ClusterCertificate;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.ExecPlugin.InteractiveMode;
import dev.atmos.services.kube.ExecPlugin.Variable;
import dev.atmos.services.kube.NameSyntax;
import dev.atmos.services.system.AwsPaths;
import dev.atmos.services.system.Launcher;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes kubeconfig entries from what AWS answers, after checking it, and the command that gets a
 * token. The command means the same in every directory and in every shell.
 */
public final class ClusterAccessFactory {
  /** The variables that name the files of the AWS tools. */
  public static final List<String> SHARED_FILES =
      List.of("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE");

  /** By these, a shell has credentials that would count instead of a profile's. */
  private static final List<String> OTHER_CREDENTIALS =
      List.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_ROLE_ARN");

  private final String command;
  private final ConfigSelection configuration;
  private final Services services;

  /** For this launcher, this configuration and this environment. */
  public ClusterAccessFactory(Services services) {
    this.command = services.launcher().command();
    this.configuration = services.configSelection();
    this.services = services;
  }

  /** The program that kubectl will run. */
  public String command() {
    return command;
  }

  /**
   * Access to a cluster.
   *
   * @param identity the identity's name, spelled as in the configuration; null for the credentials
   *     of the environment
   * @param settings whose names are {@linkplain NameSyntax valid}
   * @throws AtmosException with {@link ExitCode#FAILED} or {@link ExitCode#UNAVAILABLE} if the
   *     cluster has no API server now, or if no kubeconfig can hold AWS's answer
   */
  public ClusterAccess access(
      ClusterRequest request,
      ClusterDescription cluster,
      @Nullable String identity,
      EntrySettings settings) {
    if (cluster.connector() != null) {
      throw new AtmosException(
          ExitCode.FAILED,
          request
              + " is registered by EKS Connector ("
              + TerminalText.line(cluster.connector())
              + "), and AWS has no address of its API server",
          "use the kubeconfig of the program that runs the cluster");
    }
    checkStatus(request, cluster.status());
    ExecPlugin exec;
    try {
      exec =
          named(
              exec(
                  cluster.id() == null ? request.name() : new ClusterName(cluster.id()),
                  request.region(),
                  identity,
                  identity == null
                          || services.service(ConfiguredNames.class).startsFromEnvironment(identity)
                      ? awsProfile()
                      : Map.of()),
              settings);
    } catch (IllegalArgumentException e) {
      // The identity, the launcher's path or the configuration's path is to blame.
      throw new AtmosException(
          ExitCode.USAGE,
          "no kubeconfig can hold the command for " + request + ": " + e.getMessage());
    }
    try {
      ClusterArn arn = ClusterArn.parse(required("ARN", cluster.arn()));
      checkArn(request, arn);
      String alias = settings.alias();
      return new ClusterAccess(
          arn,
          server(request, cluster, settings),
          new ClusterCertificate(required("certificate authority", cluster.certificateAuthority())),
          identity,
          alias == null ? null : AliasTemplate.expand(alias, arn, identity),
          settings.userAlias(),
          settings.integration(),
          exec,
          settings.overrides());
    } catch (IllegalArgumentException e) {
      throw failed(
          "AWS's answer about " + request + " can't go into a kubeconfig: " + e.getMessage());
    }
  }

  private String server(
      ClusterRequest request, ClusterDescription cluster, EntrySettings settings) {
    String endpoint = settings.overrides().endpoint();
    if (endpoint == null) {
      return required("endpoint", cluster.endpoint());
    }
    services
        .policy()
        .ifPresent(policy -> policy.requireUrl("the endpoint of " + request, endpoint));
    return endpoint;
  }

  /** The command as the settings want it. */
  private ExecPlugin named(ExecPlugin exec, EntrySettings settings) {
    if (settings.isPortable()) {
      return new ExecPlugin(
          exec.apiVersion(),
          Launcher.NAME,
          exec.args(),
          List.of(),
          "atmos gets the tokens for this cluster, and is not on the PATH of kubectl.\n"
              + "This entry can be shared: your own atmos configuration decides who you are.",
          exec.interactiveMode());
    }
    return switch (settings.command()) {
      case FOUND -> exec;
      case NAME -> exec.withCommand(Launcher.NAME);
      case ABSOLUTE ->
          exec.withCommand(
              services
                  .launcher()
                  .path()
                  .map(String::valueOf)
                  .orElseThrow(
                      () -> new IllegalArgumentException("this atmos has no launcher to name")));
    };
  }

  /**
   * The command that gets a token.
   *
   * @param cluster the name or id by which the cluster's API server knows itself
   * @param identity as for {@link #access}
   * @param variables further variables that it needs
   * @throws IllegalArgumentException if no kubeconfig can hold it
   */
  public ExecPlugin exec(
      ClusterName cluster,
      Region region,
      @Nullable String identity,
      Map<String, String> variables) {
    List<String> args = new ArrayList<>(List.of("aws", "eks", "token", "--cluster-name"));
    args.addAll(List.of(cluster.text(), "--region", region.text()));
    List<Variable> env = new ArrayList<>();
    configuration
        .variablesOf(identity)
        .forEach((name, value) -> env.add(new Variable(name, value)));
    if (identity != null) {
      NameSyntax.check("the identity's name", identity, NameSyntax.NAME);
      if (identity.startsWith("-")) {
        throw new IllegalArgumentException("the identity's name begins with a dash as options do");
      }
      args.addAll(List.of("--identity", identity));
    } else {
      // No configuration and no shell may put an identity in the place of the environment's.
      env.add(new Variable("ATMOS_IDENTITY", "off"));
    }
    variables.forEach((name, value) -> env.add(new Variable(name, value)));
    return new ExecPlugin(
        ExecPlugin.V1BETA1, command, args, env, installHint(identity), InteractiveMode.NEVER);
  }

  /**
   * The variables by which any shell finds the AWS profile that decides about the credentials; none
   * where this shell's keys do, or it has chosen neither a profile nor files.
   */
  public Map<String, String> awsProfile() {
    Environment environment = services.environment();
    Optional<String> profile =
        environment.nonEmpty("AWS_PROFILE").or(() -> environment.nonEmpty("AWS_DEFAULT_PROFILE"));
    boolean files = SHARED_FILES.stream().anyMatch(name -> environment.nonEmpty(name).isPresent());
    return environment.nonEmpty("AWS_ACCESS_KEY_ID").isPresent() || (profile.isEmpty() && !files)
        ? Map.of()
        : awsProfile(profile.orElse("default"));
  }

  /** The variables by which any shell takes the credentials of an AWS profile, and no others. */
  public Map<String, String> awsProfile(String profile) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_PROFILE", profile);
    for (String name : SHARED_FILES) {
      if (services.environment().nonEmpty(name).isPresent()) {
        variables.put(name, String.valueOf(AwsPaths.path(services, name)));
      }
    }
    OTHER_CREDENTIALS.forEach(name -> variables.put(name, ""));
    return variables;
  }

  /** kubectl shows it if it doesn't find the command. */
  private static String installHint(@Nullable String identity) {
    return "atmos gets the tokens for this cluster, and is not on the PATH of kubectl.\n"
        + "Install atmos, or put the directory of its launcher on PATH"
        + (identity == null
            ? "."
            : ", and sign in: atmos auth login --identity " + ShellQuoting.word(identity));
  }

  private static void checkStatus(ClusterRequest request, @Nullable String status) {
    switch (status) {
      case "ACTIVE", "UPDATING" -> {}
      case "CREATING", "PENDING" ->
          throw new AtmosException(
              ExitCode.UNAVAILABLE,
              request + " is " + status + ": it can't be used yet",
              "wait until it is ACTIVE, then run this again");
      case "DELETING", "FAILED" -> throw failed(request + " is " + status);
      case null -> throw failed("AWS doesn't say the status of " + request);
      default ->
          throw failed(
              request
                  + " is neither ACTIVE nor UPDATING, but in the state "
                  + DisplayNames.quoted(status));
    }
  }

  private static void checkArn(ClusterRequest request, ClusterArn arn) {
    if (!arn.cluster().equals(request.name().text())
        || !arn.region().equals(request.region().text())) {
      throw failed("AWS described " + arn + " instead of " + request);
    }
    String account = request.account();
    if (account != null && !account.equals(arn.account())) {
      throw new AtmosException(
          ExitCode.USAGE,
          "this identity finds "
              + request
              + " in account "
              + arn.account()
              + ", not in account "
              + account,
          "choose an identity of account " + account + ": --identity NAME");
    }
  }

  private static String required(String what, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("it has no " + what);
    }
    return text;
  }

  private static AtmosException failed(String sentence) {
    return new AtmosException(ExitCode.FAILED, sentence);
  }
}
