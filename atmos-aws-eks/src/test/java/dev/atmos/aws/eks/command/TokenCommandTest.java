package dev.atmos.aws.eks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.aws.eks.token.EksToken;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.testing.FakeServices;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

final class TokenCommandTest {
  private static final String NAME = "--cluster-name";
  private static final String REGION = "--region";

  private final FakeServices context = new FakeServices();

  static List<Arguments> badNames() {
    return List.of(
        badName("", "--cluster-name is empty"),
        badName(" ", "character 1 is a blank"),
        badName(" demo", "character 1 is a blank"),
        badName("demo ", "character 5 is a blank"),
        badName("a  b", "character 2 is a blank"),
        badName("demo\n", "character 5 is U+000A"),
        badName("de\u0000mo", "character 3 is U+0000"),
        badName("de\u001b[31mmo", "character 3 is U+001B"),
        badName("de\u007fmo", "character 3 is U+007F"),
        badName("de\u202emo", "character 3 is U+202E"),
        badName("d\u00e9mo", "character 2 is U+00E9"),
        badName("demo\ud83d\ude00", "character 5 is U+1F600"),
        badName("demo\ud83d", "character 5 is U+D83D"),
        badName("-demo", "character 1 is '-', and the first one has to be a letter or a digit"),
        badName("_demo", "character 1 is '_'"),
        badName(".demo", "character 1 is '.'"),
        badName("demo/x", "character 5 is '/'"),
        badName("demo%", "character 5 is '%'"),
        badName("arn:aws:eks", "character 4 is ':'"),
        badName(
            "a".repeat(101), "--cluster-name has 101 characters; a cluster name has at most 100"),
        badName("\n".repeat(100_000), "--cluster-name has 100000 characters"));
  }

  private static Arguments badName(String name, String told) {
    return Arguments.of(name, told);
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void clusterName_thatIsNone_isRefused(String name, String told) {
    AtmosException failure = refused(NAME, name, REGION, "us-east-2");
    assertThat(failure.sentence()).contains(told);
  }

  @Test
  void clusterName_missing_isToldBeforeTheRegion() {
    assertThat(refused().sentence()).isEqualTo("--cluster-name is missing");
    assertThat(refused(REGION, "bad_region!").sentence()).isEqualTo("--cluster-name is missing");
    assertThat(refused(REGION, "us-east-2").hint())
        .hasValue("atmos aws eks token --cluster-name NAME --region us-east-2");
    assertThat(refused().hint())
        .hasValue("atmos aws eks token --cluster-name NAME --region REGION");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "0",
        "My-Cluster_01",
        "kops.example.com",
        "0a1b2c3d-4e5f-6789-abcd-ef0123456789",
        "a-",
      })
  void clusterName_thatIsOne_isSigned(String name) {
    TokenRun.of(context, NAME, name, REGION, "us-east-2").answer();
  }

  static List<Arguments> badRegions() {
    return List.of(
        Arguments.of(
            "", "--region is empty", "atmos aws eks token --cluster-name demo --region REGION"),
        region("bad_region!", "--region 'bad_region!'", "a region looks like us-east-2"),
        region("us-east-2 ", "--region 'us-east-2 '", "did you mean --region us-east-2"),
        region(" us-east-2", "--region ' us-east-2'", "did you mean --region us-east-2"),
        region("US-EAST-2", "--region 'US-EAST-2'", "did you mean --region us-east-2"),
        region("us-east-2\n", "--region", "did you mean --region us-east-2"),
        region("mars", "--region 'mars'", "a region looks like us-east-2"),
        region("us-east-2a", "--region 'us-east-2a'", "a region looks like us-east-2"),
        region("us-east", "--region 'us-east'", "a region looks like us-east-2"),
        region("us-2", "--region 'us-2'", "a region looks like us-east-2"),
        region("us-east-", "--region 'us-east-'", "a region looks like us-east-2"),
        region("us-east-123", "--region 'us-east-123'", "a region looks like us-east-2"),
        region("us--east-2", "--region 'us--east-2'", "a region looks like us-east-2"),
        region("us-east--2", "--region 'us-east--2'", "a region looks like us-east-2"),
        region("us-e4st-2", "--region 'us-e4st-2'", "a region looks like us-east-2"),
        region("u-east-2", "--region 'u-east-2'", "a region looks like us-east-2"),
        region("usaea-east-2", "--region 'usaea-east-2'", "a region looks like us-east-2"),
        region("useast-east-2", "--region 'useast-east-2'", "a region looks like us-east-2"),
        region("-us-east-2", "--region '-us-east-2'", "a region looks like us-east-2"),
        region(
            "us-east-2.evil.com", "--region 'us-east-2.evil.com'", "a region looks like us-east-2"),
        region("us-east-2/x", "--region 'us-east-2/x'", "a region looks like us-east-2"),
        region("us-east-\u0662", "--region", "a region looks like us-east-2"),
        region("us-\u001b[31m-2", "--region", "a region looks like us-east-2"),
        region("us-" + "a".repeat(59) + "-1", "--region", "a region looks like us-east-2"));
  }

  private static Arguments region(String region, String shown, String hint) {
    return Arguments.of(region, shown + " is not an AWS region", hint);
  }

  @ParameterizedTest
  @MethodSource("badRegions")
  void region_thatIsNone_isRefused(String region, String told, String hint) {
    AtmosException failure = refused(NAME, "demo", REGION, region);
    assertThat(failure.sentence()).isEqualTo(told);
    assertThat(failure.hint()).hasValue(hint);
  }

  @Test
  void region_missing_isRefusedWhateverTheEnvironmentSays() {
    context.environment().set("AWS_REGION", "us-east-2").set("AWS_DEFAULT_REGION", "us-east-2");
    AtmosException failure = refused(NAME, "demo");
    assertThat(failure.sentence()).isEqualTo("--region is missing");
    assertThat(failure.hint())
        .hasValue("atmos aws eks token --cluster-name demo --region us-east-2");
  }

  @Test
  void region_missing_showsTheWholeCommand() {
    context.environment().set("AWS_REGION", "us-east-2");
    String expected =
        "atmos aws eks token --cluster-name demo --region us-east-2 --identity 'a b' --token-only";
    assertThat(refused("--cluster-id=demo", "-i", "a b", "--token-only").hint()).hasValue(expected);
  }

  @Test
  void clusterId_insteadOfTheName_isTheSameOption() {
    String id = "0a1b2c3d-4e5f-6789-abcd-ef0123456789";
    TokenRun.Answer named = TokenRun.of(context, NAME, id, REGION, "us-east-2").answer();
    FakeServices again = new FakeServices();
    TokenRun run = TokenRun.of(again, "--cluster-id", id, REGION, "us-east-2");
    assertThat(run.exitCode()).isZero();
    assertThat(again.console().answered()).contains(named.token());
  }

  @Test
  void tokenOnly_printsWhatKubectlWouldGet() {
    String token = TokenRun.of(context, NAME, "demo", REGION, "us-east-2").answer().token();
    FakeServices again = new FakeServices();
    TokenRun run = TokenRun.of(again, NAME, "demo", "--token-only", REGION, "us-east-2");
    assertThat(run.exitCode()).isZero();
    assertThat(again.console().answered()).isEqualTo(token + "\n");
    assertThat(run.said()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"us-west-2, us-west-2", "mars, REGION", "'', REGION"})
  void token_withoutRegionWhereOneIsExported_showsTheCommandWithIt(String variable, String shown) {
    FakeServices context = new FakeServices();
    context.environment().set("AWS_REGION", variable);
    AtmosException failure = TokenRun.of(context, NAME, "demo").failure();
    assertThat(failure.sentence()).isEqualTo("--region is missing");
    assertThat(failure.hint())
        .hasValue("atmos aws eks token --cluster-name demo --region " + shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east-1", "ap-southeast-17", "mx-central-1", "us-gov-west-1"})
  void region_ofTheShape_isSignedFor(String region) {
    TokenRun.Answer answer = TokenRun.of(context, NAME, "demo", REGION, region).answer();
    assertThat(answer.url())
        .startsWith("https://sts." + region + ".amazonaws.com/?")
        .contains("%2F20250115%2F" + region + "%2Fsts%2Faws4_request&");
  }

  @Test
  void region_of63Characters_isAccepted() {
    String region = "us-" + "a".repeat(58) + "-1";
    TokenRun.of(context, NAME, "demo", REGION, region).answer();
  }

  @Test
  void identity_leftOut_isLeftToTheService() {
    FakeIdentities identities = new FakeIdentities(FakeIdentities.example(null, null));
    TokenRun.of(context, identities, NAME, "demo", REGION, "us-east-2").answer();
    assertThat(identities.asked()).containsExactly("(default)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--identity", "-i"})
  void identity_given_isPassedOnAsItIs(String option) {
    FakeIdentities identities = new FakeIdentities(FakeIdentities.example(null, null));
    TokenRun.of(context, identities, NAME, "demo", REGION, "us-east-2", option, "Dev/Admin.x")
        .answer();
    assertThat(identities.asked()).containsExactly("Dev/Admin.x");
  }

  @Test
  void identity_empty_isRefusedAndSaysWhatToType() {
    AtmosException failure = refused(NAME, "demo", REGION, "us-east-2", "--identity", "");
    assertThat(failure.sentence()).isEqualTo("--identity is empty");
    assertThat(failure.hint())
        .hasValue("type --identity NAME, or leave it out for the default identity");
  }

  @Test
  void identity_bare_lacksItsParameter() {
    assertThatThrownBy(() -> TokenRun.of(context, NAME, "demo", REGION, "us-east-2", "--identity"))
        .isInstanceOf(MissingParameterException.class);
    assertThatThrownBy(() -> TokenRun.of(context, "--identity", NAME, "demo", REGION, "us-east-2"))
        .isInstanceOf(MissingParameterException.class);
    assertThat(context.console().answered()).isEmpty();
  }

  @Test
  void wordsAfterTheCommand_areRefused() {
    assertThatThrownBy(() -> TokenRun.of(context, NAME, "demo", REGION, "us-east-2", "demo", "now"))
        .isInstanceOf(UnmatchedArgumentException.class);
  }

  @Test
  void signedOut_isTheServicesFailure() {
    context.environment().set("KUBERNETES_EXEC_INFO", "[]");
    AtmosException failure =
        TokenRun.of(context, FakeIdentities.signedOut(), NAME, "demo", REGION, "us-east-2")
            .failure();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_USE_FIPS_ENDPOINT, true, sts-fips.us-east-2.amazonaws.com",
    "AWS_USE_FIPS_ENDPOINT, TRUE, sts-fips.us-east-2.amazonaws.com",
    "AWS_USE_FIPS_ENDPOINT, false, sts.us-east-2.amazonaws.com",
    "AWS_USE_FIPS_ENDPOINT, '', sts.us-east-2.amazonaws.com",
    "AWS_USE_FIPS_ENDPOINT, 1, sts.us-east-2.amazonaws.com",
    "AWS_USE_FIPS_ENDPOINT, yes, sts.us-east-2.amazonaws.com",
    "AWS_USE_DUALSTACK_ENDPOINT, True, sts.us-east-2.api.aws",
    "AWS_USE_DUALSTACK_ENDPOINT, no, sts.us-east-2.amazonaws.com",
  })
  void endpointVariable_asSet_decidesTheHost(String variable, String value, String host) {
    context.environment().set(variable, value);
    TokenRun.Answer answer = TokenRun.of(context, NAME, "demo", REGION, "us-east-2").answer();
    assertThat(answer.url()).startsWith("https://" + host + "/?");
  }

  @Test
  void fipsInARegionWithout_isRefusedBeforeAnybodyIsAsked() {
    context.environment().set("AWS_USE_FIPS_ENDPOINT", "true");
    assertThat(refused(NAME, "demo", REGION, "eu-west-1").sentence())
        .contains("no FIPS endpoint in eu-west-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"})
  void endpointOverride_changesNothingAndIsSaidToWhoDebugs(String variable) {
    TokenRun.Answer plain =
        TokenRun.of(new FakeServices(), NAME, "demo", REGION, "us-east-2").answer();
    context.environment().set(variable, "http://127.0.0.1:4566/secret");
    TokenRun run = TokenRun.of(context, NAME, "demo", REGION, "us-east-2");
    assertThat(run.answer()).isEqualTo(plain);
    assertThat(run.said()).isEmpty();
    assertThat(context.console().debugged())
        .isEqualTo(
            variable
                + " does not change the host of a token, which is sts.us-east-2.amazonaws.com\n");
  }

  @Test
  void endpointOverride_empty_isNoOverride() {
    context.environment().set("AWS_ENDPOINT_URL", "").set("AWS_ENDPOINT_URL_STS", "");
    TokenRun.of(context, NAME, "demo", REGION, "us-east-2").answer();
    assertThat(context.console().debugged()).isEmpty();
  }

  @Test
  void clock_withAFraction_isReadToTheSecond() {
    context.at("2025-12-31T23:59:59.999999999Z");
    TokenRun.Answer answer = TokenRun.of(context, NAME, "demo", REGION, "us-east-2").answer();
    assertThat(answer.url()).contains("X-Amz-Date=20251231T235959Z&");
    assertThat(answer.expirationTimestamp()).isEqualTo("2026-01-01T00:13:59Z");
  }

  @Test
  void credentialsThatEndSoon_shortenTheExpiry() {
    FakeIdentities identities =
        new FakeIdentities(
            FakeIdentities.example("session", Instant.parse("2025-01-15T12:05:00Z")));
    TokenRun.Answer answer =
        TokenRun.of(context, identities, NAME, "demo", REGION, "us-east-2").answer();
    assertThat(answer.expirationTimestamp()).isEqualTo("2025-01-15T12:04:00Z");
  }

  @ParameterizedTest
  @CsvSource({"2689, 4095, false", "2690, 4097, true"})
  void sessionToken_atTheServersLimit_isSaid(int length, int tokenLength, boolean said) {
    FakeIdentities identities =
        new FakeIdentities(FakeIdentities.example("a".repeat(length), null));
    TokenRun run = TokenRun.of(context, identities, NAME, "demo", REGION, "us-east-2");
    assertThat(run.answer().token()).hasSize(tokenLength);
    assertThat(run.said()).hasSize(said ? 1 : 0);
    assertThat(String.join("", run.said())).doesNotContain("aaaa");
  }

  @Test
  void credentials_withCharactersThatUrlsGiveAMeaning_areSigned() {
    FakeIdentities identities =
        new FakeIdentities(
            AwsCredentials.of(
                "AK+ID%=;&~*'()",
                Secret.of("s\u00e9cret \u20ac /+="),
                Secret.of("tok\u20acn a;b&c=d%20+~*'()\ud83d\ude00"),
                null));
    TokenRun.Answer answer =
        TokenRun.of(context, identities, NAME, "demo", REGION, "us-east-2").answer();
    assertThat(answer.url())
        .contains("X-Amz-Credential=AK%2BID%25%3D%3B%26~%2A%27%28%29%2F20250115%2F")
        .contains(
            "X-Amz-Security-Token=tok%E2%82%ACn%20a%3Bb%26c%3Dd%2520%2B~%2A%27%28%29%F0%9F%98%80&");
  }

  @Test
  void token_printedByAccident_isRedacted() {
    EksToken token = EksToken.of(Secret.of("https://example.invalid/"));
    assertThat(token.toString()).doesNotContain("k8s-aws-v1");
  }

  @Test
  void help_asRendered_saysWhatEverythingIsFor() {
    CommandLine commandLine = new CommandLine(new TokenCommand(context).spec());
    String help = commandLine.getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertThat(help)
        .contains("atmos aws eks token --cluster-name <name> --region <region> [options]")
        .contains("kubectl runs this command by itself")
        .contains("--cluster-id, --cluster-name=<name>")
        .contains("--token-only")
        .contains("--region=<region>")
        .contains("-i, --identity=<name>")
        .contains("  atmos aws eks update-kubeconfig --name my-cluster --region us-east-2")
        .contains("  atmos aws eks token --cluster-name demo --region us-east-2 -i dev-admin");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  /** Refused as a wrong command line, without having asked anybody for credentials. */
  private static AtmosException refused(FakeServices context, String... args) {
    FakeIdentities identities = new FakeIdentities(FakeIdentities.example(null, null));
    TokenRun run = TokenRun.of(context, identities, args);
    AtmosException failure = run.failure();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(identities.asked()).isEmpty();
    return failure;
  }

  private AtmosException refused(String... args) {
    return refused(context, args);
  }
}
