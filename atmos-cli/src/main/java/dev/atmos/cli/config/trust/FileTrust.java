package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.ImportGuard;
import dev.atmos.cli.config.file.TrustState;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.text.ShellQuoting;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which files of the configuration are trusted: those that lie where only the user puts files,
 * those that the command line names, and those that the user has approved, as they were then.
 */
public final class FileTrust implements TrustPolicy, ImportGuard {
  private static final String TRUSTED_PATHS = "ATMOS_TRUSTED_PATHS";

  private final Directories directories;
  private final Environment environment;
  private final ReadOnlyFiles reader;
  private final ConfigFileCache cache;
  private final TrustStore store;
  private final boolean namingTrusts;
  private final IdentityHashMap<ConfigFile, Facts> known = new IdentityHashMap<>();
  private @Nullable List<Path> places;
  private @Nullable List<Path> trustedPaths;

  /** What has been found out about a file. */
  private static final class Facts {
    private final Path real;
    private @Nullable Path project;
    private @Nullable TrustState state;

    private Facts(Path real) {
      this.real = real;
    }
  }

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
      boolean namingTrusts) {
    this.directories = directories;
    this.environment = environment;
    this.reader = reader;
    this.cache = cache;
    this.store = new TrustStore(directories, reader);
    this.namingTrusts = namingTrusts;
  }

  @Override
  public boolean isTrusted(Position position) {
    ConfigFile file = cache.of(position.source());
    return file != null && state(file).isTrusted();
  }

  @Override
  public void require(Effect effect, Position position, String value) {
    if (needsTrust(effect, value)) {
      ConfigFile file = cache.of(position.source());
      if (file == null || !state(file).isTrusted()) {
        throw refusal(
            file,
            position,
            effect == Effect.ENDPOINT
                ? "send something to a host that isn't one of AWS's"
                : "run a command");
      }
    }
  }

  /** Whether only a trusted file may hold a value with that effect. */
  public static boolean needsTrust(Effect effect, String value) {
    // No switch over the enumeration: it would load one more class on the token path.
    return effect == Effect.COMMAND || (effect == Effect.ENDPOINT && !AwsHosts.owns(value));
  }

  @Override
  public void check(ConfigFile importer, Path target, Position entry) {
    if (isOutside(importer, target) && !state(importer).isTrusted()) {
      throw refusal(importer, entry, "read outside of its project");
    }
  }

  /** Whether a file is trusted, as it was read. */
  public TrustState state(ConfigFile file) {
    Facts facts = facts(file);
    TrustState state = facts.state;
    if (state == null) {
      state = findState(file, facts.real);
      facts.state = state;
    }
    return state;
  }

  /**
   * The real path of a file, which may have been read through a link.
   *
   * @throws AtmosException if that can't be found out
   */
  public Path real(ConfigFile file) {
    return facts(file).real;
  }

  /** Whether something lies outside of the project that a file belongs to. */
  public boolean isOutside(ConfigFile file, Path target) {
    return !cache.real(target, null).startsWith(project(file));
  }

  /** One line, without the excerpt that other errors have: kubectl shows it to its user. */
  private AtmosException refusal(@Nullable ConfigFile file, Position position, String wish) {
    String problem =
        file != null && state(file) == TrustState.CHANGED
            ? ": this file has changed since it was trusted, and wants to "
            : ": this file is not trusted, and wants to ";
    String hint =
        file == null
            ? null
            : "read it, then run: atmos config trust " + ShellQuoting.path(file.path());
    return new AtmosException(ExitCode.USAGE, position + problem + wish, hint, null);
  }

  private Facts facts(ConfigFile file) {
    Facts facts = known.get(file);
    if (facts == null) {
      facts = new Facts(cache.real(file.path(), null));
      known.put(file, facts);
    }
    return facts;
  }

  private TrustState findState(ConfigFile file, Path real) {
    if ((file.namedOnCommandLine() && namingTrusts) || isInTrustedPlace(file, real)) {
      return TrustState.BY_PLACE;
    }
    TrustRecord record = store.find(real);
    if (record == null) {
      return TrustState.NONE;
    }
    return record.matches(file.bytes()) ? TrustState.BY_USER : TrustState.CHANGED;
  }

  private boolean isInTrustedPlace(ConfigFile file, Path real) {
    for (Path place : places()) {
      // A link in there is the user's own doing, wherever it leads.
      if (file.path().startsWith(place) || isBelow(place, real)) {
        return true;
      }
    }
    for (Path path : trustedPaths()) {
      if (isBelow(path, real)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a path is below a directory; not below one whose real path isn't known. */
  private boolean isBelow(Path directory, Path real) {
    try {
      return real.startsWith(reader.real(directory));
    } catch (IOException e) {
      return false;
    }
  }

  private List<Path> places() {
    List<Path> list = places;
    if (list == null) {
      list = new ArrayList<>();
      addTo(list, directories.config());
      Optional<Path> home = directories.home();
      addTo(list, home.isPresent() ? Optional.of(home.get().resolve(".atmos")) : home);
      // On Windows, every user may create a directory in ProgramData that isn't there yet.
      if (!isWindows()) {
        addTo(list, directories.system());
      }
      places = list;
    }
    return list;
  }

  private boolean isWindows() {
    return directories.workingDirectory().getFileSystem().getSeparator().equals("\\");
  }

  private static void addTo(List<Path> list, Optional<Path> path) {
    if (path.isPresent()) {
      list.add(path.get());
    }
  }

  private List<Path> trustedPaths() {
    List<Path> list = trustedPaths;
    if (list == null) {
      list = new ArrayList<>();
      String value = environment.get(TRUSTED_PATHS).orElse("");
      char separator = isWindows() ? ';' : ':';
      int start = 0;
      while (start < value.length()) {
        int end = value.indexOf(separator, start);
        end = end < 0 ? value.length() : end;
        addTrustedPath(value.substring(start, end), list);
        start = end + 1;
      }
      trustedPaths = list;
    }
    return list;
  }

  private void addTrustedPath(String text, List<Path> list) {
    if (text.isBlank()) {
      return;
    }
    try {
      Path path = directories.workingDirectory().getFileSystem().getPath(text);
      if (path.isAbsolute() || (ConfigPaths.isInHome(text) && directories.home().isPresent())) {
        list.add(ConfigPaths.resolve(path, text, directories.home()));
      }
    } catch (InvalidPathException e) {
      // It trusts nothing.
    }
  }

  /**
   * The root of the repository that a file is in, else its directory. A repository that contains
   * the user's home is no project: its files belong to the user, and not to the project.
   */
  private Path project(ConfigFile file) {
    Facts facts = facts(file);
    Path project = facts.project;
    if (project == null) {
      Path directory = facts.real.getParent();
      directory = directory == null ? facts.real : directory;
      Path root = cache.repositoryOf(directory);
      Optional<Path> home = directories.home();
      boolean usable =
          root != null
              && root.getParent() != null
              && (home.isEmpty() || !cache.real(home.get(), null).startsWith(root));
      project = root != null && usable ? root : directory;
      facts.project = project;
    }
    return project;
  }
}
