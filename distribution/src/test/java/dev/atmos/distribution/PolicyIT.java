package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The policy of the machine in its own place. The product sees it in a copy of {@code /etc}, so
 * that this machine gets none; where nothing can be mounted, it is there while a test runs.
 */
class PolicyIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final Path FILE = Path.of("/etc/atmos/policy.yaml");

  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp: {kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start, region: us-east-1}
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}}
          key:
            kind: aws/user
            credentials: {access_key_id: AKIAQNZGKIQY56JQ7WML, secret_access_key: secret, region: us-east-2}
          asking:
            kind: mock/aws
            env: {STAGE: dev}
      """;

  private static final String OTHER_JAR =
      "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";

  private static Launch run(String words) throws Exception {
    Path place = scratch.directory();
    Path plugins = place.resolve("data/atmos/plugins");
    Launch.write(
        plugins.resolve("index.properties"),
        """
        plugins=hello
        hello/version=1.0
        hello/api=0.2
        hello/class=example.Hello
        hello/command.hello=Says hello
        hello/jars=hello.jar
        """);
    Path jar = Launch.write(plugins.resolve("hello/1.0/hello.jar"), "no jar");
    StrangersJar.register(plugins, "hello", jar);
    Launch launch =
        product
            .run(place, words.split(" ", -1))
            .env("ATMOS_KEYRING_TYPE", "plain")
            .env("XDG_CONFIG_HOME", place.resolve("moved").toString())
            .env("XDG_DATA_HOME", place.resolve("data").toString());
    Launch.write(launch.workingDirectory().resolve("atmos.yaml"), CONFIGURATION);
    Launch.write(place.resolve("moved/atmos/atmos.yaml"), CONFIGURATION);
    return launch;
  }

  private static Outcome under(String policy, Launch launch) throws Exception {
    if (!Tools.isRoot()) {
      throw Tools.absent("the policy of a machine has to be root's, and so have the tests of it");
    }
    if (inCopyOfEtc(launch("true"), policy).run().exit() == 0) {
      return inCopyOfEtc(launch, policy).run();
    }
    if (Files.exists(FILE.resolveSibling(""))) {
      throw Tools.absent("this machine has a policy, and nothing can be mounted over it");
    }
    try {
      write(FILE, policy);
      return launch.run();
    } finally {
      Files.deleteIfExists(FILE);
      Files.deleteIfExists(FILE.resolveSibling(""));
    }
  }

  private static Launch inCopyOfEtc(Launch launch, String policy) throws Exception {
    Path etc = copyOfEtc();
    write(etc.resolve("atmos/policy.yaml"), policy);
    return mounted(etc, launch);
  }

  private static Path copyOfEtc() throws Exception {
    Path etc = scratch.directory().resolve("etc");
    launch("cp", "-a", "/etc", etc.toString()).run().succeeded();
    return etc;
  }

  private static Launch mounted(Path etc, Launch launch) {
    String mount = "mount --bind \"$1\" /etc && shift && exec \"$@\"";
    return launch.through("unshare", "-r", "-m", "sh", "-c", mount, "sh", etc.toString());
  }

  private static Launch launch(String... words) throws IOException {
    return Launch.in(scratch.directory()).command(words);
  }

  private static void write(Path file, String policy) throws IOException {
    Scratch.open(Launch.write(file, policy), "rw-r--r--");
    Scratch.open(file.resolveSibling("").toAbsolutePath(), "rwxr-xr-x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "regions: [eu-*]                | aws eks token --cluster-name demo --region us-east-2 -i"
            + " key | --region | the region 'us-east-2'",
        "regions: [eu-*]                | auth env -i key | identity 'key' | the region"
            + " 'us-east-2'",
        "accounts: ['111111111111']     | aws eks token --cluster-name demo --region us-east-2 -i"
            + " key | identity 'key' | the account '029608264753'",
        "static: false                  | auth env --static -i key | --static | keys in variables",
        "start_urls: ['https://a.io/*'] | auth login dev | provider 'corp'"
            + " | 'https://corp.awsapps.com/start'",
        "stores: [system]               | auth login dev | the sign-in | the store 'plain'",
        "plugins: [" + OTHER_JAR + "] | hello | plugin hello 1.0 | a jar with the SHA-256",
      })
  void rule_refusing_namesItsFileAndLine(String rule, String words, String subject, String thing)
      throws Exception {
    assertThat(under("allow:\n  " + rule + "\n", run(words)).failed(2))
        .contains(subject + ": the policy of this machine (" + FILE + ":2) doesn't allow " + thing)
        .endsWith("; see what it allows: atmos config policy");
  }

  @ParameterizedTest
  @CsvSource({
    "users, auth env -i asking, to trust it",
    "users, config trust --yes, users to trust a file",
    "yes, config trust --yes, --yes",
    "config, auth env -i asking --config atmos.yaml, --config to trust it",
    "trusted_paths, auth env -i asking, ATMOS_TRUSTED_PATHS to trust it",
  })
  void trust_thatIsDenied_namesItsFileAndLine(String rule, String words, String thing)
      throws Exception {
    // HOME and XDG_CONFIG_HOME name other directories than the account's own.
    Launch launch = run(words).env("ATMOS_TRUSTED_PATHS", "/");
    String policy = "trust:\n  " + rule + ": denied\n";
    if (!rule.equals("trusted_paths")) {
      launch = launch.without("ATMOS_TRUSTED_PATHS");
    }
    assertThat(under(policy, launch).failed(2))
        .contains("(" + FILE + ":2) doesn't allow " + thing + "; ");
  }

  @Test
  void configPolicy_showsEachRuleWithItsLine() throws Exception {
    String policy = "allow:\n  static: false\n  regions: [eu-*, us-east-1]\n";
    assertThat(under(policy, run("config policy")).succeeded().quiet().stdout())
        .isEqualTo(
            """
            The policy of this machine is in /etc/atmos/policy.yaml

            LINE  RULE           EFFECT                                                 VALUE
            2     allow.static   Keys in variables for programs                         false
            3     allow.regions  Regions of AWS that are called, and that programs get  eu-*, us-east-1
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth env -i key",
        "auth list",
        "auth login dev",
        "aws eks token --cluster-name demo --region us-east-2",
        "config policy",
        "config show",
        "hello"
      })
  void policy_thatCantBeUsed_stopsTheRest(String words) throws Exception {
    assertThat(under("allow:\n  regoins: [eu-*]\n", run(words)).failed(2))
        .contains("the policy of this machine can't be used: " + FILE + ":2:3: unknown key");
  }

  @ParameterizedTest
  @CsvSource({
    "none, its directory /etc/atmos is a link to nothing",
    "atmos, too many levels of symbolic links",
  })
  void policy_inADirectoryThatIsALinkToNothing_stopsTheRest(String target, String problem)
      throws Exception {
    if (!Tools.isRoot()) {
      throw Tools.absent("the policy of a machine has to be root's, and so have the tests of it");
    }
    Path etc = copyOfEtc();
    Files.createSymbolicLink(etc.resolve("atmos"), Path.of(target));
    if (mounted(etc, launch("true")).run().exit() != 0) {
      throw Tools.absent("nothing can be mounted here");
    }
    assertThat(mounted(etc, run("auth env -i key")).run().failed(2))
        .contains("the policy of this machine can't be used: " + FILE + ": " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--help", "auth login --help", "auth logout key"})
  void policy_thatCantBeUsed_letsThatRun(String words) throws Exception {
    assertThat(under("allow:\n  regoins: [eu-*]\n", run(words)).exit()).isZero();
  }
}
