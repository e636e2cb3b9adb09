package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Directories whose files are merged over the rest when they are selected by name. */
public final class Profiles {
  public static final String SECTION = "profiles";
  public static final String ENV = "env";

  private static final String OPTION = "--profile";
  private static final String VARIABLE = "ATMOS_PROFILE";
  private static final String DEFAULT = "default";

  private final ConfigPorts ports;
  private final ConfigMap base;
  private final List<Path> configDirectories;

  /** The places that the configuration names. */
  private final Set<Path> named = new HashSet<>();

  /**
   * The profiles of a configuration.
   *
   * @param base the configuration without them
   * @param configDirectories where its files are, the one that counts most first
   */
  public Profiles(ConfigPorts ports, ConfigMap base, List<Path> configDirectories) {
    this.ports = ports;
    this.base = base;
    this.configDirectories = configDirectories;
  }

  /**
   * How profiles are selected.
   *
   * @param names the chosen ones, from the lowest rank to the highest
   * @param origin the option, variable or key that names them
   * @param position where they are named, if a file does
   */
  public record Choice(List<String> names, String origin, @Nullable Position position) {

    AtmosException error(String problem, @Nullable String hint) {
      if (position == null) {
        return new AtmosException(ExitCode.USAGE, problem, hint, null);
      }
      AtmosException placed = position.error(problem);
      return hint == null
          ? placed
          : new AtmosException(ExitCode.USAGE, placed.sentence(), hint, null);
    }
  }

  /** The selected profiles; null if there are none. */
  public static @Nullable Choice chosen(
      ConfigOptions options, Environment environment, ConfigMap base) {
    if (!options.profiles().isEmpty()) {
      List<String> names = new ArrayList<>();
      for (String words : options.profiles()) {
        names.addAll(split(words));
      }
      return new Choice(names, OPTION, null);
    }
    Optional<String> variable = environment.nonEmpty(VARIABLE);
    if (variable.isPresent()) {
      return new Choice(split(variable.get()), VARIABLE, null);
    }
    Choice choice = inFile(base, ENV, VARIABLE);
    return choice == null ? inFile(base, SECTION, DEFAULT) : choice;
  }

  private static List<String> split(String names) {
    return List.of(names.split(",", -1));
  }

  private static @Nullable Choice inFile(ConfigMap base, String section, String key) {
    Optional<ConfigMap> map = base.map(section);
    Optional<String> value = map.isPresent() ? map.get().text(key) : Optional.empty();
    ConfigMap.Entry entry = map.isPresent() ? map.get().entries().get(key) : null;
    return entry == null || value.isEmpty() || value.get().isEmpty()
        ? null
        : new Choice(split(value.get()), "'" + section + "." + key + "'", entry.value().position());
  }

  /**
   * The directory of a profile; null if there is none of that name.
   *
   * @throws AtmosException if no profile can have that name
   */
  public @Nullable Path directory(String name, Choice choice) {
    Path named = absolute(name, choice);
    if (named != null) {
      return ports.cache().list(named, null) == null ? null : named;
    }
    checkName(name, choice);
    for (Path place : places()) {
      Path directory;
      try {
        directory = place.resolve(name);
      } catch (InvalidPathException e) {
        throw choice.error(choice.origin() + " has a name that no directory can have", null);
      }
      if (!ports.cache().isStrangersDirectory(directory, choice.position())
          && ports.cache().list(directory, choice.position()) != null) {
        checkFiles(place, directory);
        return directory;
      }
    }
    return null;
  }

  /**
   * The directory itself, which only the variable may name: kubeconfig entries do so where the name
   * would lead elsewhere. Null for anything else.
   */
  private @Nullable Path absolute(String name, Choice choice) {
    if (!choice.origin().equals(VARIABLE) || (name.indexOf('/') < 0 && name.indexOf('\\') < 0)) {
      return null;
    }
    try {
      Path path = ports.directories().workingDirectory().getFileSystem().getPath(name);
      return path.isAbsolute() ? path.normalize() : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * The error of a name that no profile has.
   *
   * @param identity whether there is an identity of that name
   */
  public AtmosException unknown(String name, Choice choice, boolean identity) {
    List<String> known = names();
    return choice.error(
        "there is no profile "
            + DisplayNames.quoted(name)
            + ", which "
            + choice.origin()
            + " names; "
            + (known.isEmpty() ? "there are no profiles" : "known: " + DisplayNames.list(known)),
        identity
            ? DisplayNames.quoted(name)
                + " is an identity, which is selected by: --identity "
                + ShellQuoting.word(name)
            : known.isEmpty()
                ? "a profile of the AWS CLI is selected by: AWS_PROFILE=" + ShellQuoting.word(name)
                : null);
  }

  private static void checkName(String name, Choice choice) {
    String problem = null;
    if (name.isBlank()) {
      problem = " has an empty value where the name of a profile is needed";
    } else if (name.equals(".") || name.equals("..")) {
      problem = " has a name that no profile can have: " + name;
    } else if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      problem = " has a path where the name of a profile is needed";
    }
    if (problem != null) {
      throw choice.error(choice.origin() + problem, null);
    }
  }

  /** All profiles that there are, sorted. */
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (Path place : places()) {
      List<String> inside = ports.cache().list(place, null);
      for (String name : inside == null ? List.<String>of() : inside) {
        if (!YamlFiles.isHidden(name) && ports.cache().list(place.resolve(name), null) != null) {
          names.add(name);
        }
      }
    }
    return List.copyOf(names);
  }

  /** The directories that profiles are in; the first one that has a profile counts. */
  private List<Path> places() {
    List<Path> places = new ArrayList<>();
    Optional<ConfigMap> section = base.map(SECTION);
    Optional<String> own =
        section.isPresent() ? section.get().text(ConfigFile.BASE_PATH) : Optional.empty();
    if (section.isPresent() && own.isPresent() && !own.get().isBlank()) {
      for (Path directory : configDirectories) {
        add(places, directory, own.get(), basePath());
      }
    }
    for (Path directory : configDirectories) {
      places.add(directory.resolve(".atmos").resolve(SECTION));
    }
    Optional<Path> user = ports.directories().config();
    if (user.isPresent()) {
      places.add(user.get().resolve(SECTION));
    }
    for (Path directory : configDirectories) {
      places.add(directory.resolve(SECTION));
    }
    return places;
  }

  /** Whoever else may put files into a directory out of the project needs an approval for each. */
  private void checkFiles(Path place, Path directory) {
    Position position = basePath();
    ConfigFile file = ports.cache().of(position.source());
    if (file != null && named.contains(place)) {
      for (Path path : YamlFiles.below(directory, ports.cache(), position)) {
        ports.guard().check(file, path, position, true);
      }
    }
  }

  /** Where the directory is named that profiles are in; it is the value that is approved. */
  private Position basePath() {
    Optional<ConfigMap> section = base.map(SECTION);
    ConfigMap.Entry entry =
        section.isPresent() ? section.get().entries().get(ConfigFile.BASE_PATH) : null;
    return entry == null ? base.position() : entry.value().position();
  }

  private void add(List<Path> places, Path directory, String text, Position position) {
    Path place;
    try {
      place = ConfigPaths.resolve(directory, text, ports.directories().home());
    } catch (InvalidPathException e) {
      throw position.error("'" + ConfigFile.BASE_PATH + "' is not a valid path");
    }
    ConfigFile file = ports.cache().of(position.source());
    if (file != null) {
      ports.guard().check(file, place, position, false);
    }
    places.add(place);
    named.add(place);
  }
}
