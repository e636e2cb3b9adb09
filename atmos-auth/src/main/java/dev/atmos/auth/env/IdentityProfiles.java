package dev.atmos.auth.env;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Chain;
import dev.atmos.auth.store.ProfileNames;
import dev.atmos.auth.terminal.HostSystem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.policy.Policy;
import dev.atmos.services.system.Launcher;
import dev.atmos.text.DisplayNames;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Profiles of the AWS tools whose {@code credential_process} runs this program: it gives valid
 * credentials for as long as they can be renewed, and the profiles hold no secret.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html">Process
 *     credential provider</a>
 */
final class IdentityProfiles {
  /** Before the name of a profile that would otherwise be called like one of the user's own. */
  private static final String CLASH = "atmos/";

  private final AuthEngine engine;
  private final Services services;
  private @Nullable String program;

  /** Of the configuration of this engine. */
  IdentityProfiles(AuthEngine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /** The names of the identities of the configuration. */
  List<String> identities() {
    Optional<ConfigMap> auth = services.configMap(AuthFields.AUTH);
    Optional<ConfigMap> identities =
        auth.isPresent() ? auth.get().map(AuthFields.IDENTITIES) : Optional.empty();
    return identities.isPresent() ? identities.get().keys() : List.of();
  }

  /**
   * A name for the profile of each identity that no other profile has.
   *
   * @param wanted the names that they should have, by identity
   * @param taken the names of the user's own profiles
   */
  static Map<String, String> names(Map<String, String> wanted, Set<String> taken) {
    Set<String> used = new HashSet<>(taken);
    Map<String, String> names = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : wanted.entrySet()) {
      String name = each.getValue();
      String free = used.contains(name) ? CLASH + name : name;
      for (int i = 2; used.contains(free); i++) {
        free = CLASH + name + "-" + i;
      }
      used.add(free);
      names.put(each.getKey(), free);
    }
    return names;
  }

  /** The names as every tool takes them. */
  static Map<String, String> safe(List<String> identities) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String identity : identities) {
      names.put(identity, ProfileNames.of(identity));
    }
    return names;
  }

  /** The chain of an identity; empty if the identity can't be used as it is written. */
  Optional<Chain> chain(String identity) {
    try {
      return Optional.of(engine.chain(identity));
    } catch (AtmosException e) {
      services.console().debug("identity " + DisplayNames.quoted(identity) + ": " + e.sentence());
      return Optional.empty();
    }
  }

  /**
   * The section of an identity's profile. It depends on nothing but the configuration.
   *
   * @param variables what the program needs beside the variables that select its configuration
   * @throws AtmosException with {@link ExitCode#USAGE} if it can't be written down
   */
  String section(
      String name, String identity, @Nullable String region, Map<String, String> variables) {
    if (identity.startsWith("-")) {
      throw without(
          "a profile of the AWS tools can't hold "
              + DisplayNames.quoted(identity)
              + ", because it begins with a dash as options do");
    }
    Map<String, String> all = new TreeMap<>(services.configSelection().variablesOf(identity));
    all.putAll(variables);
    String command = "auth credential-process --identity " + word(identity);
    // What the command line has named stays trusted, which no variable says.
    for (String each : services.configSelection().words()) {
      command += " " + word(each);
    }
    return header(name)
        + "credential_process = "
        + line(all, command)
        + "\n"
        + (region == null ? "" : "region = " + region + "\n");
  }

  /** The first line of a profile. */
  static String header(String name) {
    return name.equals(UserProfiles.DEFAULT)
        ? "[default]\n"
        : "[profile " + EnvFormat.posix(name) + "]\n";
  }

  /** A command line that runs atmos with these variables. */
  String line(Map<String, String> variables, String words) {
    boolean windows = HostSystem.isWindows(services);
    StringBuilder set = new StringBuilder();
    for (Map.Entry<String, String> each : variables.entrySet()) {
      set.append(word(each.getKey() + "=" + each.getValue())).append(' ');
    }
    if (program == null) {
      program = word(launcher().toString()) + " ";
    }
    // Windows has no program that sets variables, so atmos itself takes them.
    return (windows ? program + set : "env " + set + program) + words;
  }

  private Path launcher() {
    String command = services.launcher().command();
    Optional<Path> launcher =
        command.equals(Launcher.NAME)
            ? services.processes().find(command)
            : Optional.of(
                services.directories().workingDirectory().getFileSystem().getPath(command));
    if (launcher.isEmpty()) {
      throw without("the AWS tools need the path of this atmos, which is unknown");
    }
    return launcher.get();
  }

  /**
   * One word of a command line, which some tools give to a shell and others take apart by
   * themselves, and of which some take {@code " #"} and {@code " ;"} for the beginning of a
   * comment.
   */
  String word(String text) {
    boolean windows = HostSystem.isWindows(services);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || (windows && c == '"')) {
        throw without(
            "a profile of the AWS tools can't hold "
                + DisplayNames.quoted(text)
                + ", because of a character in it");
      }
    }
    if (windows) {
      return "\"" + text + "\"";
    }
    String quoted = EnvFormat.posix(text);
    return quoted.startsWith("'") ? quoted.replace("#", "''#''").replace(";", "'';''") : quoted;
  }

  AtmosException without(String why) {
    return new AtmosException(ExitCode.USAGE, why, instead(services), null);
  }

  /** What programs can use in place of a profile; null where the machine doesn't allow it. */
  static @Nullable String instead(Services services) {
    Optional<Policy> policy = services.policy();
    return policy.isEmpty() || policy.get().allowsStaticKeys()
        ? "use --static, which needs no files"
        : null;
  }
}
