package dev.atmos.cli.bootstrap;

import dev.atmos.cli.Atmos;
import dev.atmos.cli.port.SystemPorts;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

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

  private static final String CONFIGURATION =
      """
      # An example.
      base_path: "."
      logs:
        level: Info
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://corp.awsapps.com/start
            region: us-east-1
        identities:
          dev:
            kind: aws/user
            default: true
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env AWS_SECRET_ACCESS_KEY
              region: 'us-east-1'
          ops:
            kind: aws/user
            alias: o
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env AWS_SECRET_ACCESS_KEY
              mfa_arn: arn:aws:iam::123456789012:mfa/ops
          here:
            kind: aws/ambient
          sso:
            kind: aws/permission-set
            via: {provider: corp}
            principal:
              name: Admin
              account: {id: "123456789012"}
          far:
            kind: aws/assume-role
            via: {identity: sso}
            principal:
              assume_role: arn:aws:iam::123456789012:role/far
              region: us-east-2
        integrations:
          dev/eks:
            kind: aws/eks
            via: {identity: dev}
            spec:
              auto_provision: true
              cluster: {name: demo, region: us-east-2, tags: [a, "b"]}
              note: >-
                for the
                training
      """;

  /** Imports a file, a directory and what a pattern finds. */
  private static final String ROOT =
      """
      base_path: "."
      import:
        - config/file.yaml
        - config/directory
        - config/*/*.yaml
      """;

  private static final String IDENTITY =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            default: true
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env AWS_SECRET_ACCESS_KEY
      """;

  /** Where AWS would be, if anybody were there: nothing is sent to it. */
  private static final String NOWHERE = "http://127.0.0.1:1";

  /** A kubeconfig that the AWS CLI has written. */
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: arn:aws:eks:us-east-2:111122223333:cluster/demo
      clusters:
      - cluster:
          server: https://demo.example
        name: arn:aws:eks:us-east-2:111122223333:cluster/demo
      contexts:
      - context:
          cluster: arn:aws:eks:us-east-2:111122223333:cluster/demo
          user: arn:aws:eks:us-east-2:111122223333:cluster/demo
        name: arn:aws:eks:us-east-2:111122223333:cluster/demo
      users:
      - name: arn:aws:eks:us-east-2:111122223333:cluster/demo
        user:
          exec:
            apiVersion: client.authentication.k8s.io/v1beta1
            command: aws
            args: [eks, get-token, --cluster-name, demo]
      """;

  private static final String[] UPDATE = {
    "aws", "eks", "update-kubeconfig", "--name", "demo", "--region", "us-east-2", "--dry-run"
  };

  private static final String ROLE_CREDENTIALS =
      """
      ; atmos: expiration=2999-01-01T00:00:00Z
      [sso]
      aws_access_key_id = ASIAEXAMPLE
      aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
      aws_session_token = AQoDYXdzEPT//////////wEXAMPLE==
      """;

  private static final String[] TOKEN = {
    "aws", "eks", "token", "--cluster-name", "demo", "--region", "us-east-2"
  };

  private CacheTraining() {}

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
    Files.writeString(here.resolve("atmos.yaml"), CONFIGURATION);
    Path empty = Files.createDirectory(here.resolve("empty"));
    Path home = Files.createDirectory(here.resolve("home"));
    Files.writeString(
        Files.createDirectory(home.resolve(".aws")).resolve("credentials"),
        "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = example\n");
    Files.writeString(Files.createDirectory(home.resolve(".kube")).resolve("config"), KUBECONFIG);
    Path layered = layered(here.resolve("layered"));
    Directories project = new Places(here, home);
    Directories bare = new Places(empty, home);

    Path stranger = Files.createDirectory(here.resolve("stranger"));
    Files.writeString(
        stranger.resolve("atmos.yaml"), IDENTITY.replace("!env AWS", "!exec echo $AWS"));

    run(ports, project, KEYS, TOKEN);
    run(ports, project, KEYS, with(TOKEN, "--identity", "dev"));
    run(ports, project, KEYS, with(TOKEN, "--identity", "here"));
    run(ports, project, Map.of("ATMOS_IDENTITY", "ops"), TOKEN);
    run(ports, project, KEYS, with(TOKEN, "--identity", "ops"));
    // First without a sign-in, then with one: with a single run, the other case would ask AWS.
    run(ports, project, KEYS, with(TOKEN, "--identity", "sso"));
    run(ports, project, KEYS, with(TOKEN, "--identity", "far"));
    keepCredentials(home);
    run(ports, project, KEYS, with(TOKEN, "--identity", "sso"));
    run(ports, project, KEYS, with(TOKEN, "--identity", "far"));
    run(ports, new Places(layered, home), profile("ci"), TOKEN);
    run(ports, new Places(stranger, home), KEYS, TOKEN);
    run(ports, bare, KEYS, TOKEN);
    run(ports, bare, Map.of(), TOKEN);
    run(ports, new Places(empty, empty), Map.of(), TOKEN);
    if (arguments[0].equals("main")) {
      run(ports, project, KEYS);
      run(ports, project, KEYS, "--help");
      run(ports, project, KEYS, "aws", "--help");
      run(ports, project, KEYS, "aws", "eks", "--help");
      run(ports, project, KEYS, "aws", "eks", "token", "--help");
      run(ports, project, KEYS, "aws", "eks", "tokne");
      run(ports, project, KEYS, with(TOKEN, "--idenity", "dev"));
      run(ports, project, KEYS, with(TOKEN, "--identity", "nobody"));
      run(ports, project, KEYS, with(TOKEN, "--identity"));
      run(ports, project, KEYS, "version");
      run(ports, project, KEYS, "version", "--output", "json");
      run(ports, project, KEYS, "config", "show", "--origin");
      run(ports, project, KEYS, "config", "show", "--output", "json");
      run(ports, new Places(layered, home), profile("ci"), "config", "files");
      run(ports, new Places(stranger, home), KEYS, "config", "trust");
      run(ports, project, KEYS, "config", "trust", "--list");
      run(ports, project, KEYS, "config", "schema");
      run(ports, project, KEYS, "auth", "list");
      run(ports, project, KEYS, "auth", "list", "--format", "table");
      run(ports, project, KEYS, "auth", "list", "--format", "json");
      run(ports, project, KEYS, "auth", "validate");
      run(ports, project, KEYS, "auth", "validate", "--output", "json");
      run(ports, project, aws(), UPDATE);
      run(ports, project, aws(), with(UPDATE, "--remove"));
      run(ports, project, aws(), "aws", "eks", "update-kubeconfig", "--integration", "dev/eks");
      run(ports, project, KEYS, "aws", "eks", "update-kubeconfig", "--help");
      run(ports, project, KEYS, "auth", "env", "-i", "dev");
      run(ports, project, KEYS, "auth", "env", "-i", "dev", "--format", "json");
      run(ports, project, KEYS, "auth", "env", "--unset");
      run(ports, project, KEYS, "auth", "credential-process", "-i", "dev");
      run(ports, project, Map.of(), "auth", "credential-process", "-i", "ops");
      run(ports, project, KEYS, "auth", "exec", "-i", "dev", "--", "nosuch-program");
      run(ports, project, KEYS, "auth", "whoami", "dev", "--offline");
      // As far as a sign-in gets without anybody at the other end.
      run(
          ports,
          project,
          Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9", "ATMOS_KEYRING_TYPE", "plain"),
          "auth",
          "login",
          "sso",
          "--force",
          "--no-browser");
      run(ports, project, KEYS, "auth", "logout", "dev", "--dry-run");
      run(ports, project, KEYS, "__complete", "--", "");
      run(ports, project, KEYS, "__complete", "--", "aws", "eks", "token", "--");
      run(ports, project, KEYS, "__complete", "--", "aws", "eks", "token", "-i", "");
      run(ports, project, KEYS, "__complete", "--", "--profile", "");
      run(ports, project, KEYS, "completion", "bash");
      network(ports, project, here.resolve("kubeconfig").toString());
    }
    Runtime.getRuntime().halt(0);
  }

  /** Credentials for every identity that has been asked for: where they are, their locks tell. */
  private static void keepCredentials(Path home) throws IOException {
    Path state = home.resolve(".local/state/atmos/auth");
    List<Path> locks;
    try (Stream<Path> files = Files.list(state.resolve("locks"))) {
      locks = files.toList();
    }
    for (Path lock : locks) {
      String name = String.valueOf(lock.getFileName());
      if (name.startsWith("role-") && name.endsWith(".lock")) {
        Path directory = state.resolve("roles").resolve(name.substring(5, name.length() - 5));
        Path file = directory.resolve("credentials");
        if (!Files.exists(file)) {
          new OwnerOnlyFiles(new PlainFileReader())
              .write(file, ROLE_CREDENTIALS.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** What calls AWS, as far as that can be done without AWS. */
  private static void network(SystemPorts ports, Directories project, String kubeconfig) {
    try (TrainingServer server = new TrainingServer()) {
      Map<String, String> variables = new HashMap<>(KEYS);
      variables.put("AWS_ENDPOINT_URL", "http://" + server.address());
      for (int i = 0; i < 2; i++) {
        run(
            ports,
            project,
            variables,
            "aws",
            "eks",
            "update-kubeconfig",
            "--name",
            "demo",
            "--region",
            "us-east-2",
            "--identity",
            "dev",
            "--kubeconfig",
            kubeconfig);
      }
      Duration limit = Duration.ofSeconds(1);
      ports
          .operatingSystem()
          .network(name -> Optional.empty(), project, ports.files())
          .connection(URI.create("https://" + server.address()), limit, limit)
          .connect();
    } catch (IOException e) {
      // There is no such network here, or the connection failed: the server knows no TLS.
    }
  }

  private static Path layered(Path root) throws IOException {
    Path config = Files.createDirectories(root.resolve("config"));
    Path profile = Files.createDirectories(root.resolve("profiles/ci"));
    Files.writeString(root.resolve("atmos.yaml"), ROOT);
    Files.writeString(config.resolve("file.yaml"), IDENTITY);
    for (String name : new String[] {"directory", "other"}) {
      Path directory = Files.createDirectory(config.resolve(name));
      Files.writeString(directory.resolve("a.yaml"), IDENTITY);
    }
    Files.writeString(profile.resolve("auth.yaml"), IDENTITY);
    return root;
  }

  private static Map<String, String> aws() {
    Map<String, String> variables = new HashMap<>(KEYS);
    variables.put("AWS_ENDPOINT_URL", NOWHERE);
    return variables;
  }

  private static Map<String, String> profile(String name) {
    Map<String, String> variables = new HashMap<>(KEYS);
    variables.put("ATMOS_PROFILE", name);
    return variables;
  }

  private static void run(
      SystemPorts ports, Directories directories, Map<String, String> variables, String... words) {
    Environment environment = name -> Optional.ofNullable(variables.get(name));
    new Atmos(ports.withoutOutput(environment, directories, ports.commands(), ports.terminal()))
        .run(Arrays.asList(words));
  }

  private static String[] with(String[] words, String... more) {
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
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
