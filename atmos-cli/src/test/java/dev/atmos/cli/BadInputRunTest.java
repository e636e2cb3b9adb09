package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad input and what it gets: an exit code and one line, or two where the second shows a place in a
 * file. That standard output is empty, and that no usage text is shown, {@link AtmosRun} checks.
 */
final class BadInputRunTest {
  private static final String EXAMPLE = "atmos aws eks token --cluster-name ";
  private static final String HELP = "see atmos aws eks token --help";

  record Row(
      String name,
      int exitCode,
      List<String> parts,
      UnaryOperator<AtmosRun> world,
      List<String> words)
      implements Arguments {
    @Override
    public Object[] get() {
      return new Object[] {this};
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Row words(String name, String part, String... words) {
    return new Row(name, 2, List.of(part), AtmosRun::keys, List.of(words));
  }

  private static Row cluster(String name, String value, String part) {
    return words(name, part, "--cluster-name", value, "--region", "us-east-2");
  }

  private static Row region(String value, String part) {
    return words("region " + value, part, "--cluster-name", "demo", "--region", value);
  }

  private static Row world(
      String name,
      int exitCode,
      List<String> parts,
      UnaryOperator<AtmosRun> world,
      String... more) {
    List<String> words =
        new ArrayList<>(List.of("--cluster-name", "demo", "--region", "us-east-2"));
    words.addAll(List.of(more));
    return new Row(name, exitCode, parts, world, words);
  }

  private static Row yaml(String name, int exitCode, List<String> parts, String yaml) {
    return world(name, exitCode, parts, atmos -> atmos.keys().file("atmos.yaml", yaml));
  }

  static List<Row> rows() {
    return List.of(
        words("no options", "--cluster-name is missing; " + EXAMPLE),
        words(
            "no cluster name",
            "--cluster-name is missing; " + EXAMPLE + "NAME --region us-east-2",
            "--region",
            "us-east-2"),
        words(
            "no region",
            "--region is missing; " + EXAMPLE + "demo --region REGION",
            "--cluster-name",
            "demo"),
        words(
            "cluster name without a value",
            "--cluster-name needs a value",
            "--cluster-name",
            "--region",
            "us-east-2"),
        words("region without a value", "--region needs a value", "--cluster-name=d", "--region"),
        words(
            "region twice",
            "--region is given twice",
            "--cluster-name=d",
            "--region=us-east-1",
            "--region=us-east-2"),
        cluster(
            "empty cluster name",
            "",
            "--cluster-name is empty; " + EXAMPLE + "NAME --region us-east-2"),
        region("", "--region is empty; " + EXAMPLE + "demo --region REGION"),
        cluster("blank in the name", "my cluster", "character 3 is a blank"),
        cluster("line feed in the name", "demo\n", "character 5 is U+000A"),
        cluster("escape in the name", "de\u001b[31mmo", "character 3 is U+001B"),
        cluster("no ASCII in the name", "d\u00e9mo", "character 2 is U+00E9"),
        cluster("101 characters", "a".repeat(101), "at most 100"),
        region("bad_region!", "--region 'bad_region!' is not an AWS region"),
        region("us-east-2 ", "did you mean --region us-east-2"),
        region("US-EAST-2", "did you mean --region us-east-2"),
        region("mars", "--region 'mars' is not an AWS region"),
        new Row(
            "no FIPS host",
            2,
            List.of("AWS_USE_FIPS_ENDPOINT", "eu-west-1"),
            atmos -> atmos.keys().env("AWS_USE_FIPS_ENDPOINT", "true"),
            List.of("--cluster-name=demo", "--region=eu-west-1")),
        new Row(
            "no dual-stack host",
            2,
            List.of("AWS_USE_DUALSTACK_ENDPOINT", "us-iso-east-1"),
            atmos -> atmos.keys().env("AWS_USE_DUALSTACK_ENDPOINT", "true"),
            List.of("--cluster-name=demo", "--region=us-iso-east-1")),
        world(
            "an identity, and none configured",
            2,
            List.of("'dev'", "no identities are configured"),
            AtmosRun::keys,
            "--identity",
            "dev"),
        world(
            "an unknown identity",
            2,
            List.of("unknown identity 'dve-admin'", "did you mean", "dev-admin"),
            atmos -> atmos.keys().file("atmos.yaml", two("")),
            "--identity",
            "dve-admin"),
        world(
            "an unknown identity of the variable",
            2,
            List.of("unknown identity", "ATMOS_IDENTITY"),
            atmos -> atmos.keys().file("atmos.yaml", two("")).env("ATMOS_IDENTITY", "x\u001b[2J")),
        yaml("two candidates", 2, List.of("dev-admin", "ops-admin", "--identity"), two("")),
        yaml("two defaults", 2, List.of("dev-admin", "ops-admin"), two(", default: true")),
        world(
            "a word too many", 2, List.of("takes no word 'demo'; " + HELP), AtmosRun::keys, "demo"),
        world("an empty word", 2, List.of("takes no word ''; " + HELP), AtmosRun::keys, ""),
        world("a word after --", 2, List.of("takes no word 'demo'"), AtmosRun::keys, "--", "demo"),
        world(
            "a file of arguments",
            2,
            List.of("takes no word '@more'"),
            atmos -> atmos.keys().file("more", "--identity dev"),
            "@more"),
        world(
            "bare --identity",
            2,
            List.of("--identity needs a value: --identity <name>"),
            AtmosRun::keys,
            "--identity"),
        world("empty --identity", 2, List.of("--identity is empty"), AtmosRun::keys, "--identity="),
        world(
            "an unknown option",
            2,
            List.of("unknown option '--idenity'; did you mean --identity"),
            AtmosRun::keys,
            "--idenity",
            "dev"),
        world(
            "an unknown option with a value",
            2,
            List.of("unknown option '--token'"),
            AtmosRun::keys,
            "--token=hunter2-hunter2"),
        world(
            "an unknown option that turns the line around",
            2,
            List.of("unknown option '--bogusab?dc'"),
            AtmosRun::keys,
            "--bogusab\u202edc"),
        world(
            "an unknown letter", 2, List.of("unknown option '-x'; " + HELP), AtmosRun::keys, "-x"),
        world(
            "an unknown log level",
            2,
            List.of("--logs-level must be Trace, Debug, Info, Warning, Error or Off"),
            AtmosRun::keys,
            "--logs-level",
            "loud"),
        yaml("broken YAML", 2, List.of("atmos.yaml:3:1: ", "\n  3 | "), "auth:\n  identities: [\n"),
        yaml(
            "a duplicate key",
            2,
            List.of("atmos.yaml:3:1: ", "duplicate"),
            "auth: {}\nlogs: {}\nauth: {}\n"),
        yaml("a large file", 2, List.of("atmos.yaml", "8 MiB"), "#".repeat(9 * 1024 * 1024)),
        world(
            "a directory for a file",
            2,
            List.of("atmos.yaml", "is a directory"),
            atmos -> atmos.keys().directory("atmos.yaml"),
            "--config",
            "atmos.yaml"),
        world(
            "a file that isn't there",
            2,
            List.of("nowhere.yaml", "--config"),
            AtmosRun::keys,
            "--config",
            "nowhere.yaml"),
        world("an empty --config", 2, List.of("--config"), AtmosRun::keys, "--config", ""),
        yaml(
            "!exec",
            2,
            List.of("this file is not trusted, and wants to run a command", "atmos config trust"),
            user("!exec whoami")),
        yaml("!env of nothing", 2, List.of("atmos.yaml:"), user("!env NOBODY_SET_THIS")),
        yaml(
            "a kind that nobody supplies",
            7,
            List.of("atmos.yaml:", "no plugin supplies kind 'acme/static'"),
            "auth:\n  identities:\n    dev: {kind: acme/static}\n"),
        yaml(
            "an identity that needs a sign-in",
            4,
            List.of("'dev'", "MFA code", "atmos auth login dev"),
            user("hush-hush")
                .replace(
                    "credentials:",
                    "credentials:\n        mfa_arn: arn:aws:iam::123456789012:mfa/me")),
        world("no credentials anywhere", 4, List.of("credentials"), atmos -> atmos),
        world(
            "half a key",
            4,
            List.of("AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not"),
            atmos -> atmos.env("AWS_ACCESS_KEY_ID", AtmosRun.KEY_ID)),
        world(
            "expired variables",
            4,
            List.of("expired at 2025-01-15T11:59:59Z", "AWS_CREDENTIAL_EXPIRATION"),
            atmos ->
                atmos
                    .keys()
                    .env("AWS_SESSION_TOKEN", "session")
                    .env("AWS_CREDENTIAL_EXPIRATION", "2025-01-15T11:59:59Z")),
        world(
            "an expired profile",
            4,
            List.of("expired at 2025-01-15T12:00:00Z", "x_security_token_expires"),
            atmos ->
                atmos.file(
                    "~/.aws/credentials",
                    """
                    [default]
                    aws_access_key_id = AKIDFILE
                    aws_secret_access_key = hush-hush
                    aws_session_token = hush-hush-hush
                    x_security_token_expires = 2025-01-15T12:00:00Z
                    """)));
  }

  private static String two(String more) {
    String user =
        "{kind: aws/user, credentials: {access_key_id: AKID, secret_access_key: hush-hush}"
            + more
            + "}\n";
    return "auth:\n  identities:\n    dev-admin: " + user + "    ops-admin: " + user;
  }

  private static String user(String secret) {
    return """
    auth:
      identities:
        dev:
          kind: aws/user
          credentials:
            access_key_id: AKID
            secret_access_key: %s
    """
        .formatted(secret);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void badInput_onBothViews_getsItsCodeAndItsLine(Row row) {
    for (View view : View.values()) {
      AtmosRun atmos = row.world().apply(view.atmos()).knows("(hidden)", "hush-hush");
      List<String> words = new ArrayList<>(List.of("aws", "eks", "token"));
      words.addAll(row.words());
      AtmosRun.Result result = atmos.run(words.toArray(new String[0]));
      result.failedShowing(row.exitCode(), row.parts().toArray(new String[0]));
      assertThat(result.stderr()).doesNotContain("hunter2");
    }
  }

  @Test
  void configuration_of100Megabytes_isRefusedUnread(@TempDir Path root) throws IOException {
    RealDirectories directories = new RealDirectories(root);
    try (RandomAccessFile file =
        new RandomAccessFile(directories.workingDirectory().resolve("atmos.yaml").toFile(), "rw")) {
      file.setLength(100L * 1024 * 1024);
    }
    AtmosRun.in(directories).keys().token().failedSaying(2, "atmos.yaml", "8 MiB");
  }
}
