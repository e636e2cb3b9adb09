package dev.atmos.cli.bootstrap;

import dev.atmos.cli.Atmos;
import dev.atmos.cli.bootstrap.terminal.StandardTerminal;
import dev.atmos.cli.bootstrap.training.TrainingFiles;
import dev.atmos.cli.bootstrap.training.TrainingServer;
import dev.atmos.cli.port.SystemPorts;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.system.InteractiveTerminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a start-up cache is trained with: real runs of the program, on files and variables of its
 * own in a directory that it is given. Each class that a run loads is loaded from the cache ever
 * after, so the cache of the token command is trained with that and nothing else.
 */
final class CacheTraining {
  /** The documentation's example keys; nothing is ever sent anywhere with them. */
  private static final Map<String, String> KEYS =
      Map.of(
          "AWS_ACCESS_KEY_ID",
          "AKIDEXAMPLE",
          "AWS_SECRET_ACCESS_KEY",
          "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
          "AWS_SESSION_TOKEN",
          "AQoDYXdzEPT//////////wEXAMPLE==",
          "KUBERNETES_EXEC_INFO",
          "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\","
              + "\"spec\":{\"interactive\":false}}\n");

  private static final String ENDPOINT = "AWS_ENDPOINT_URL";
  private static final String KEYRING = "ATMOS_KEYRING_TYPE";

  /** No server listens there. */
  private static final String NOWHERE = "http://127.0.0.1:1";

  private static final String TOKEN = "aws eks token --cluster-name demo --region us-east-2";
  private static final String UPDATE = "aws eks update-kubeconfig --name demo --region us-east-2";

  /**
   * Of the commands that the cache of all but the token is trained with, those that need no more.
   */
  private static final String COMMANDS =
      """
      --help
      aws --help
      aws eks --help
      aws eks token --help
      aws eks tokne
      aws eks token --cluster-name demo --region us-east-2 --idenity dev
      aws eks token --cluster-name demo --region us-east-2 --identity missing
      aws eks token --cluster-name demo --region us-east-2 --identity
      version
      version --output json
      config show --origin
      config show --output json
      config trust --list
      config schema
      auth status
      auth status --output json
      auth status --prompt
      auth list
      auth list --format table
      auth list --format json
      auth validate
      auth validate --output json
      aws eks clusters
      aws eks clusters --output json
      aws eks update-kubeconfig --help
      auth env -i sso
      auth env -i sso --format json
      auth env --unset
      auth credential-process -i sso
      auth exec -i sso -- nosuch-program
      auth whoami dev --offline
      auth logout dev --dry-run
      __complete --\s
      __complete -- aws eks token --
      __complete -- aws eks token -i\s
      __complete -- --profile\s
      completion bash\
      """;

  /** What calls AWS. Nothing that the server gives lives long enough to serve a second run. */
  private static final String CALLS =
      """
      auth login sso --force --no-browser
      auth login sso
      aws eks token --cluster-name demo --region us-east-2 --identity sso
      aws eks token --cluster-name demo --region us-east-2 --identity far
      auth whoami sso
      auth exec -i far -- nosuch-program
      auth credential-process -i far
      aws eks update-kubeconfig --name demo --region us-east-2 --identity dev --kubeconfig kubeconfig
      aws eks update-kubeconfig --name demo --region us-east-2 --identity dev --kubeconfig kubeconfig
      auth logout sso\
      """;

  /** How the name of an identity's lock begins; its fingerprint follows. */
  private static final String LOCK = "identity_";

  private final SystemPorts ports;
  private final Path home;
  private final Directories project;

  private CacheTraining(SystemPorts ports, Path home, Directories project) {
    this.ports = ports;
    this.home = home;
    this.project = project;
  }

  /**
   * Trains the cache of that name.
   *
   * @param arguments {@code token} or {@code main}, and an empty directory to work in
   */
  public static void main(String[] arguments) throws IOException {
    SystemPorts ports = Main.systemPorts();
    Path here = Path.of(arguments[1]).toAbsolutePath();
    // What the runs below don't take from the process, but every real run does.
    ports.environment().get("PATH");
    ports.directories().config();
    // ServiceLoader asks the archived graph of modules for these, and there is one only afterwards.
    Objects.requireNonNull(new CopyOnWriteArrayList<>().spliterator());
    Objects.requireNonNull(new HashMap<>().values().iterator());
    // Beside each other: a configuration is found from all directories below it.
    Path project = Files.createDirectory(here.resolve("project"));
    Files.writeString(project.resolve("atmos.yaml"), TrainingFiles.CONFIGURATION);
    Path empty = Files.createDirectory(here.resolve("empty"));
    Path home = Files.createDirectory(here.resolve("home"));
    Files.writeString(
        Files.createDirectory(home.resolve(".aws")).resolve("credentials"),
        "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = example\n");
    Files.writeString(
        Files.createDirectory(home.resolve(".kube")).resolve("config"),
        TrainingFiles.KUBECONFIG.formatted(project.resolve("atmos.yaml")));
    Path stranger = Files.createDirectory(here.resolve("stranger"));
    Files.writeString(
        stranger.resolve("atmos.yaml"),
        TrainingFiles.IDENTITY.replace("!env AWS", "!exec echo $AWS"));
    Directories layered = new Places(layered(here.resolve("layered")), home);
    Directories untrusted = new Places(stranger, home);
    Directories bare = new Places(empty, home);

    CacheTraining training = new CacheTraining(ports, home, new Places(project, home));
    training.tokens();
    training.run(layered, with("ATMOS_PROFILE", "ci"), TOKEN);
    training.run(bare, KEYS, TOKEN);
    if (arguments[0].equals("main")) {
      training.run(untrusted, KEYS, TOKEN);
      training.run(bare, Map.of(), TOKEN);
      training.run(new Places(empty, empty), Map.of(), TOKEN);
      training.run(Map.of("ATMOS_IDENTITY", "ops"), TOKEN);
      training.run(KEYS, TOKEN + " --identity ops");
      training.run(with(ENDPOINT, NOWHERE), TOKEN);
      training.run(KEYS, "");
      for (String command : COMMANDS.split("\n", -1)) {
        training.run(KEYS, command);
      }
      training.run(layered, with("ATMOS_PROFILE", "ci"), "config files");
      training.run(untrusted, KEYS, "config trust");
      training.run(Map.of(), "auth credential-process -i ops");
      training.aws(Files.createDirectory(here.resolve("server")));
    }
    Runtime.getRuntime().halt(0);
  }

  private void tokens() throws IOException {
    run(KEYS, TOKEN);
    run(KEYS, TOKEN + " --identity dev");
    run(KEYS, TOKEN + " --identity here");
    // First without a sign-in, then with one: with a single run, the other case would ask AWS.
    run(KEYS, TOKEN + " --identity sso");
    run(KEYS, TOKEN + " --identity far");
    run(with(KEYRING, "plain"), TOKEN + " --identity sso");
    waitForCredentials();
    run(KEYS, TOKEN + " --identity sso");
    run(KEYS, TOKEN + " --identity far");
  }

  /**
   * Waits for credentials, which another thread renews as another process would, for every identity
   * that has been asked for: where they are kept, their locks tell.
   */
  private void waitForCredentials() throws IOException {
    Path state = home.resolve(".local/state/atmos/auth");
    Map<Path, FileChannel> renewals = new HashMap<>();
    Path locks = state.resolve("locks");
    // A stream of files would bring its classes into the cache.
    for (String name : Objects.requireNonNull(locks.toFile().list())) {
      if (name.startsWith(LOCK) && name.endsWith(".lock")) {
        FileChannel channel = FileChannel.open(locks.resolve(name), StandardOpenOption.WRITE);
        channel.lock();
        String fingerprint = name.substring(LOCK.length(), name.length() - ".lock".length());
        renewals.put(state.resolve("roles").resolve(fingerprint), channel);
      }
    }
    Thread waiter = Thread.currentThread();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          renewals.forEach(CacheTraining::renew);
        });
    run(KEYS, TOKEN + " --identity sso");
  }

  private static void renew(Path directory, FileChannel lock) {
    try (lock) {
      new OwnerOnlyFiles(new PlainFileReader())
          .write(
              directory.resolve("credentials"),
              TrainingFiles.ROLE_CREDENTIALS.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What calls AWS, with and without an AWS that answers. */
  private void aws(Path place) {
    run(with(ENDPOINT, NOWHERE), UPDATE + " --dry-run");
    run(with(ENDPOINT, NOWHERE), UPDATE + " --dry-run --remove");
    run(with(ENDPOINT, NOWHERE), "aws eks update-kubeconfig --integration dev/eks");
    try (TrainingServer server = new TrainingServer(place)) {
      Map<String, String> variables = new HashMap<>(KEYS);
      variables.put(ENDPOINT, server.url());
      // Beside Java's own authorities, which are asked first.
      variables.put("SSL_CERT_FILE", server.authority().toString());
      // The system's keyring would be the user's own; the password of a file takes a second.
      variables.put(KEYRING, "file");
      variables.put("ATMOS_KEYRING_PASSWORD", "an example of a password");
      run(variables, "auth login sso --force --no-browser");
      variables.put(KEYRING, "plain");
      for (String command : CALLS.split("\n", -1)) {
        run(variables, command);
      }
      docker(variables);
    } catch (IOException e) {
      // There is no such network here.
    }
  }

  /** What docker asks, for a new password and for the one that is kept then. */
  private void docker(Map<String, String> variables) {
    run(variables, "aws ecr configure-docker --public --identity dev");
    for (int i = 0; i < 2; i++) {
      InputStream host =
          new ByteArrayInputStream("public.ecr.aws\n".getBytes(StandardCharsets.UTF_8));
      InteractiveTerminal docker =
          new StandardTerminal("none", host, OutputStream.nullOutputStream());
      run(project, variables, "aws ecr credential-helper get", docker);
    }
  }

  private static Path layered(Path root) throws IOException {
    Path config = Files.createDirectories(root.resolve("config"));
    Path profile = Files.createDirectories(root.resolve("profiles/ci"));
    Files.writeString(root.resolve("atmos.yaml"), TrainingFiles.ROOT);
    Files.writeString(config.resolve("file.yaml"), TrainingFiles.IDENTITY);
    for (String name : new String[] {"directory", "other"}) {
      Path directory = Files.createDirectory(config.resolve(name));
      Files.writeString(directory.resolve("a.yaml"), TrainingFiles.IDENTITY);
    }
    Files.writeString(profile.resolve("auth.yaml"), TrainingFiles.IDENTITY);
    return root;
  }

  private static Map<String, String> with(String variable, String value) {
    Map<String, String> variables = new HashMap<>(KEYS);
    variables.put(variable, value);
    return variables;
  }

  private void run(Map<String, String> variables, String command) {
    run(project, variables, command);
  }

  private void run(Directories directories, Map<String, String> variables, String command) {
    run(directories, variables, command, ports.terminal());
  }

  private void run(
      Directories directories,
      Map<String, String> variables,
      String command,
      InteractiveTerminal terminal) {
    Environment environment = name -> Optional.ofNullable(variables.get(name));
    // The kind of list that the entry point makes.
    List<String> words = Arrays.asList(command.isEmpty() ? new String[0] : command.split(" ", -1));
    new Atmos(ports.withoutOutput(environment, directories, ports.commands(), terminal)).run(words);
  }

  /** The standard directories, below a home of the training's own. */
  private record Places(Path workingDirectory, Path root) implements Directories {
    @Override
    public Optional<Path> home() {
      return Optional.of(root);
    }

    @Override
    public Optional<Path> system() {
      return Optional.of(root.resolve("system"));
    }

    @Override
    public Optional<Path> config() {
      return Optional.of(root.resolve(".config/atmos"));
    }

    @Override
    public Optional<Path> data() {
      return Optional.of(root.resolve(".local/share/atmos"));
    }

    @Override
    public Optional<Path> cache() {
      return Optional.of(root.resolve(".cache/atmos"));
    }

    @Override
    public Optional<Path> state() {
      return Optional.of(root.resolve(".local/state/atmos"));
    }
  }
}
