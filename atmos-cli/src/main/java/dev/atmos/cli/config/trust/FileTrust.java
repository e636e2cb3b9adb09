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
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.AwsHosts;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.HarmlessVariables;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.policy.Policy;
import dev.atmos.text.ShellQuoting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values of the configuration are trusted: all of the files that lie where only the user puts
 * files, and that the command line names; of other files, those that the user has approved.
 */
public final class FileTrust implements TrustPolicy, ImportGuard {
  /** What makes a directory a project, and holds no configuration. */
  private static final Set<String> MARKERS = Set.of(".git", ".jj", ".hg", ".atmos");

  /** Nothing is known of a value. */
  private static final String UNKNOWN = "value";

  private final TrustPorts host;
  private final ConfigFileCache cache;
  private final TrustStore store;
  private final TrustedPlaces places;
  private final ProjectRoots roots;
  private final boolean namingTrusts;
  private final Map<ConfigFile, TrustState> states = new HashMap<>();
  private final Map<ConfigFile, @Nullable TrustRecord> records = new HashMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /** A setting that doesn't count. */
  private record LeftOut(String path, Position position) {
    /** Compares no record: on the token path, the JDK would first have to make up how. */
    boolean isAt(Position other) {
      return position.line() == other.line()
          && position.column() == other.column()
          && position.source().name().equals(other.source().name());
    }
  }

  /**
   * The trust in the files that a cache reads.
   *
   * @param namingTrusts whether a file is trusted because the command line names it
   */
  public FileTrust(TrustPorts host, ConfigFileCache cache, boolean namingTrusts) {
    this.host = host;
    this.cache = cache;
    this.store = new TrustStore(host.directories(), host.reader(), host.safePlaces());
    this.places = new TrustedPlaces(host, cache);
    this.roots = new ProjectRoots(cache, host.directories());
    this.namingTrusts = namingTrusts;
  }

  @Override
  public synchronized boolean isTrusted(Position position) {
    ConfigFile file = cache.of(position.source());
    return file != null && state(file).isTrusted();
  }

  @Override
  public synchronized void require(Effect effect, Position position, String value) {
    ConfigFile file = cache.of(position.source());
    if (needsTrust(effect, file, value)) {
      require(effect, file, position, TrustRefusals.wish(effect));
    }
  }

  @Override
  public synchronized void requireVariable(
      Position position, String variable, String field, String value) {
    if (!isPublic(variable, field, value)) {
      ConfigFile file = cache.of(position.source());
      String wish =
          variable.isEmpty() ? "pass on a file" : "pass on the variable '" + variable + "'";
      require(Effect.DATA, file, position, wish);
    }
  }

  @Override
  public boolean isPublic(String variable, String field, String value) {
    return PassableVariables.contains(variable, field, value);
  }

  /** Whether a position is that of a file that is included as a text, which can't be approved. */
  public static boolean isText(ConfigFile file, Position position) {
    return file.root() == null && position.line() == 1 && position.column() == 1;
  }

  private void require(Effect effect, @Nullable ConfigFile file, Position position, String wish) {
    if (file == null || !state(file).isTrusted()) {
      if (file != null && isText(file, position)) {
        // What is done with it stands in another file, and may change there.
        throw new AtmosException(
            ExitCode.USAGE,
            position + ": this file is not trusted, and as an included text wants to " + wish,
            "write the text in the file that includes it",
            null);
      }
      String missing = missing(effect, file, position);
      if (TrustRecord.Approval.NEVER.subject().equals(missing)) {
        throw new AtmosException(
            ExitCode.USAGE,
            position + ": atmos can't tell which files of the project this command runs",
            "put it into a script beside this file, and write: ./SCRIPT",
            null);
      }
      if (missing != null) {
        throw refusals().of(file, position, missing, wish);
      }
    }
  }

  @Override
  public synchronized void requireNoLink(Position position, Path path) {
    ConfigFile file = cache.of(position.source());
    if (file != null && !state(file).isTrusted() && roots.leadsOut(file, path)) {
      throw new AtmosException(
          ExitCode.USAGE,
          position + ": this file is not trusted, and " + path + " is a link out of its project",
          "name the file that it leads to: " + ShellQuoting.path(cache.real(path, null)),
          null);
    }
  }

  @Override
  public synchronized @Nullable Path directory(Position position) {
    ConfigFile file = cache.of(position.source());
    // Not where a link to the file stands: others may control the directory of the link.
    return file == null ? null : cache.real(file.path(), position).getParent();
  }

  @Override
  public synchronized boolean takesPart(String path, Position position) {
    ConfigFile file = cache.of(position.source());
    if (file != null
        && (state(file).isTrusted() || missing(Effect.PROTECTION, file, position) == null)) {
      return true;
    }
    for (LeftOut known : leftOut) {
      if (known.isAt(position)) {
        return false;
      }
    }
    leftOut.add(new LeftOut(path, position));
    return false;
  }

  @Override
  public synchronized List<ConfigProblem> leftOut() {
    List<ConfigProblem> problems = new ArrayList<>();
    for (LeftOut each : leftOut) {
      problems.add(
          ConfigProblem.warning(
              each.path,
              each.position,
              "this file is not trusted, and '" + each.path + "' is left out",
              refusals().cure(cache.of(each.position.source()))));
    }
    for (Map.Entry<Path, String> each : cache.skipped().entrySet()) {
      Path path = each.getKey();
      if (!MARKERS.contains(String.valueOf(path.getFileName()))) {
        String sentence = path + " was passed over, because " + each.getValue();
        // The variable is a list, with these between its paths.
        boolean listed =
            path.toString().indexOf(path.getFileSystem().getSeparator().equals("/") ? ':' : ';')
                < 0;
        String by = listed ? "set ATMOS_TRUSTED_PATHS=" : "name it with --config ";
        String cure = "if you trust its owner, " + by + ShellQuoting.path(path);
        problems.add(ConfigProblem.warning(path.toString(), null, sentence, cure));
      }
    }
    return problems;
  }

  /**
   * The first thing that isn't approved of a value, {@link #UNKNOWN} for all; null if all is
   * approved.
   */
  private @Nullable String missing(Effect effect, @Nullable ConfigFile file, Position position) {
    TrustRecord record = file == null ? null : record(file);
    // Only where there is a record: what an unknown file asks for is refused at once.
    TrustRequest request = record == null ? null : request(effect, position);
    if (record == null || request == null) {
      return UNKNOWN;
    }
    TrustRecord.Approval approval = record.missing(request);
    return approval == null ? null : approval.subject();
  }

  /** A variable as a command has it that runs in a directory; null if it has no value. */
  @Nullable String variable(String name, @Nullable Path directory) {
    return name.equals("PWD") && directory != null
        ? directory.toString()
        : host.environment().get(name).orElse(null);
  }

  /** Whether a kind is a built-in plugin's, whose fields are known. */
  boolean isBuiltIn(String kind) {
    return host.builtIn().test(kind);
  }

  /** What the user has to approve for a value; null if there is no value at that position. */
  public @Nullable TrustRequest request(Effect effect, Position position) {
    return new TrustRequests(this, cache, host.directories(), host.reader()).find(effect, position);
  }

  /**
   * Whether a file may pass on a variable or an included text only if it is trusted.
   *
   * @param variable empty for an included text
   * @param field the key of the field; empty for one that the configuration names itself
   */
  public boolean needsTrustToPass(String variable, String field, String value) {
    return !PassableVariables.contains(variable, field, value);
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
      return !AwsHosts.owns(value) && !AwsHosts.ownsPortal(value);
    }
    if (effect == Effect.READS) {
      return file == null || readsOutside(file, value);
    }
    return effect != Effect.ENVIRONMENT || !HarmlessVariables.contains(value);
  }

  private boolean readsOutside(ConfigFile file, String path) {
    Optional<Path> home = host.directories().home();
    try {
      return roots.isOutside(file, ConfigPaths.resolve(file.basePath(home), path, home));
    } catch (InvalidPathException | AtmosException e) {
      // It has no effect, and is an error where it is used.
      return false;
    }
  }

  @Override
  public void check(ConfigFile importer, Path target, Position entry, boolean listed) {
    if (roots.isOutside(importer, target)) {
      // An included file may name it.
      ConfigFile named = cache.of(entry.source());
      ConfigFile asking = named == null ? importer : named;
      require(Effect.READS, asking, entry, TrustRefusals.wish(Effect.READS));
      // What a link leads to may be exchanged, and a pattern may lead to more.
      if (listed || roots.isLink(target)) {
        requireTarget(asking, link(target, entry), target);
      }
    }
  }

  private void requireTarget(ConfigFile file, TrustRequest request, Path path) {
    TrustRecord record = record(file);
    if (!state(file).isTrusted() && (record == null || record.missing(request) != null)) {
      Path real = cache.real(path, null);
      String wish =
          TrustRefusals.wish(Effect.READS) + (real.equals(path) ? "" : ", by a link to " + real);
      throw refusals().of(file, request.position(), TrustRecord.LINK + path, wish);
    }
  }

  /** What the user has to approve for a link or a file that lies out of the project. */
  public TrustRequest link(Path path, Position entry) {
    TrustRecord.Approval approval =
        new TrustRecord.Approval(
            TrustRecord.sha256(cache.real(path, null).toString()), TrustRecord.LINK + path);
    return new TrustRequest(Effect.READS, List.of(""), entry, List.of(approval), List.of());
  }

  @Override
  public void checkFound(ConfigFile file, Path directory) {
    if (leavesProject(file, directory)) {
      requireTarget(file, link(file), file.path());
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
        && !places.contain(directory, base)
        && !cache.isUnderTrustedPath(base)
        && !real.startsWith(roots.of(base, file.path()));
  }

  /** What the user has to approve for a file that is a link out of its project. */
  public TrustRequest link(ConfigFile file) {
    return link(file.path(), new Position(new Source(file.path().toString(), ""), 1, 1));
  }

  /** Which projects files belong to. */
  public ProjectRoots roots() {
    return roots;
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

  /** What the user has approved of a file; null for nothing. */
  public @Nullable TrustRecord record(ConfigFile file) {
    return state(file) == TrustState.BY_PLACE ? null : records.get(file);
  }

  /**
   * The real path of a file, which may have been read through a link.
   *
   * @throws AtmosException if that can't be found out
   */
  public Path real(ConfigFile file) {
    return cache.real(file.path(), null);
  }

  private TrustRefusals refusals() {
    return new TrustRefusals(this, host, cache, places, store, namingTrusts);
  }

  private boolean allows(Policy.Trust trust) {
    Policy limits = host.policy();
    return limits == null || limits.allowsTrust(trust);
  }

  private TrustState findState(ConfigFile file) {
    if ((file.namedOnCommandLine() && namingTrusts && allows(Policy.Trust.CONFIG))
        || places.hold(file)
        || (cache.isUnderTrustedPath(real(file)) && allows(Policy.Trust.TRUSTED_PATHS))) {
      return TrustState.BY_PLACE;
    }
    TrustRecord record = allows(Policy.Trust.USERS) ? store.find(real(file)) : null;
    records.put(file, record);
    return record == null ? TrustState.NONE : TrustState.BY_USER;
  }
}
