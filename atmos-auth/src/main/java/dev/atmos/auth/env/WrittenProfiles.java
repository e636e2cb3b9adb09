package dev.atmos.auth.env;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Chain;
import dev.atmos.auth.store.ProfileNames;
import dev.atmos.auth.terminal.HostSystem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.system.Digests;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ini.IniReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The profiles of identities in the user's own configuration file of the AWS tools. */
public final class WrittenProfiles {
  /** The template by which profiles are called like their identities. */
  public static final String IDENTITY = "{identity}";

  private static final int LIMIT = 8 * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Profiles for a file.
   *
   * @param path the file
   * @param text the profiles
   * @param names how they are called, by identity
   * @param notes what the user should know about them, in lines
   */
  public record Result(Path path, String text, Map<String, String> names, List<String> notes) {}

  private final Services services;
  private final IdentityProfiles profiles;
  private final ProfileBlock block;
  private final boolean windows;

  /** Of the configuration of this engine. */
  public WrittenProfiles(AuthEngine engine) {
    this.services = engine.services();
    this.profiles = new IdentityProfiles(engine);
    this.block = ProfileBlock.of(services);
    this.windows = HostSystem.isWindows(services);
  }

  /**
   * The profiles as they would be written.
   *
   * @param template how profiles are called, with placeholders
   * @param prune whether profiles of identities that are gone are left out
   * @throws AtmosException with {@link ExitCode#USAGE} if the file can't be read, or the template
   *     has another placeholder
   */
  public Result result(String template, boolean prune) {
    Path path = path();
    return result(path, whole(path), template, prune);
  }

  /** Writes them, in the place of those that were written before. */
  public Result write(String template, boolean prune) {
    Path path = path();
    return locked(
        path,
        () -> {
          boolean isNew = !services.files().exists(path);
          String before = whole(path);
          Result result = result(path, before, template, prune);
          String ours = latin(result.text());
          if (ours.isEmpty()) {
            removeFrom(path, before);
          } else {
            replace(path, before, block.with(before, isNew, ours));
          }
          return result;
        });
  }

  /** Takes them out; whether there were any. */
  public boolean remove() {
    Path path = path();
    return locked(
        path,
        () -> {
          return removeFrom(path, whole(path));
        });
  }

  private boolean removeFrom(Path path, String before) {
    if (!block.isAll(before)) {
      return replace(path, before, block.without(before));
    }
    try {
      services.userFiles().delete(path);
      return true;
    } catch (IOException e) {
      throw failure("can't remove ", path, e);
    }
  }

  /** The text of the file, in which our part has both of its marks. */
  private String whole(Path path) {
    String text = text(path);
    if (block.isBroken(text)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "the part of atmos in " + path + " has lost its last line, so its end isn't known",
          "put it back, or remove that part by hand; it begins with: " + block.begin());
    }
    return text;
  }

  /** The file that is written to. */
  public Path path() {
    Path path = ProfileFiles.own(services).config();
    if (path == null) {
      throw new AtmosException(
          ExitCode.USAGE, "the user has no home directory", "name a file: AWS_CONFIG_FILE");
    }
    return path;
  }

  private Result result(Path path, String file, String template, boolean prune) {
    List<String> notes = new ArrayList<>();
    Map<String, Chain> chains = new LinkedHashMap<>();
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String identity : profiles.identities()) {
      Optional<Chain> chain = profiles.chain(identity);
      if (chain.isEmpty() || chain.get().startsFromEnvironment()) {
        String why =
            chain.isEmpty()
                ? " can't be used as it is written"
                : " starts from what the environment offers, which is another one in each shell";
        notes.add("left out: " + DisplayNames.quoted(identity) + why);
      } else {
        chains.put(identity, chain.get());
        wanted.put(identity, name(template, identity, chain.get()));
      }
    }
    Map<String, String> old = new LinkedHashMap<>();
    block.sections(file, windows).forEach((identity, text) -> old.put(utf8(identity), text));
    Set<String> taken = ProfileFiles.own(services).read(block).names();
    StringBuilder kept = new StringBuilder();
    old.keySet().removeAll(profiles.identities());
    old.forEach((identity, section) -> {
      Set<String> names = IniReader.read(section, true).profiles().keySet();
      if (prune) {
        notes.add("pruned: " + String.join(", ", names));
      } else {
        taken.addAll(names);
        kept.append(section);
        notes.add(
            String.join(", ", names)
                + " stays, although identity "
                + DisplayNames.quoted(identity)
                + " is gone; to remove it: --prune");
      }
    });
    Map<String, String> names = IdentityProfiles.names(wanted, taken);
    StringBuilder text = new StringBuilder();
    names.forEach((identity, name) -> {
      if (!name.equals(wanted.get(identity))) {
        notes.add(
            "identity "
                + DisplayNames.quoted(identity)
                + " is called "
                + name
                + ", as there is another profile "
                + wanted.get(identity));
      }
      Chain chain = chains.get(identity);
      String region =
          chain == null ? null : chain.identityRegion().or(chain::providerRegion).orElse(null);
      text.append(profiles.section(name, identity, region, Map.of()));
    });
    return new Result(path, text.append(utf8(kept.toString())).toString(), names, notes);
  }

  private static String name(String template, String identity, Chain chain) {
    Description description = chain.description();
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    values.put(IDENTITY, identity);
    values.put("{provider}", chain.provider());
    values.put("{account}", description.account().orElse(null));
    values.put("{principal}", description.principal().orElse(null));
    values.put("{region}", chain.identityRegion().or(chain::providerRegion).orElse(null));
    String name = template;
    boolean missing = false;
    for (Map.Entry<String, @Nullable String> each : values.entrySet()) {
      missing |= each.getValue() == null && name.contains(each.getKey());
      name = name.replace(each.getKey(), each.getValue() == null ? "" : each.getValue());
    }
    String unknown = template;
    for (String each : values.keySet()) {
      unknown = unknown.replace(each, "");
    }
    if (template.isEmpty() || unknown.contains("{") || unknown.contains("}")) {
      throw new AtmosException(
          ExitCode.USAGE,
          DisplayNames.withValue("--name-template", template) + " is not a name with placeholders",
          "placeholders are " + String.join(", ", values.keySet()));
    }
    return ProfileNames.of(missing ? identity : name);
  }

  // ---- the file

  /** Of whatever encoding: as one character for each byte, what isn't ours survives. */
  private String text(Path path) {
    try {
      return services
          .userFiles()
          .read(path, LIMIT)
          .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
          .orElse("");
    } catch (IOException e) {
      throw failure("can't read ", path, e);
    }
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Whether the file has changed. */
  private boolean replace(Path path, String before, String after) {
    if (before.equals(after)) {
      return false;
    }
    try {
      Path directory = path.getParent();
      if (directory != null && !services.files().exists(directory)) {
        services.privateFiles().write(path, after.getBytes(StandardCharsets.ISO_8859_1));
      } else {
        services.userFiles().replace(path, after.getBytes(StandardCharsets.ISO_8859_1));
      }
      return true;
    } catch (IOException e) {
      throw failure("can't write ", path, e);
    }
  }

  private <T> T locked(Path path, Supplier<T> action) {
    Optional<Path> state = services.directories().state();
    if (state.isEmpty()) {
      return action.get();
    }
    String id = Digests.sha256Hex(path.toString().getBytes(StandardCharsets.UTF_8));
    Path lock = state.get().resolve("auth").resolve("locks").resolve("profiles-" + id);
    return services.locks().exclusively(lock, "changing " + path, PATIENCE, action);
  }

  private static AtmosException failure(String problem, Path path, IOException e) {
    return new AtmosException(ExitCode.FAILED, problem + path + ": " + FileReason.of(e), null, e);
  }
}
