package dev.atmos.auth.env;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Chain;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.Digests;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of the AWS tools that programs get: a profile for every identity of the configuration
 * in force, and beside them the user's own profiles, of which those with keys become a program that
 * gives the keys. The files hold no secret. They are made again whenever a program is started, and
 * stay: shells use them for as long as they like.
 */
final class ProfileFiles {
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final int DIGITS = 12;

  /**
   * The files.
   *
   * @param config the file with the profiles, for {@code AWS_CONFIG_FILE}
   * @param credentials a file without profiles, for {@code AWS_SHARED_CREDENTIALS_FILE}: in the
   *     user's own, a profile that is called like ours would win over it
   * @param name the name of the identity's profile
   * @param text what the file with the profiles says
   * @param notes what the user should know about it, in lines
   */
  record View(Path config, Path credentials, String name, String text, List<String> notes) {}

  private final Services services;
  private final IdentityProfiles profiles;

  /** Below the state directory that the services have. */
  ProfileFiles(AuthEngine engine) {
    this.services = engine.services();
    this.profiles = new IdentityProfiles(engine);
  }

  /** The directory of all of them; empty where the process has no home. */
  static Optional<Path> directory(Services services) {
    Optional<Path> state = services.directories().state();
    return state.isPresent()
        ? Optional.of(state.get().resolve("auth").resolve("profiles"))
        : Optional.empty();
  }

  /** The user's own files. */
  static UserProfiles own(Services services) {
    return UserProfiles.of(services, directory(services).orElse(null));
  }

  /**
   * The files for one identity. Nothing is written.
   *
   * @param sources where the environment's own credentials come from, for identities that start
   *     from them; null if a profile can't get at them
   * @param only whether other profiles are left out
   * @throws AtmosException with {@link ExitCode#USAGE} if they can't be made
   */
  View of(Chain identity, @Nullable Map<String, String> sources, boolean only) {
    Optional<Path> directory = directory(services);
    if (directory.isEmpty()) {
      throw profiles.without("the AWS tools' files need a home directory");
    }
    UserProfiles own = own(services);
    List<String> notes = new ArrayList<>();
    UserProfiles.Content user = only ? UserProfiles.Content.none() : read(own, notes);
    List<String> identities = only ? List.of(identity.name()) : profiles.identities();
    Map<String, String> safe = IdentityProfiles.safe(identities);
    Map<String, String> names = IdentityProfiles.names(safe, user.names());
    StringBuilder text = new StringBuilder();
    boolean ambient = false;
    for (Map.Entry<String, String> each : names.entrySet()) {
      boolean selected = each.getKey().equals(identity.name());
      Chain chain = selected ? identity : profiles.chain(each.getKey()).orElse(null);
      boolean starts = chain != null && chain.startsFromEnvironment();
      boolean known = !starts || sources != null;
      if (chain != null && (selected || (!chain.isEnvironment() && known))) {
        ambient |= starts;
        append(text, each, chain, starts && sources != null ? sources : Map.of(), selected);
      }
    }
    Map<String, String> variables = ambient && sources != null ? sources : Map.of();
    String head =
        "# Made by atmos, and made again whenever it starts a program: changes are lost. It holds"
            + " no secret.\n"
            + own.lines(variables);
    new UserSections(profiles, own, user).append(text, notes);
    // By what decides which profiles a name stands for: a shell that uses a file keeps its meaning.
    Set<Object> key = new LinkedHashSet<>();
    key.add(new TreeMap<>(services.configSelection().variablesOf(identity.name())));
    key.add(services.configSelection().words());
    key.add(own.config() + "\n" + own.credentials());
    key.add(only ? identity.name() : "");
    key.add(new TreeMap<>(variables));
    Set<String> renamed = new TreeSet<>(names.values());
    renamed.removeAll(safe.values());
    key.add(renamed);
    String id =
        Digests.sha256Hex(key.toString().getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    Path place = directory.get().resolve(id);
    String name = Objects.requireNonNull(names.get(identity.name()));
    return new View(
        place.resolve("config"), place.resolve("credentials"), name, head + text, notes);
  }

  /** The user's profiles; none, and a line about it, if they can't be read. */
  private UserProfiles.Content read(UserProfiles own, List<String> notes) {
    try {
      return own.read(ProfileBlock.of(services));
    } catch (AtmosException e) {
      notes.add("your AWS profiles are left out: " + e.sentence());
      return UserProfiles.Content.none();
    }
  }

  private void append(
      StringBuilder text,
      Map.Entry<String, String> named,
      Chain chain,
      Map<String, String> sources,
      boolean selected) {
    try {
      Optional<String> own = chain.identityRegion();
      String region = (own.isPresent() ? own : chain.providerRegion()).orElse(null);
      text.append(profiles.section(named.getValue(), named.getKey(), region, sources));
    } catch (AtmosException e) {
      if (selected) {
        throw e;
      }
      services.console().debug(e.sentence());
    }
  }

  /**
   * Makes the files, or makes them again, and says what the user should know about them.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if they can't be written
   */
  void write(View view) {
    ensure(view.config(), view.text());
    ensure(view.credentials(), "# Empty: see the file 'config' beside this one.\n");
    for (String note : view.notes()) {
      services.console().say("atmos: " + TerminalText.line(note));
    }
  }

  private void ensure(Path file, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      Optional<byte[]> there = services.privateFiles().read(file, MOST_BYTES);
      if (there.isEmpty() || !Arrays.equals(there.get(), bytes)) {
        services.privateFiles().write(file, bytes);
        protect(file);
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED,
          "can't write " + file + ": " + FileReason.of(e),
          IdentityProfiles.instead(services),
          e);
    }
  }

  /** So that 'aws configure' refuses to write here, which would be lost. */
  private void protect(Path file) {
    try {
      services.userFiles().makeReadOnly(file);
    } catch (IOException e) {
      services.console().debug(file + ": " + FileReason.of(e));
    }
  }
}
