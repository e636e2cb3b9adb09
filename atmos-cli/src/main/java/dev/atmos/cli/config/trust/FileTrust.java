package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.ImportGuard;
import dev.atmos.cli.config.file.TrustState;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.text.ShellQuoting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which files of the configuration are trusted: those that lie where only the user puts files,
 * those that the command line names, and those that the user has approved, as they were then.
 */
public final class FileTrust implements TrustPolicy, ImportGuard {
  private final Directories directories;
  private final Environment environment;
  private final ConfigFileCache cache;
  private final TrustStore store;
  private final SafePlaces safePlaces;
  private final boolean namingTrusts;
  private final Map<ConfigFile, TrustState> states = new HashMap<>();
  private final Map<ConfigFile, UnsafePlace> refused = new HashMap<>();

  /**
   * The trust in the files that a cache reads.
   *
   * @param namingTrusts whether a file is trusted because the command line names it
   */
  public FileTrust(
      Directories directories,
      Environment environment,
      ReadOnlyFiles reader,
      ConfigFileCache cache,
      SafePlaces safePlaces,
      boolean namingTrusts) {
    this.directories = directories;
    this.environment = environment;
    this.cache = cache;
    this.store = new TrustStore(directories, reader, safePlaces);
    this.safePlaces = safePlaces;
    this.namingTrusts = namingTrusts;
  }

  @Override
  public boolean isTrusted(Position position) {
    ConfigFile file = cache.of(position.source());
    return file != null && state(file).isTrusted();
  }

  @Override
  public void require(Effect effect, Position position, String value) {
    ConfigFile file = cache.of(position.source());
    if (needsTrust(effect, file, value) && (file == null || !state(file).isTrusted())) {
      throw refusal(file, position, wish(effect));
    }
  }

  @Override
  public void requireVariable(Position position, String variable, String value) {
    if (!PassableVariables.contains(variable, value) && !isTrusted(position)) {
      throw refusal(
          cache.of(position.source()), position, "pass on the variable '" + variable + "'");
    }
  }

  /** Whether a file may pass on a variable, as it is set now, only if it is trusted. */
  public boolean needsTrustToPass(String variable) {
    return !PassableVariables.contains(variable, environment.get(variable).orElse(""));
  }

  private static String wish(Effect effect) {
    return switch (effect) {
      case ENDPOINT -> "send something to a host that isn't one of AWS's";
      case ENVIRONMENT -> "set a variable for programs";
      case WRITES -> "choose a file that is written";
      case READS -> "read outside of its project";
      case PROTECTION -> "decide how secrets are kept";
      default -> "run a command";
    };
  }

  /**
   * Whether a file may hold a value with that effect only if it is trusted.
   *
   * @param value the value; of a variable, its name and value with {@code =} between them
   */
  public boolean needsTrust(Effect effect, @Nullable ConfigFile file, String value) {
    // No switch over the enumeration: it would load one more class on the token path.
    if (effect == Effect.DATA || effect == Effect.CREDENTIAL) {
      return false;
    }
    if (effect == Effect.ENDPOINT) {
      return !AwsHosts.owns(value);
    }
    if (effect == Effect.READS) {
      return file == null || readsOutside(file, value);
    }
    return effect != Effect.ENVIRONMENT || !HarmlessVariables.contains(value);
  }

  private boolean readsOutside(ConfigFile file, String path) {
    try {
      return isOutside(
          file, ConfigPaths.resolve(file.basePath(directories.home()), path, directories.home()));
    } catch (InvalidPathException e) {
      // It has no effect, and is an error where it is used.
      return false;
    }
  }

  @Override
  public void check(ConfigFile importer, Path target, Position entry) {
    if (isOutside(importer, target) && !state(importer).isTrusted()) {
      throw refusal(importer, entry, "read outside of its project");
    }
  }

  @Override
  public void checkFound(ConfigFile file, Path directory) {
    if (leavesProject(file, directory) && !state(file).isTrusted()) {
      throw new AtmosException(
          ExitCode.USAGE,
          file + ": this file is not trusted, and is a link out of its project, to " + real(file),
          trustHint(file),
          null);
    }
  }

  /** Whether a file that was found in a directory lies outside of the directory's project. */
  public boolean leavesProject(ConfigFile file, Path directory) {
    Path real = real(file);
    if (real.equals(file.path())) {
      return false;
    }
    Path base = cache.real(directory, null);
    return !real.startsWith(base)
        && !isInPlace(directory, base)
        && !cache.isUnderTrustedPath(base)
        && !real.startsWith(project(base, file.path()));
  }

  private boolean isInPlace(Path directory, Path real) {
    for (Path place : places()) {
      if (directory.startsWith(place) || isBelow(place, real)) {
        return true;
      }
    }
    return false;
  }

  private static String trustHint(ConfigFile file) {
    return "read it, then run: atmos config trust " + ShellQuoting.path(file.path());
  }

  /** Whether a file is trusted, as it was read. */
  public TrustState state(ConfigFile file) {
    TrustState state = states.get(file);
    if (state == null) {
      state = findState(file);
      states.put(file, state);
    }
    return state;
  }

  /** What is remembered of a file; null if the user hasn't approved it. */
  public @Nullable TrustRecord record(ConfigFile file) {
    return store.find(real(file));
  }

  /**
   * The real path of a file, which may have been read through a link.
   *
   * @throws AtmosException if that can't be found out
   */
  public Path real(ConfigFile file) {
    return cache.real(file.path(), null);
  }

  /** Whether something lies outside of the project that a file belongs to. */
  public boolean isOutside(ConfigFile file, Path target) {
    return !cache.real(target, null).startsWith(project(file));
  }

  /** One line, without the excerpt that other errors have: kubectl shows it to its user. */
  private AtmosException refusal(@Nullable ConfigFile file, Position position, String wish) {
    boolean changed = file != null && state(file) == TrustState.CHANGED;
    UnsafePlace unsafe = file == null ? null : refused.get(file);
    String problem =
        changed
            ? ": this file has changed since it was trusted, and wants to "
            : unsafe == null
                ? ": this file is not trusted, and wants to "
                : ": this file is not trusted, because " + unsafe + ", and wants to ";
    String hint =
        file == null
            ? null
            : unsafe != null && unsafe.cure() != null && !changed ? unsafe.cure() : trustHint(file);
    return new AtmosException(ExitCode.USAGE, position + problem + wish, hint, null);
  }

  private TrustState findState(ConfigFile file) {
    if ((file.namedOnCommandLine() && namingTrusts) || isInTrustedPlace(file)) {
      return TrustState.BY_PLACE;
    }
    TrustRecord record = record(file);
    if (record == null) {
      return TrustState.NONE;
    }
    return record.matches(file.bytes()) ? TrustState.BY_USER : TrustState.CHANGED;
  }

  private boolean isInTrustedPlace(ConfigFile file) {
    Path real = real(file);
    for (Path place : places()) {
      // A link in there is the user's own doing, if others can change neither it nor its target.
      boolean named = file.path().startsWith(place);
      if ((named || isBelow(place, real)) && isSafe(file, named ? file.path() : real)) {
        return true;
      }
    }
    return cache.isUnderTrustedPath(real);
  }

  private boolean isSafe(ConfigFile file, Path path) {
    UnsafePlace problem = safePlaces.problem(path);
    if (problem != null) {
      refused.put(file, problem);
    }
    return problem == null;
  }

  /** Whether a path is below a directory; not below one whose real path isn't known. */
  private boolean isBelow(Path directory, Path real) {
    try {
      return real.startsWith(cache.real(directory, null));
    } catch (AtmosException e) {
      return false;
    }
  }

  /** The directories that only the user, or the administrator, puts files into. */
  private List<Path> places() {
    List<Path> places = new ArrayList<>();
    addTo(places, directories.config(), "");
    addTo(places, directories.home(), ".atmos");
    // On Windows, every user may create a directory in ProgramData that isn't there yet.
    if (!isWindows()) {
      addTo(places, directories.system(), "");
    }
    return places;
  }

  private boolean isWindows() {
    return directories.workingDirectory().getFileSystem().getSeparator().equals("\\");
  }

  private static void addTo(List<Path> places, Optional<Path> directory, String below) {
    if (directory.isPresent()) {
      places.add(directory.get().resolve(below));
    }
  }

  /** The project of a file. */
  private Path project(ConfigFile file) {
    Path real = real(file);
    Path parent = real.getParent();
    return project(parent == null ? real : parent, real);
  }

  /**
   * The root of the repository that a directory is in, else the topmost directory above with a
   * configuration of the same owner, else the directory. What contains the user's home is not a
   * project: its files belong to the user, and not to the project.
   *
   * @param owned a file of the owner
   */
  private Path project(Path directory, Path owned) {
    Path top = directory;
    for (Path at = directory; at != null && isUsable(at); at = at.getParent()) {
      if (cache.hasMarker(at, ".git") || cache.hasMarker(at, ".jj") || cache.hasMarker(at, ".hg")) {
        return at;
      }
      Path configuration = at.resolve("atmos.yaml");
      if (cache.exists(configuration) && cache.isSameOwner(configuration, owned)) {
        top = at;
      }
    }
    return top;
  }

  private boolean isUsable(Path root) {
    Optional<Path> home = directories.home();
    return root.getParent() != null
        && (home.isEmpty() || !cache.real(home.get(), null).startsWith(root));
  }
}
