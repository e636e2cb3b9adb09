package dev.atmos.auth.env;

import dev.atmos.auth.store.ProfileNames;
import dev.atmos.auth.terminal.HostSystem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.policy.Policy;
import dev.atmos.services.system.Digests;
import dev.atmos.services.system.FileReason;
import dev.atmos.services.system.Launcher;
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files of the AWS tools with one profile, whose {@code credential_process} runs this program: it
 * gives valid credentials for as long as they can be renewed, and the files hold no secret.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html">Process
 *     credential provider</a>
 */
public final class ProfileFiles {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int DIGITS = 12;

  /**
   * A profile.
   *
   * @param config the file with it, for {@code AWS_CONFIG_FILE}
   * @param credentials a file without profiles, for {@code AWS_SHARED_CREDENTIALS_FILE}: the user's
   *     own file would win over the profile
   * @param name the profile's name
   * @param text what the file with it says
   */
  public record Profile(Path config, Path credentials, String name, String text) {}

  private final Services services;

  /** Below the state directory that these services have. */
  public ProfileFiles(Services services) {
    this.services = services;
  }

  /** The directory of all of them; empty where the process has no home. */
  public Optional<Path> directory() {
    return services.directories().state().map(state -> state.resolve("auth").resolve("profiles"));
  }

  /**
   * The profile of an identity. Nothing is written.
   *
   * @param variables what the program needs beside the variables that select its configuration
   * @throws AtmosException with {@link ExitCode#USAGE} if it can't be written down
   */
  public Profile of(String identity, @Nullable String region, Map<String, String> variables) {
    Optional<Path> directory = directory();
    Optional<Path> launcher = launcher();
    if (directory.isEmpty()) {
      throw without("the AWS tools' files need a home directory");
    }
    if (launcher.isEmpty()) {
      throw without("the AWS tools need the path of this atmos, which is unknown");
    }
    if (identity.startsWith("-")) {
      throw without(
          "a profile of the AWS tools can't hold "
              + DisplayNames.quoted(identity)
              + ", because it begins with a dash as options do");
    }
    String profile = ProfileNames.of(identity);
    String content =
        "# Made by atmos, which makes it again if it is missing. It holds no secret.\n"
            + (profile.equals("default") ? "[default]\n" : "[profile " + profile + "]\n")
            + ("credential_process = " + command(launcher.get(), identity, variables) + "\n")
            + (region == null ? "" : "region = " + region + "\n");
    // By content: a shell keeps the one it uses, whatever another configuration has of that name.
    String id = Digests.sha256Hex(content.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    Path place = directory.get().resolve(profile + "-" + id);
    return new Profile(place.resolve("config"), place.resolve("credentials"), profile, content);
  }

  /**
   * Makes a profile's files, if they aren't there.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if they can't be written
   */
  public void write(Profile profile) {
    ensure(profile.config(), profile.text());
    ensure(profile.credentials(), "# Empty: see the file 'config' beside this one.\n");
  }

  /**
   * The directories of an identity's profiles, of whatever configuration; those of all identities
   * where none is named.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if they can't be listed
   */
  public List<Path> directories(@Nullable String identity) {
    Optional<Path> directory = directory();
    List<Path> found = new ArrayList<>();
    if (directory.isEmpty()) {
      return found;
    }
    String prefix = identity == null ? null : ProfileNames.of(identity) + "-";
    try {
      for (String name : services.files().list(directory.get()).orElse(List.of())) {
        if (prefix == null
            || (name.startsWith(prefix) && name.length() == prefix.length() + DIGITS)) {
          found.add(directory.get().resolve(name));
        }
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "can't read " + directory.get() + ": " + FileReason.of(e), null, e);
    }
    Collections.sort(found);
    return found;
  }

  /**
   * Removes such a directory.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if it can't be removed
   */
  public void remove(Path directory) {
    try {
      for (String name : services.files().list(directory).orElse(List.of())) {
        services.privateFiles().delete(directory.resolve(name));
      }
      services.privateFiles().delete(directory);
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "can't remove " + directory + ": " + FileReason.of(e), null, e);
    }
  }

  private AtmosException without(String why) {
    return new AtmosException(ExitCode.USAGE, why, instead(), null);
  }

  /** What programs can use in place of a profile; null where the machine doesn't allow it. */
  private @Nullable String instead() {
    return services.policy().map(Policy::allowsStaticKeys).orElse(true)
        ? "use --static, which needs no files"
        : null;
  }

  private Optional<Path> launcher() {
    String command = services.launcher().command();
    return command.equals(Launcher.NAME)
        ? services.processes().find(command)
        : Optional.of(services.directories().workingDirectory().getFileSystem().getPath(command));
  }

  private String command(Path launcher, String identity, Map<String, String> variables) {
    boolean windows = HostSystem.isWindows(services);
    Map<String, String> all = new TreeMap<>(services.configSelection().variablesOf(identity));
    all.putAll(variables);
    StringBuilder set = new StringBuilder();
    all.forEach((name, value) -> set.append(word(name + "=" + value, windows)).append(' '));
    String program = word(launcher.toString(), windows) + " ";
    // Windows has no program that sets variables, so atmos itself takes them.
    StringBuilder line = new StringBuilder(windows ? program + set : "env " + set + program);
    line.append("auth credential-process --identity ").append(word(identity, windows));
    // What the command line has named stays trusted, which no variable says.
    services
        .configSelection()
        .words()
        .forEach(each -> line.append(' ').append(word(each, windows)));
    return line.toString();
  }

  /**
   * One word of a command line, which some tools give to a shell and others take apart by
   * themselves, and of which some take {@code " #"} and {@code " ;"} for the beginning of a
   * comment.
   */
  String word(String text, boolean windows) {
    if (text.chars().anyMatch(c -> Character.isISOControl(c) || (windows && c == '"'))) {
      throw without(
          "a profile of the AWS tools can't hold "
              + DisplayNames.quoted(text)
              + ", because of a character in it");
    }
    if (windows) {
      return "\"" + text + "\"";
    }
    String quoted = EnvFormat.posix(text);
    return quoted.startsWith("'") ? quoted.replace("#", "''#''").replace(";", "'';''") : quoted;
  }

  private void ensure(Path file, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      Optional<byte[]> there = services.privateFiles().read(file, MOST_BYTES);
      if (there.isEmpty() || !Arrays.equals(there.get(), bytes)) {
        services.privateFiles().write(file, bytes);
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "can't write " + file + ": " + FileReason.of(e), instead(), e);
    }
  }
}
