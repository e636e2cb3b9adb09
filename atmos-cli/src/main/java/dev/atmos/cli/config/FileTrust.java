package dev.atmos.cli.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
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
 * Which files of the configuration may run commands, read outside of their project and have things
 * sent to hosts that aren't AWS's: those that lie where only the user puts files, those that the
 * command line names, and those that the user has trusted, as they were then.
 */
final class FileTrust implements TrustPolicy, ImportGuard, TrustStates {
  private static final String TRUSTED_PATHS = "ATMOS_TRUSTED_PATHS";

  private final Directories directories;
  private final Environment environment;
  private final ReadOnlyFiles reader;
  private final ConfigReads reads;
  private final TrustStore store;
  private final Mode mode;
  private final IdentityHashMap<ConfigFile, Facts> known = new IdentityHashMap<>();
  private final List<Ask> outside = new ArrayList<>();
  private @Nullable List<Path> places;
  private @Nullable List<Path> trustedPaths;

  /** What the answers are for. */
  enum Mode {
    /** A refusal is an error. */
    ENFORCE,
    /** What is read outside of a project is allowed and noted, so that the user can be asked. */
    REVIEW,
    /** The same, of a file that the command line names in order to have it reviewed. */
    REVIEW_NAMED
  }

  /** What has been found out about a file. */
  private static final class Facts {
    private final Path real;
    private @Nullable Path project;
    private @Nullable State state;

    private Facts(Path real) {
      this.real = real;
    }
  }

  /** Whether a file is trusted, and why. */
  enum State {
    PLACE,
    USER,
    CHANGED,
    NONE;

    boolean isTrusted() {
      return this == PLACE || this == USER;
    }
  }

  FileTrust(
      Directories directories,
      Environment environment,
      ReadOnlyFiles reader,
      ConfigReads reads,
      Mode mode) {
    this.directories = directories;
    this.environment = environment;
    this.reader = reader;
    this.reads = reads;
    this.store = new TrustStore(directories, reader);
    this.mode = mode;
  }

  @Override
  public boolean isTrusted(Position position) {
    ConfigFile file = reads.of(position.source());
    return file != null && state(file).isTrusted();
  }

  @Override
  public void requireForCommand(Position position) {
    require(position, "run a command");
  }

  @Override
  public void requireForEndpoint(Position position, String url) {
    if (!AwsHosts.owns(url)) {
      require(position, "send something to a host that isn't one of AWS's");
    }
  }

  @Override
  public void check(ConfigFile importer, Path target, Position entry) {
    if (isOutside(importer, target) && !state(importer).isTrusted()) {
      if (mode == Mode.ENFORCE) {
        throw refusal(importer, entry, "read outside of its project");
      }
      outside.add(new Ask(Ask.Kind.READ, "", target.toString(), entry));
    }
  }

  @Override
  public SearchStep.TrustState stateOf(ConfigFile file) {
    State state = state(file);
    if (state == State.PLACE) {
      return SearchStep.TrustState.BY_PLACE;
    }
    return state == State.USER ? SearchStep.TrustState.BY_USER : SearchStep.TrustState.NONE;
  }

  /** Whether a file is trusted, as it was read. */
  State state(ConfigFile file) {
    Facts facts = facts(file);
    State state = facts.state;
    if (state == null) {
      state = findState(file, facts.real);
      facts.state = state;
    }
    return state;
  }

  /**
   * The file itself, where the path that it was read by may be a link.
   *
   * @throws AtmosException if that can't be found out
   */
  Path real(ConfigFile file) {
    return facts(file).real;
  }

  /** Whether something lies outside of the project that a file belongs to. */
  boolean isOutside(ConfigFile file, Path target) {
    return !real(target).startsWith(project(file));
  }

  /** What was read outside of the projects of untrusted files, in a review. */
  List<Ask> outside() {
    return outside;
  }

  private void require(Position position, String wish) {
    ConfigFile file = reads.of(position.source());
    if (file == null || !state(file).isTrusted()) {
      throw refusal(file, position, wish);
    }
  }

  /** One line, without the excerpt that other errors have: kubectl shows it to its user. */
  private AtmosException refusal(@Nullable ConfigFile file, Position position, String wish) {
    String problem =
        file != null && state(file) == State.CHANGED
            ? ": this file has changed since it was trusted, and wants to "
            : ": this file is not trusted, and wants to ";
    String message = position + problem + wish;
    return file == null
        ? new AtmosException(ExitCode.USAGE, message)
        : new AtmosException(
            ExitCode.USAGE,
            message,
            "read it, then run: atmos config trust " + ShellQuoting.path(file.path()));
  }

  private Facts facts(ConfigFile file) {
    Facts facts = known.get(file);
    if (facts == null) {
      facts = new Facts(real(file.path()));
      known.put(file, facts);
    }
    return facts;
  }

  private Path real(Path path) {
    try {
      return reader.real(path);
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.USAGE, "can't find out what " + path + " leads to: " + e.getMessage());
    }
  }

  private State findState(ConfigFile file, Path real) {
    if ((file.namedOnCommandLine() && mode != Mode.REVIEW_NAMED) || isInTrustedPlace(file, real)) {
      return State.PLACE;
    }
    TrustRecord record = store.find(real);
    if (record == null) {
      return State.NONE;
    }
    return record.digest().equals(Digests.of(file.bytes())) ? State.USER : State.CHANGED;
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

  /** A directory of which nobody knows what it leads to holds nothing that is trusted. */
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
      // On Windows, every user may make a directory in ProgramData that isn't there yet.
      if (!isWindows()) {
        addTo(list, directories.system());
      }
      places = list;
    }
    return list;
  }

  private boolean isWindows() {
    return separator().equals("\\");
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
      boolean windows = isWindows();
      int start = 0;
      while (start < value.length()) {
        int end = value.indexOf(windows ? ';' : ':', start);
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
      if (path.isAbsolute() || (Paths.isInHome(text) && directories.home().isPresent())) {
        list.add(Paths.resolve(path, text, directories.home()));
      }
    } catch (InvalidPathException e) {
      // No path at all: it trusts nothing.
    }
  }

  private String separator() {
    return directories.workingDirectory().getFileSystem().getSeparator();
  }

  /**
   * The root of the repository that a file is in, else its directory. A repository that the user's
   * home is a part of is no project: what lies there is the user's, and not the file's.
   */
  private Path project(ConfigFile file) {
    Facts facts = facts(file);
    Path project = facts.project;
    if (project == null) {
      Path directory = facts.real.getParent();
      directory = directory == null ? facts.real : directory;
      Path root = reads.repositoryOf(directory);
      Optional<Path> home = directories.home();
      boolean usable =
          root != null
              && root.getParent() != null
              && (home.isEmpty() || !real(home.get()).startsWith(root));
      project = root != null && usable ? root : directory;
      facts.project = project;
    }
    return project;
  }
}
