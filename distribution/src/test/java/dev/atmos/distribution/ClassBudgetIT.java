package dev.atmos.distribution;

import static dev.atmos.distribution.Credentials.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the token command loads; every class that isn't in the start-up cache costs time. */
class ClassBudgetIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final int BUDGET = 5;
  private static final int BUDGET_OF_COMMANDS = 20;

  private static final String CONFIGURATION =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            default: true
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env AWS_SECRET_ACCESS_KEY
          ops:
            kind: aws/user
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env AWS_SECRET_ACCESS_KEY
              mfa_arn: arn:aws:iam::123456789012:mfa/ops
      """;

  private static final String SIGN_IN =
      """
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://acme.awsapps.com/start
            region: us-east-1
        identities:
          sso:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111122223333"}}
      """;

  private static final String ROLE_CREDENTIALS =
      """
      ; atmos: expiration=2999-01-01T00:00:00Z
      [sso]
      aws_access_key_id = %s
      aws_secret_access_key = %s
      aws_session_token = %s
      """
          .formatted(Credentials.KEY_ID, Credentials.SECRET, Credentials.SESSION_TOKEN);

  private static Product product = Product.selfContained();

  /** The product, with a Java that notes which classes it loads. */
  @BeforeAll
  static void watchClasses() throws Exception {
    Product original = product;
    product = original.lightCopyTo(scratch.directory().resolve("atmos"));
    Files.delete(product.runtime());
    Path java =
        Launch.write(
            product.runtime().resolve("bin/java"),
            // The launcher switches all logs off, so this one has to come after that.
            """
            #!/bin/sh
            count=$#
            for word; do
              set -- "$@" "$word"
              case $word in
              -Xlog:all=*) set -- "$@" "-Xlog:class+load:file=$CLASS_LOG" ;;
              esac
            done
            shift $count
            exec "%s/bin/java" "$@"
            """
                .formatted(original.runtime()));
    Scratch.open(java, "rwxr-xr-x");
  }

  private record Loaded(List<String> fromTheCache, List<String> fromElsewhere) {
    /** Neither a network nor a library that isn't needed, and little that isn't in the cache. */
    void withinBudget() {
      assertThat(fromTheCache).as("classes from the cache").hasSizeGreaterThan(1000);
      assertThat(fromElsewhere).hasSizeLessThanOrEqualTo(BUDGET);
      assertThat(fromElsewhere)
          .noneMatch(name -> name.startsWith("java.util.regex."))
          .noneMatch(name -> name.startsWith("java.time.format."))
          .noneMatch(name -> name.startsWith("javax.crypto."));
      List<String> all = new ArrayList<>(fromTheCache);
      all.addAll(fromElsewhere);
      assertThat(all)
          .noneMatch(name -> name.startsWith("com.fasterxml."))
          .noneMatch(name -> name.startsWith("software.amazon."))
          .noneMatch(name -> name.startsWith("org.slf4j."))
          // The library by which features call AWS, and not the features.
          .noneMatch(name -> name.matches("dev\\.atmos\\.aws\\.[^.]+"))
          .noneMatch(name -> name.startsWith("dev.atmos.cli.net."))
          .noneMatch(name -> name.startsWith("javax.net.ssl."))
          .noneMatch(name -> name.startsWith("java.net.http."))
          .noneMatch(name -> name.startsWith("sun.net.www.protocol.http"))
          .doesNotContain("java.net.Socket", "java.lang.ProcessBuilder");
    }
  }

  private static Launch token(Path place, String... more) throws IOException {
    return product.token(place, more).env("CLASS_LOG", place.resolve("classes").toString());
  }

  private static Loaded loaded(Path place) throws IOException {
    Loaded loaded = new Loaded(new ArrayList<>(), new ArrayList<>());
    for (String line : Files.readAllLines(place.resolve("classes"))) {
      int source = line.indexOf(" source: ");
      if (source > 0) {
        String name = line.substring(line.lastIndexOf(' ', source - 1) + 1, source);
        boolean cached = line.startsWith("shared objects file", source + " source: ".length());
        (cached ? loaded.fromTheCache() : loaded.fromElsewhere()).add(name);
      }
    }
    return loaded;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "__complete -- aws eks token -i ",
        "auth list",
        "auth status",
        "auth status --prompt",
        "aws eks clusters",
        "auth whoami sso --offline",
        "auth credential-process -i sso",
        "auth env -i sso",
        "auth exec -i sso -- true"
      })
  void command_thatPeopleWaitFor_findsItsClassesInTheCaches(String words) throws Exception {
    Path place = scratch.directory();
    keepCredentials(locksOfIdentities(signedOut(place)).getFirst());
    Path classes = place.resolve("classes");
    Files.delete(classes);
    product.run(place, words.split(" ", -1)).env("CLASS_LOG", classes.toString()).run().succeeded();
    Loaded loaded = loaded(place);
    assertThat(loaded.fromTheCache()).hasSizeGreaterThan(1000);
    assertThat(loaded.fromElsewhere()).hasSizeLessThanOrEqualTo(BUDGET_OF_COMMANDS);
    // Only a list shows what all kinds are.
    assertThat(loaded.fromTheCache().contains("dev.atmos.auth.model.AuthSchema"))
        .isEqualTo(words.equals("auth list"));
  }

  @Test
  void token_byVariables_loadsFewClasses() throws Exception {
    Path place = scratch.directory();
    accepted(token(place).run().quiet());
    loaded(place).withinBudget();
  }

  @Test
  void token_byTheConfiguration_loadsFewClasses() throws Exception {
    Path place = scratch.directory();
    Launch launch = token(place);
    Launch.write(launch.workingDirectory().resolve("atmos.yaml"), CONFIGURATION);
    accepted(launch.run().quiet());
    loaded(place).withinBudget();
  }

  @Test
  void token_bySharedFiles_loadsFewClasses() throws Exception {
    Path place = scratch.directory();
    Launch launch = token(place).without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    Launch.write(
        launch.home().resolve(".aws/credentials"),
        "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = "
            + Credentials.SECRET
            + "\n");
    accepted(launch.run().quiet());
    loaded(place).withinBudget();
  }

  /** Somebody has signed in to an identity of IAM Identity Center, or nobody has yet. */
  @Test
  void token_behindASignIn_withAndWithoutIt_loadsFewClasses() throws Exception {
    Path place = scratch.directory();
    Launch launch = signedOut(place);
    loaded(place).withinBudget();

    keepCredentials(locksOfIdentities(launch).getFirst());
    accepted(launch.run().quiet());
    loaded(place).withinBudget();
  }

  /** While another process renews the credentials, which has the lock until then. */
  @Test
  void token_thatWaitsForARenewal_loadsFewClasses() throws Exception {
    Path place = scratch.directory();
    Launch launch = signedOut(place);
    Path lock = locksOfIdentities(launch).getFirst();
    Path classes = place.resolve("classes");
    Files.delete(classes);

    Launch.Running waiter;
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      channel.lock();
      waiter = launch.start();
      while (!Files.exists(classes) || !Files.readString(classes).contains("ThreadSleepEvent")) {
        assertThat(waiter.process().isAlive()).as("waits").isTrue();
        Thread.sleep(20);
      }
      keepCredentials(lock);
    }

    accepted(waiter.finish().quiet());
    loaded(place).withinBudget();
  }

  /** A token for an identity that needs a sign-in, which has been tried once. */
  private static Launch signedOut(Path place) throws Exception {
    Launch launch = token(place, "--identity", "sso");
    Launch.write(launch.workingDirectory().resolve("atmos.yaml"), SIGN_IN);
    assertThat(launch.run().failed(4)).contains("atmos auth login sso");
    return launch;
  }

  private static List<Path> locksOfIdentities(Launch launch) throws IOException {
    try (Stream<Path> locks = Files.list(launch.home().resolve(".local/state/atmos/auth/locks"))) {
      return locks.filter(lock -> lock.getFileName().toString().startsWith("identity_")).toList();
    }
  }

  /** Credentials for the identity with this lock. */
  private static void keepCredentials(Path lock) throws IOException {
    String name = lock.getFileName().toString();
    String fingerprint = name.substring("identity_".length(), name.length() - ".lock".length());
    Path role = lock.resolve("../../roles").normalize().resolve(fingerprint);
    Scratch.open(Launch.write(role.resolve("credentials"), ROLE_CREDENTIALS), "rw-------");
  }

  @Test
  void token_forAnIdentityThatNeedsASignIn_loadsFewClasses() throws Exception {
    Path place = scratch.directory();
    Launch launch = token(place, "--identity", "ops");
    Launch.write(launch.workingDirectory().resolve("atmos.yaml"), CONFIGURATION);
    assertThat(launch.run().failed(4)).contains("ops").contains("atmos auth login ops");
    loaded(place).withinBudget();
  }

  @Test
  void token_withoutAnyCredentials_loadsFewClasses() throws Exception {
    Path place = scratch.directory();
    token(place).without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY").run().failed(4);
    loaded(place).withinBudget();
  }

  @Test
  void token_withFiftyPluginsInstalled_loadsNoMoreClasses() throws Exception {
    Path none = scratch.directory();
    accepted(token(none).run().quiet());
    Path fifty = scratch.directory();
    Launch launch = token(fifty);
    Path plugins = launch.home().resolve(".local/share/atmos/plugins");
    StringBuilder index = new StringBuilder("plugins=p1");
    for (int i = 2; i <= 50; i++) {
      index.append(",p").append(i);
    }
    for (int i = 1; i <= 50; i++) {
      index.append("\np").append(i).append("/version=1\np").append(i).append("/api=0.2\np");
      index.append(i).append("/class=a.B\np").append(i).append("/jars=p.jar\np");
      index.append(i).append("/command.p").append(i).append("=A command\n");
    }
    Launch.write(plugins.resolve("index.properties"), index.toString());
    accepted(launch.run().quiet());
    assertThat(loaded(fifty).fromElsewhere())
        .containsExactlyInAnyOrderElementsOf(loaded(none).fromElsewhere());
    // They are there, all the same.
    launch.command(product.launcher().toString(), "--help");
    assertThat(launch.run().succeeded().quiet().stdout()).contains("p50");
  }

  @Test
  void token_withPluginsInstalled_doesNotOpenTheirIndex() throws Exception {
    Path place = scratch.directory();
    Launch launch = token(place);
    Path plugins = Files.createDirectories(launch.home().resolve(".local/share/atmos/plugins"));
    // Whoever opens a pipe waits for the other end.
    Launch.in(place)
        .command("mkfifo", plugins.resolve("index.properties").toString())
        .run()
        .succeeded();
    accepted(launch.run().quiet());
  }
}
