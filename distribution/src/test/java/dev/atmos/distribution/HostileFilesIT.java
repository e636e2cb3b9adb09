package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The corpus of hostile files, each in a project of somebody who is signed in, given to the product
 * as it is shipped. Watched are a port of this machine, which the files name; the home, the project
 * and a directory beside it; what AWS is told; and, where there is {@code strace}, the programs
 * that are started and the files that are opened.
 */
class HostileFilesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final int AT_ONCE = 3;

  /** Of so many files, one is given to all commands, and one of twice as many is traced. */
  private static final int SAMPLE = 6;

  private static final String TOKEN = "ghp_canaryCANARY0123456789canaryCANARY";
  private static final String PASSWORD = "canary-of-the-database";
  private static final String KEY = "canary-of-the-key";

  /** What atmos itself keeps, below the home. */
  private static final String STATE = "\\.local/state/atmos/.*|\\.kube/config|\\.local/state/atmos";

  private static final String OWN =
      """
      auth:
        keyring: {type: %s}
        providers:
          corp: {kind: aws/iam-identity-center, start_url: https://acme.awsapps.com/start, region: us-east-1}
        identities:
          own:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111122223333"}}
          mine:
            kind: aws/user
            credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY}
          coded:
            kind: aws/user
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
              mfa_arn: arn:aws:iam::111122223333:mfa/dev
              mfa_command: touch "$HOME/evil.ran"; echo 123456
      """;

  @Test
  void hostileFiles_ofProjects_doNothing() throws Exception {
    try (LoopbackAws aws = LoopbackAws.start();
        Listener listener = new Listener();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      IdentityCenterInstance center =
          aws.identityCenter(SignInScene.START_URL, "us-east-1").autoAllow("ann", 0);
      center.assign("ann", SignInScene.ACCOUNT, "shop", "Admin");
      aws.add(
          Role.of("444455556666", "Evil").trusting(center.roleArn(SignInScene.ACCOUNT, "Admin")));
      Path signedIn = signedIn(aws);
      List<Future<List<String>>> runs = new ArrayList<>();
      int number = 0;
      for (Path file : HostileProject.corpus()) {
        Attack attack = new Attack(file, number++, aws, listener.address());
        Path place = scratch.directory();
        runs.add(threads.submit(() -> attack.on(signedIn, place)));
      }
      List<String> wrong = new ArrayList<>();
      for (Future<List<String>> run : runs) {
        wrong.addAll(run.get());
      }
      assertThat(runs).hasSizeGreaterThan(60);
      assertThat(wrong).isEmpty();
      assertThat(listener.connections()).as("connections to a port that files name").isZero();
      assertThat(
              new Canaries(List.of(TOKEN, PASSWORD, KEY))
                  .in(
                      String.join(
                          "\n",
                          aws.calls().stream()
                              .map(call -> call.query() + call.body() + call.headers())
                              .toList())))
          .as("secrets that AWS was told")
          .isEmpty();
    }
  }

  /** The home of somebody who has signed in with a configuration of their own. */
  private static Path signedIn(LoopbackAws aws) throws Exception {
    Path place = scratch.directory();
    Path home = place.resolve("home");
    Launch.write(home.resolve(".config/atmos/atmos.yaml"), OWN.formatted("plain"));
    Launch.write(
        home.resolve(".config/atmos/profiles/weak/k.yaml"), "auth: {keyring: {type: plain}}\n");
    Launch.write(home.resolve(".ssh/id_ed25519"), KEY);
    Launch.write(home.resolve(".bash_profile"), "# mine\n");
    launch(place, aws, "auth", "login", "own", "--no-browser").run().succeeded();
    launch(place, aws, "auth", "env", "-i", "own").run().succeeded();
    return home;
  }

  private static Launch launch(Path place, LoopbackAws aws, String... words) throws IOException {
    return product
        .run(place, words)
        .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        .env("AWS_ENDPOINT_URL", aws.url())
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("SHELL", "/bin/true")
        .env("GITHUB_TOKEN", TOKEN)
        .env("DB_PASSWORD", PASSWORD)
        .env("SLACK_SESSION_TOKEN", PASSWORD);
  }

  /** One file against the commands. */
  private static final class Attack {
    private final Path file;
    private final int index;
    private final LoopbackAws aws;
    private final String listener;
    private final List<String> wrong = new ArrayList<>();

    Attack(Path file, int index, LoopbackAws aws, String listener) {
      this.file = file;
      this.index = index;
      this.aws = aws;
      this.listener = listener;
    }

    List<String> on(Path signedIn, Path place) throws Exception {
      Path project = place.resolve("cwd");
      Files.createDirectories(project.resolve(".git"));
      Launch.write(
          place.resolve("outside/secret.yaml"), "auth:\n  realm: canary-outside\nimport: []\n");
      Launch.write(place.resolve("outside/profile/secret.yaml"), "auth: {realm: canary-profile}\n");
      new ProcessBuilder("cp", "-Rp", signedIn.toString(), place.resolve("home").toString())
          .start()
          .waitFor();
      HostileProject hostile = HostileProject.write(file, project, listener);
      Launch.write(project.resolve("evil.sh"), "#!/bin/sh\ntouch \"$0.ran\"; echo evil\n");
      Scratch.open(project.resolve("evil.sh"), "rwxr-xr-x");
      String keyring = hostile.header().getOrDefault("keyring", "plain");
      Launch.write(place.resolve("home/.config/atmos/atmos.yaml"), OWN.formatted(keyring));
      Map<String, String> before = snapshot(place);

      for (Map.Entry<String, String> each : commands(hostile).entrySet()) {
        check(hostile, each.getKey(), each.getValue(), place);
      }

      Map<String, String> after = snapshot(place);
      Stream.concat(before.keySet().stream(), after.keySet().stream())
          .distinct()
          .filter(name -> !before.getOrDefault(name, "").equals(after.getOrDefault(name, "")))
          .filter(name ->
              !name.startsWith("home/")
                  || !name.substring("home/".length()).matches(STATE)
                  || (!keyring.equals("plain") && name.contains("/auth/sign-in/plain/p")))
          .forEach(name -> wrong.add(hostile.name() + ": changed " + name));
      for (String holder :
          new Canaries(List.of(TOKEN, PASSWORD, KEY)).holders(place.resolve("home"))) {
        if (!holder.equals(".ssh/id_ed25519")) {
          wrong.add(hostile.name() + ": a secret is in " + holder);
        }
      }
      return wrong;
    }

    private Map<String, String> commands(HostileProject hostile) {
      String identity = hostile.header().getOrDefault("identity", "dev");
      String named = identity.equals("-") ? "" : " --identity=" + identity;
      String token = "aws eks token --cluster-name demo --region us-east-2" + named;
      String exec = "auth exec" + named + " -- /bin/true";
      Map<String, String> commands = new TreeMap<>();
      commands.put("login", "auth login --no-browser" + named);
      commands.put(index % 2 == 0 ? "token" : "exec", index % 2 == 0 ? token : exec);
      if (index % SAMPLE == 0) {
        commands.put("exec", exec);
        commands.put("completion", "__complete -- aws eks token --identity ");
        commands.put("list", "auth list");
        commands.put("validate", "auth validate");
        commands.put("env", "auth env" + named);
        commands.put("shell", "auth shell" + named);
      }
      return commands;
    }

    private void check(HostileProject hostile, String command, String line, Path place)
        throws Exception {
      Launch launch = launch(place, aws, line.split(" ", -1));
      Path trace = place.resolve("trace");
      boolean traced = index % (2 * SAMPLE) == 0 && Tools.onPath("strace").isPresent();
      if (traced) {
        launch =
            launch.through(
                "strace", "-f", "-qq", "-e", "trace=execve,openat", "-o", trace.toString());
      }
      Outcome outcome = launch.run();
      String said = outcome.stderr();
      String what = hostile.name() + ": " + command + ": exit " + outcome.exit() + ": " + said;
      boolean refused = hostile.lists("refused", command);
      boolean invalid = hostile.lists("invalid", command);
      boolean warned = hostile.lists("warned", command);
      if (outcome.exit() == 70
          || ((refused || invalid) && outcome.exit() != 2)
          || ((refused || invalid || warned) && !said.contains(hostile.place()))
          || (refused && !said.contains(hostile.said()))
          || (refused && !said.contains("atmos config trust "))
          || (invalid && said.contains("config trust"))) {
        wrong.add(what);
      }
      if (command.equals("completion") && (outcome.exit() != 0 || !said.isEmpty())) {
        wrong.add(what);
      }
      if (command.equals("validate")
          && !hostile.header().containsKey("unnamed")
          && (outcome.stdout() + said)
              .lines()
              .noneMatch(each -> each.contains(hostile.place()) && each.contains(hostile.said()))) {
        wrong.add(what);
      }
      if (!new Canaries(List.of(TOKEN, PASSWORD, KEY)).in(outcome.stdout() + said).isEmpty()
          || (command.equals("env") && outcome.stdout().contains("evil"))) {
        wrong.add(hostile.name() + ": " + command + " shows: " + outcome.stdout());
      }
      if (traced) {
        Files.readString(trace, StandardCharsets.ISO_8859_1)
            .lines()
            .filter(call ->
                call.contains("/secret.yaml\"")
                    || call.contains("id_ed25519\"")
                    || (call.contains("execve(") && call.contains("evil.")))
            .forEach(call -> wrong.add(hostile.name() + ": " + command + ": " + call));
        Files.delete(trace);
      }
    }
  }

  /** What there is below a directory: size, time of the last change and digest. */
  private static Map<String, String> snapshot(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(path -> !Files.isDirectory(path)).toList()) {
        files.put(
            directory.relativize(file).toString(),
            Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                + " "
                + (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? digest(file) : "link"));
      }
    }
    return files;
  }

  private static String digest(Path file) throws IOException {
    try {
      byte[] content = Files.readAllBytes(file);
      return content.length
          + " "
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A port that nobody may connect to. */
  private static final class Listener implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();

    Listener() throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
      while (!socket.isClosed()) {
        try (var _ = socket.accept()) {
          connections.incrementAndGet();
        } catch (IOException e) {
          if (!socket.isClosed()) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }

    String address() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    int connections() {
      return connections.get();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
