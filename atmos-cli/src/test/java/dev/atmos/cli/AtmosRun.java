package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.config.FakeFileInspector;
import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.context.StreamConsole;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.cli.host.PluginIndex;
import dev.atmos.cli.port.Installation;
import dev.atmos.cli.port.SystemPorts;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.kubernetes.InvalidTokenException;
import dev.atmos.loopback.kubernetes.TokenVerifier;
import dev.atmos.loopback.kubernetes.VerifiedToken;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.testkit.FakeClock;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeInteractiveTerminal;
import dev.atmos.services.testing.FakeProcessControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole run of the program: files and variables in, exit code, standard output and standard error
 * out. The time is 2025-01-15T12:00:00Z. What every run has to keep is checked here, so that no
 * test has to say it: a failure prints nothing on standard output and one line, or two, on standard
 * error ({@code auth validate} apart, which tells of all that is wrong, and what was asked for
 * several clusters); no secret is shown; a token that is printed is one that an API server takes.
 */
final class AtmosRun {
  static final String KEY_ID = "AKIDEXAMPLE";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final Instant NOW = Instant.parse("2025-01-15T12:00:00Z");

  /** What steers a terminal, turns the line around or isn't seen. */
  private static final String UNSEEN = "[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]";

  private static final int LONGEST_TOKEN = 4096;
  private static final Pattern ANSWER =
      Pattern.compile(
          "\\{\"apiVersion\":\"client\\.authentication\\.k8s\\.io/(v1|v1beta1)\","
              + "\"kind\":\"ExecCredential\",\"status\":\\{"
              + "\"expirationTimestamp\":\"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)\","
              + "\"token\":\"([A-Za-z0-9_.-]+)\"}}\n");

  private final Directories directories;
  private final FakeEnvironment environment = new FakeEnvironment();
  private final Map<String, String> secrets = new HashMap<>(Map.of(KEY_ID, SECRET));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Function<String, Optional<String>> otherSecrets = _ -> Optional.empty();
  private OutputStream standardOutput = out;
  private @Nullable Clock awsClock;
  private UnaryOperator<PrivateFiles> disk = UnaryOperator.identity();
  private Installation installation = ClassPath.installation();
  private final List<String> commandsRun = new ArrayList<>();
  private final Map<String, String> commandOutputs = new HashMap<>();
  private final Set<Path> unreadable = new HashSet<>();
  private final Map<Path, Integer> owners = new HashMap<>();
  private final FakeInteractiveTerminal terminal = new FakeInteractiveTerminal();
  private final FakeOperatingSystem machine;
  private final CommandRunner commands =
      (command, directory, mostBytes, limit) -> {
        commandsRun.add(command);
        String output = commandOutputs.get(command);
        return output == null
            ? new CommandRunner.Outcome(127, Secret.of(""))
            : new CommandRunner.Outcome(0, Secret.of(output));
      };

  private AtmosRun(Directories directories) {
    this.directories = directories;
    this.machine = new FakeOperatingSystem(NOW, policyFile(directories));
  }

  /** Where the policy is; never the one of the machine that the tests run on. */
  private static Path policyFile(Directories directories) {
    Path here = directories.workingDirectory();
    boolean inMemory = !here.getFileSystem().equals(FileSystems.getDefault());
    return (inMemory ? here.getRoot() : here).resolve("etc").resolve("atmos/policy.yaml");
  }

  /** As a Unix user sees it, in memory. */
  static AtmosRun unix() {
    return new AtmosRun(FakeFiles.unix());
  }

  /** As a Windows user sees it, in memory. */
  static AtmosRun windows() {
    return new AtmosRun(FakeFiles.windows());
  }

  /** In these directories, which may be real ones: a class loader reads no jar out of memory. */
  static AtmosRun in(Directories directories) {
    return new AtmosRun(directories);
  }

  /** Both views. */
  enum View {
    UNIX,
    WINDOWS;

    AtmosRun atmos() {
      return this == UNIX ? unix() : windows();
    }

    /** A path below the working directory, as messages show it. */
    String path(String name) {
      return this == UNIX ? "/project/" + name : "C:\\project\\" + name;
    }
  }

  /** Writes a file; its path is relative to the working directory, or begins with {@code ~/}. */
  AtmosRun file(String path, String content) {
    Path file = path(path);
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes a file that nobody else may read, where the file system knows of that. */
  AtmosRun privateFile(String path, String content) {
    file(path, content);
    PosixFileAttributeView view =
        Files.getFileAttributeView(path(path), PosixFileAttributeView.class);
    if (view != null) {
      try {
        view.setPermissions(PosixFilePermissions.fromString("rw-------"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return this;
  }

  /** Who may do what with a file, such as {@code rw-r--r--}. */
  String permissions(String path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forbids to read a file, which no file system in memory does; its path is one as for files. */
  AtmosRun unreadable(String path) {
    unreadable.add(path(path));
    return this;
  }

  /** Gives a file or directory to a user, and all others to root. */
  AtmosRun owned(String path, int user) {
    owners.put(path(path), user);
    return this;
  }

  /** Makes a directory; its path is one as for files. */
  AtmosRun directory(String path) {
    try {
      Files.createDirectories(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Makes a link; its path is one as for files, and what it leads to is too. */
  AtmosRun link(String path, String target) {
    Path link = path(path);
    try {
      Files.createDirectories(link.resolveSibling(""));
      Files.createSymbolicLink(link, path(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Sets a variable. */
  AtmosRun env(String name, String value) {
    environment.set(name, value);
    return this;
  }

  /** Sets the variables of the documentation's example key. */
  AtmosRun keys() {
    return env("AWS_ACCESS_KEY_ID", KEY_ID).env("AWS_SECRET_ACCESS_KEY", SECRET);
  }

  /** Makes a key known to AWS, and its secret one that must never be shown. */
  AtmosRun knows(String keyId, String secret) {
    secrets.put(keyId, secret);
    return this;
  }

  /** Where the secrets of other keys are known, by the keys' ids. */
  AtmosRun knows(Function<String, Optional<String>> others) {
    otherSecrets = others;
    return this;
  }

  /** AWS's clock, and that of its clusters; by default, the machine's is right. */
  AtmosRun awsClock(Clock clock) {
    awsClock = clock;
    return this;
  }

  /** Puts something between the program and what it keeps. */
  AtmosRun disk(UnaryOperator<PrivateFiles> other) {
    disk = other;
    return this;
  }

  /** Gives the shell a command that writes that text; no other command does anything. */
  AtmosRun command(String command, String output) {
    commandOutputs.put(command, output);
    return this;
  }

  /** The commands that were run so far. */
  List<String> commandsRun() {
    return List.copyOf(commandsRun);
  }

  /** Somebody is at the keyboard and types these lines. */
  AtmosRun typing(String... lines) {
    terminal.type(lines);
    return this;
  }

  /** Standard input has these lines, and isn't a terminal. */
  AtmosRun piping(String... lines) {
    terminal.pipe(lines);
    return this;
  }

  /** Somebody sees what is written to standard error, and can't type. */
  AtmosRun watched() {
    terminal.watch();
    return this;
  }

  /** Puts a program on the PATH that does nothing by itself. */
  AtmosRun program(String name, String path) {
    machine
        .processes()
        .program(
            name,
            path(path),
            program -> {
              throw new AssertionError("ran " + program.words().get(0));
            });
    return this;
  }

  /** What has been given the place of the program. */
  List<FakeProcessControl.Attached> attached() {
    return machine.processes().attached();
  }

  /** The content of a file; its path is one as for files, or absolute. */
  String content(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Installed in another way than on the tests' class path. */
  AtmosRun installed(Installation other) {
    installation = other;
    return this;
  }

  /** With a standard output that can't be written to. */
  AtmosRun withFullDisk() {
    standardOutput =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    return this;
  }

  /** What a file holds; its path is one as for files. */
  String read(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is a file; its path is one as for files. */
  boolean exists(String path) {
    return Files.exists(path(path));
  }

  /** All files that there are in memory, with one character per byte. */
  Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (Path root : directories.workingDirectory().getFileSystem().getRootDirectories()) {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** The machine that it runs on. */
  FakeOperatingSystem machine() {
    return machine;
  }

  private Path path(String path) {
    return path.startsWith("~/")
        ? directories.home().orElseThrow().resolve(path.substring(2))
        : directories.workingDirectory().resolve(path);
  }

  private SystemPorts ports() {
    FileInspector reader = new Reader();
    return new SystemPorts(
        environment,
        directories,
        machine.clock(),
        reader,
        disk.apply(ClassPath.privateFiles(reader)),
        commands,
        terminal,
        machine,
        standardOutput,
        err,
        installation);
  }

  /** What the sections of the configuration may hold, without a plugin of a third party's. */
  Map<String, Schema> sections() throws IOException {
    SystemPorts ports = ports();
    PluginHost host =
        new PluginHost(
            PluginIndex.builtIn(installation.builtInPlugins()),
            () -> PluginIndex.EMPTY,
            ClassPath::pluginThreads,
            ClassPath.safePlaces());
    return new HostContext(ports, new StreamConsole(ports.out(), ports.err()), host)
        .sectionSchemas()
        .all();
  }

  /** Runs, with the words after the program's name. */
  Result run(String... words) {
    Result result = unchecked(words);
    check(result, List.of(words));
    return result;
  }

  /** Runs, whatever comes of it. */
  Result unchecked(String... words) {
    out.reset();
    err.reset();
    int exitCode = new Atmos(ports()).run(List.of(words));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs {@code aws eks token} for the cluster demo in us-east-2, with more words after it. */
  Result token(String... more) {
    String[] words = {"aws", "eks", "token", "--cluster-name", "demo", "--region", "us-east-2"};
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return run(all);
  }

  private void check(Result result, List<String> words) {
    for (String secret : secrets.values()) {
      assertThat(result.stdout() + result.stderr()).doesNotContain(secret);
    }
    assertThat(result.stderr()).doesNotContain("Usage:").doesNotContain("k8s-aws-v1.");
    if (Collections.indexOfSubList(words, List.of("auth", "validate")) >= 0
        && !words.contains("Trace")) {
      // Its findings are its answer, and the exit code sums them up.
      assertThat(result.stderr().replace("\n", "")).doesNotContainPattern(UNSEEN);
    } else if (Collections.frequency(words, "--name") > 1
        || Collections.frequency(words, "--integration") > 1
        || words.containsAll(List.of("update-kubeconfig", "--all"))) {
      // Of several clusters, each failure is a line, and no hindrance to the others.
      assertThat(result.stderr().replace("\n", "")).doesNotContainPattern(UNSEEN);
    } else if (result.exitCode() != 0) {
      assertThat(result.stdout()).as("standard output of a failure").isEmpty();
      String said = result.stderr();
      if (words.contains("Trace") || words.contains("login") || words.contains("trust")) {
        // Steps stand before it, or a page to visit, or what needs trust; and behind it where in
        // the program it was.
        said =
            said.lines().filter(line -> line.startsWith("atmos: ")).findFirst().orElse("") + "\n";
      }
      assertThat(said.lines().count()).as(said).isBetween(1L, 2L);
      assertThat(said).startsWith("atmos: ").endsWith("\n");
      // Line feeds apart, nothing steers a terminal.
      assertThat(said.replace("\n", "")).doesNotContainPattern(UNSEEN);
    } else if (result.stdout().contains("k8s-aws-v1.")) {
      checkToken(result, words);
    }
  }

  private void checkToken(Result result, List<String> words) {
    String token = result.token();
    String cluster = option(words, "--cluster-name");
    String region = option(words, "--region");
    Clock clock = awsClock == null ? machine.clock() : awsClock;
    TokenVerifier verifier = new TokenVerifier(Partition.ofRegion(region), null, clock);
    if (token.length() > LONGEST_TOKEN) {
      assertThatThrownBy(() -> verifier.verify(token))
          .isInstanceOfSatisfying(
              InvalidTokenException.class, e -> assertThat(e.rule()).isEqualTo("N1"));
      return;
    }
    VerifiedToken verified = verifier.verify(token);
    assertThat(verified.region()).isEqualTo(region);
    assertThat(verified.signedAt()).isEqualTo(clock.instant());
    verifier.verifySignature(verified, cluster, this::secret);
    assertThatThrownBy(() -> verifier.verifySignature(verified, cluster + "x", this::secret))
        .isInstanceOf(InvalidTokenException.class);
  }

  private Optional<String> secret(String keyId) {
    return Optional.ofNullable(secrets.get(keyId)).or(() -> otherSecrets.apply(keyId));
  }

  private static String option(List<String> words, String name) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals(name)) {
        return words.get(i + 1);
      }
      if (words.get(i).startsWith(name + "=")) {
        return words.get(i).substring(name.length() + 1);
      }
    }
    throw new AssertionError("a token without " + name);
  }

  /** Reads what it may. */
  private final class Reader extends FakeFileInspector {

    Reader() {
      owners.forEach(this::own);
    }

    @Override
    public Optional<byte[]> read(Path path, int limit) throws IOException {
      requireReadable(path);
      return super.read(path, limit);
    }

    @Override
    public Optional<byte[]> readReal(Path real, int limit) throws IOException {
      requireReadable(real);
      return super.readReal(real, limit);
    }

    private void requireReadable(Path path) throws IOException {
      if (unreadable.contains(path)) {
        throw new IOException("permission denied");
      }
    }
  }

  /**
   * What a run leaves behind.
   *
   * @param exitCode the exit code
   * @param stdout all of standard output
   * @param stderr all of standard error
   */
  record Result(int exitCode, String stdout, String stderr) {

    /** It ended well, and said nothing beside its answer; returns the answer. */
    String answer() {
      assertThat(stderr).isEmpty();
      assertThat(exitCode).isZero();
      return stdout;
    }

    /** It ended well with a token; returns that. */
    String token() {
      return answered(3);
    }

    /** The version of the exec API of the answer, without its group. */
    String apiVersion() {
      return answered(1);
    }

    /** When kubectl is to ask again. */
    String expiry() {
      return answered(2);
    }

    /** The access key id that the token was made with. */
    String keyId() {
      return new TokenVerifier(Partition.AWS, null, new FakeClock(NOW))
          .verify(token())
          .accessKeyId();
    }

    private String answered(int group) {
      assertThat(exitCode).as(stderr).isZero();
      Matcher matcher = ANSWER.matcher(stdout);
      assertThat(matcher.matches()).as(stdout).isTrue();
      return matcher.group(group);
    }

    /** It failed with that exit code and that one line, without {@code atmos: } before it. */
    void failed(int code, String line) {
      assertThat(this).isEqualTo(new Result(code, "", "atmos: " + line + "\n"));
    }

    /** It failed with that exit code, and its one line holds these texts. */
    void failedSaying(int code, String... parts) {
      assertThat(stderr.lines()).hasSize(1);
      failedShowing(code, parts);
    }

    /** It failed with that exit code, and its line, or its two, hold these texts. */
    void failedShowing(int code, String... parts) {
      assertThat(stderr).contains(parts);
      assertThat(exitCode).as(stderr).isEqualTo(code);
    }
  }
}
