package dev.atmos.aws.eks;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigSelection;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.ClusterCertificate;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.ExecPlugin.InteractiveMode;
import dev.atmos.services.kube.ExecPlugin.Variable;
import dev.atmos.services.system.Launcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What kubeconfigs get to hold: of what AWS says, no more than what has been checked, and the
 * command that gets a token, with everything that makes it mean the same in every directory and in
 * every shell.
 */
final class EntryContents {
  private final String command;
  private final Map<String, String> configuration;
  private final @Nullable String profile;

  private EntryContents(
      String command, Map<String, String> configuration, @Nullable String profile) {
    this.command = command;
    this.configuration = configuration;
    this.profile = profile;
  }

  /** As this run has it: what starts it, and which configuration is in force. */
  static EntryContents of(Services context) {
    // Of the environment's credentials, the profile is what decides where there is no key.
    boolean key = context.environment().nonEmpty("AWS_ACCESS_KEY_ID").isPresent();
    Optional<String> profile = context.environment().nonEmpty("AWS_PROFILE");
    return new EntryContents(
        context.service(Launcher.class).command(),
        context.service(ConfigSelection.class).variables(),
        key || profile.isEmpty() ? null : profile.get());
  }

  /** What starts this program from a kubeconfig. */
  String command() {
    return command;
  }

  /**
   * Access to a cluster.
   *
   * @param identity who gets it, spelt as in the configuration; null for what the environment
   *     offers
   * @throws AtmosException with {@link ExitCode#FAILED} or {@link ExitCode#UNAVAILABLE} if the
   *     cluster has no API server now, or if AWS says something that no kubeconfig can hold
   */
  ClusterAccess access(
      ClusterRequest request,
      ClusterDescription cluster,
      @Nullable String identity,
      @Nullable String contextAlias,
      @Nullable String userAlias) {
    checkStatus(request, cluster.status());
    ClusterArn arn;
    ClusterCertificate authority;
    try {
      arn = ClusterArn.parse(present("ARN", cluster.arn()));
      authority =
          new ClusterCertificate(present("certificate authority", cluster.certificateAuthority()));
    } catch (IllegalArgumentException e) {
      throw unusable(request, e);
    }
    checkArn(request, arn);
    ExecPlugin exec = exec(request, identity);
    String server;
    try {
      server = present("endpoint", cluster.endpoint());
      var _ = new ClusterAccess(arn, server, authority, null, null, null, exec);
    } catch (IllegalArgumentException e) {
      throw unusable(request, e);
    }
    try {
      return new ClusterAccess(arn, server, authority, identity, contextAlias, userAlias, exec);
    } catch (IllegalArgumentException e) {
      // All that AWS has said is fit: it is a name.
      throw new AtmosException(
          ExitCode.USAGE, "no kubeconfig can name " + request + " like that: " + e.getMessage());
    }
  }

  private ExecPlugin exec(ClusterRequest request, @Nullable String identity) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "aws",
                "eks",
                "token",
                "--cluster-name",
                request.name().text(),
                "--region",
                request.region().text()));
    if (identity != null) {
      args.add("--identity");
      args.add(identity);
    }
    try {
      return new ExecPlugin(
          ExecPlugin.V1BETA1, command, args, env(identity), hint(identity), InteractiveMode.NEVER);
    } catch (IllegalArgumentException e) {
      // A path or a name that no terminal could show.
      throw new AtmosException(
          ExitCode.USAGE,
          "no kubeconfig can hold what is in force for " + request + ": " + e.getMessage());
    }
  }

  private List<Variable> env(@Nullable String identity) {
    List<Variable> env = new ArrayList<>();
    for (Map.Entry<String, String> variable : configuration.entrySet()) {
      env.add(new Variable(variable.getKey(), variable.getValue()));
    }
    if (identity == null) {
      // What the configuration or another shell says must not put an identity in its place.
      env.add(new Variable("ATMOS_IDENTITY", "off"));
      if (profile != null) {
        env.add(new Variable("AWS_PROFILE", profile));
      }
    }
    return env;
  }

  /** kubectl shows it where it doesn't find the command. */
  private static String hint(@Nullable String identity) {
    return "atmos gets the tokens for this cluster, and is not on the PATH of kubectl.\n"
        + "Install atmos, or put the directory of its launcher on PATH"
        + (identity == null
            ? "."
            : ", and sign in: atmos auth login --identity " + ShellWord.of(identity));
  }

  private static void checkStatus(ClusterRequest request, @Nullable String status) {
    if (status == null) {
      throw new AtmosException(ExitCode.FAILED, "AWS doesn't say the status of " + request);
    }
    switch (status) {
      case "ACTIVE", "UPDATING" -> {}
      case "CREATING", "PENDING" ->
          throw new AtmosException(
              ExitCode.UNAVAILABLE,
              request + " is " + status + ": it can't be used yet",
              "wait until it is ACTIVE, then run this again");
      case "DELETING", "FAILED" ->
          throw new AtmosException(ExitCode.FAILED, request + " is " + status);
      default ->
          throw new AtmosException(
              ExitCode.FAILED,
              request
                  + " is neither ACTIVE nor UPDATING, but "
                  + Shown.value("in the state", status));
    }
  }

  private static void checkArn(ClusterRequest request, ClusterArn arn) {
    if (!arn.cluster().equals(request.name().text())
        || !arn.region().equals(request.region().text())) {
      throw new AtmosException(
          ExitCode.FAILED, "asked for " + request + ", AWS describes another one: " + arn);
    }
    String account = request.account();
    if (account != null && !account.equals(arn.account())) {
      throw new AtmosException(
          ExitCode.USAGE,
          request
              + " is one of account "
              + arn.account()
              + " to this identity, and one of account "
              + account
              + " was asked for",
          "choose an identity of account " + account + ": --identity NAME");
    }
  }

  private static String present(String what, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("there is no " + what);
    }
    return text;
  }

  private static AtmosException unusable(ClusterRequest request, IllegalArgumentException e) {
    return new AtmosException(
        ExitCode.FAILED,
        "what AWS says of " + request + " can't go into a kubeconfig: " + e.getMessage());
  }
}
