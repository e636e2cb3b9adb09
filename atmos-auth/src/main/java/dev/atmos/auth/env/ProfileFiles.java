package dev.atmos.auth.env;

import dev.atmos.auth.store.ProfileNames;
import dev.atmos.auth.terminal.HostSystem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.Digests;
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
 * Files of the AWS tools with one profile, whose {@code credential_process} asks this program: who
 * uses it has live credentials for as long as they can be renewed, and no secret is in the files.
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
   * @param credentials a file without any, for {@code AWS_SHARED_CREDENTIALS_FILE}: those of the
   *     user's own would win over the profile
   * @param name the profile's name
   * @param text what the file with it says
   */
  public record Profile(Path config, Path credentials, String name, String text) {}

  private final Services context;

  /** Below the directories of that context. */
  public ProfileFiles(Services context) {
    this.context = context;
  }

  /** The directory of all of them; empty where the process has no home. */
  public Optional<Path> directory() {
    return context.directories().state().map(state -> state.resolve("auth").resolve("profiles"));
  }

  /**
   * The profile of an identity. Nothing is written.
   *
   * @param variables what the program has to be given beside what it means by itself
   * @throws AtmosException with {@link ExitCode#USAGE} where there can be none
   */
  public Profile of(String identity, @Nullable String region, Map<String, String> variables) {
    Optional<Path> directory = directory();
    Optional<Path> launcher = launcher();
    if (directory.isEmpty()) {
      throw without("there is no home directory in which the AWS tools' files could be");
    }
    if (launcher.isEmpty()) {
      throw without("it isn't known by which path the AWS tools could run this atmos");
    }
    String profile = ProfileNames.of(identity);
    StringBuilder text = new StringBuilder();
    text.append("# Made by atmos, and made anew when it is missing. There is no secret in it.\n");
    text.append(profile.equals("default") ? "[default]" : "[profile " + profile + "]").append('\n');
    text.append("credential_process = ").append(command(launcher.get(), identity, variables));
    text.append('\n');
    if (region != null) {
      text.append("region = ").append(region).append('\n');
    }
    String content = text.toString();
    // By content: whoever uses one now keeps it, whatever another configuration says of that name.
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
      for (String name : context.files().list(directory.get()).orElse(List.of())) {
        if (prefix == null
            || (name.startsWith(prefix) && name.length() == prefix.length() + DIGITS)) {
          found.add(directory.get().resolve(name));
        }
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "can't read " + directory.get() + ": " + e.getMessage(), null, e);
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
      for (String name : context.files().list(directory).orElse(List.of())) {
        context.privateFiles().delete(directory.resolve(name));
      }
      context.privateFiles().delete(directory);
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "can't remove " + directory + ": " + e.getMessage(), null, e);
    }
  }

  private static AtmosException without(String why) {
    return new AtmosException(ExitCode.USAGE, why, "use --static, which needs no files");
  }

  private Optional<Path> launcher() {
    String command = context.launcher().command();
    return command.equals(Launcher.NAME)
        ? context.processes().find(command)
        : Optional.of(context.directories().workingDirectory().getFileSystem().getPath(command));
  }

  private String command(Path launcher, String identity, Map<String, String> variables) {
    StringBuilder line = new StringBuilder();
    boolean windows = HostSystem.isWindows(context);
    if (!windows) {
      line.append("env");
      Map<String, String> all = new TreeMap<>(context.configSelection().variables());
      all.putAll(variables);
      for (Map.Entry<String, String> variable : all.entrySet()) {
        line.append(' ').append(word(variable.getKey() + "=" + variable.getValue(), false));
      }
      line.append(' ');
    }
    line.append(word(launcher.toString(), windows));
    line.append(" auth credential-process --identity ");
    return line.append(word(identity, windows)).toString();
  }

  /**
   * One word of a command line, which some tools give to a shell and others take apart by
   * themselves, and of which some take {@code " #"} and {@code " ;"} for the beginning of a
   * comment.
   */
  static String word(String text, boolean windows) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) || (windows && text.charAt(i) == '"')) {
        throw without(
            "no AWS tool could be told of "
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

  private void ensure(Path file, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      Optional<byte[]> there = context.privateFiles().read(file, MOST_BYTES);
      if (there.isEmpty() || !Arrays.equals(there.get(), bytes)) {
        context.privateFiles().write(file, bytes);
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED,
          "can't write " + file + ": " + e.getMessage(),
          "use --static, which needs no files",
          e);
    }
  }
}
