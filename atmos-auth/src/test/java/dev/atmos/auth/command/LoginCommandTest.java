package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.session.FakeSessions;
import dev.atmos.services.system.KeyPress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginCommandTest {

  @Test
  void login_atATerminal_showsThePageAndWhatWasSignedInTo() {
    CommandRun run = CommandRun.unix().watched().env("NO_COLOR", "1");
    run.integrations.kubeconfig("dev", "/k");
    run.run(LoginCommand::new);
    assertThat(run.said())
        .isEqualTo(
            """
            To sign in to corp, open this in a browser:

                https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH

            and check that it shows the code ABCD-EFGH
            (where it asks for the code: https://corp.awsapps.com/start/#/device)

            EKS kubeconfig: dev
            use it: kubectl config
            Signed in: dev
              provider  corp
              account   111111111111
              as        Admin
              region    us-east-1
              expires   13:00 (1 h)
            """);
    assertThat(run.answered()).isEmpty();
    assertThat(run.exitCode).isZero();
  }

  @Test
  void login_ofWhoIsSignedIn_asksNobodyAndSetsUpWhatIsMissing() {
    CommandRun run = CommandRun.unix().live("dev").run(LoginCommand::new);
    assertThat(run.said()).startsWith("Signed in already: dev\n");
    assertThat(run.integrations.calls()).containsExactly("set up dev");
  }

  @ParameterizedTest
  @CsvSource({
    "dev, dev",
    "DEV, dev",
    "d, dev",
    "ops/eu west, ops/eu west",
    "-i|ops/eu west, ops/eu west",
    "--identity=d, dev",
    "--identity|dev, dev"
  })
  void login_ofAName_signsInToWhomItMeans(String words, String identity) {
    CommandRun run = CommandRun.unix().watched().run(LoginCommand::new, words.split("\\|", -1));
    assertThat(run.sessions.calls()).containsExactly("signIn " + identity);
  }

  @Test
  void login_withTheVariable_signsInToItsIdentity() {
    CommandRun run =
        CommandRun.unix().watched().env("ATMOS_IDENTITY", "ops/eu west").run(LoginCommand::new);
    assertThat(run.sessions.calls()).containsExactly("signIn ops/eu west");
  }

  @Test
  void login_ofALoneIdentity_needsNoMoreWords() {
    CommandRun run =
        CommandRun.over("auth: {identities: {only: {kind: mock/aws}}}")
            .watched()
            .run(LoginCommand::new);
    assertThat(run.sessions.calls()).containsExactly("signIn only");
  }

  @ParameterizedTest
  @CsvSource({"--provider=corp, corp", "--refresh, corp all", "--force, corp all"})
  void login_ofAProvider_listsWhatItOffers(String option, String list) {
    CommandRun run =
        CommandRun.over(
                "auth: {providers: {corp: {kind: aws/iam-identity-center, start_url:"
                    + " 'https://corp.awsapps.com/start', region: us-east-1}}}")
            .watched()
            .run(LoginCommand::new, option);
    assertThat(run.sessions.lists()).containsExactly(list);
  }

  @Test
  void login_ofALoneProvider_signsInToIt() {
    String yaml =
        """
        auth:
          providers:
            corp: {kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start, region: us-east-1}
        """;
    CommandRun run = CommandRun.over(yaml).watched().run(LoginCommand::new);
    assertThat(run.sessions.calls()).containsExactly("signInToProvider corp");
    assertThat(run.said()).endsWith("Signed in: corp\n  expires  13:00 (1 h)\n");
  }

  @Test
  void login_ofAProvider_isFoundInAnyCase() {
    CommandRun run = CommandRun.unix().watched().run(LoginCommand::new, "--provider", "CORP");
    assertThat(run.sessions.calls()).containsExactly("signInToProvider corp");
    assertThat(run.integrations.calls()).isEmpty();
    CommandRun word = CommandRun.unix().watched().run(LoginCommand::new, "CORP");
    assertThat(word.sessions.calls()).containsExactly("signInToProvider corp");
  }

  @Test
  void login_withABareIdentity_hasSomebodyPick() {
    CommandRun run = CommandRun.unix().atTerminal();
    run.context.terminal().press(KeyPress.text("eu"), KeyPress.of(KeyPress.Kind.ENTER));
    run.run(LoginCommand::new, "--identity");
    assertThat(run.sessions.calls()).containsExactly("signIn ops/eu west");
    assertThat(run.context.terminal().shown())
        .contains(
            "> dev          Admin in 111111111111, aws/permission-set via corp, alias d, ...");
  }

  @Test
  void login_amongSeveralWithoutADefault_hasSomebodyPick() {
    CommandRun run =
        CommandRun.over(CommandRun.TWO.replace("default: true", "default: false")).atTerminal();
    run.context.terminal().press(KeyPress.of(KeyPress.Kind.DOWN), KeyPress.of(KeyPress.Kind.ENTER));
    run.run(LoginCommand::new);
    assertThat(run.sessions.calls()).containsExactly("signIn ops/eu west");
  }

  @Test
  void login_thatIsGivenUp_isInterrupted() {
    CommandRun run = CommandRun.unix().atTerminal();
    run.context.terminal().press(KeyPress.of(KeyPress.Kind.CANCEL));
    assertThat(run.failure(LoginCommand::new, "--identity"))
        .isEqualTo("INTERRUPTED no identity was picked");
  }

  @Test
  void login_byTag_signsInToTheOneThatHasIt() {
    CommandRun run = CommandRun.unix().watched().run(LoginCommand::new, "--tags", "EU,none");
    assertThat(run.sessions.calls()).containsExactly("signIn dev");
  }

  @Test
  void login_byATagOfSeveral_asksOrSaysWhatToType() {
    assertThat(CommandRun.unix().watched().failure(LoginCommand::new, "--tags", "prod"))
        .isEqualTo(
            "USAGE several identities have one of these tags: dev, ops/eu west | say which:"
                + " --identity NAME; or sign in to all of them: --all");
    CommandRun run = CommandRun.unix().atTerminal();
    run.context.terminal().press(KeyPress.of(KeyPress.Kind.DOWN), KeyPress.of(KeyPress.Kind.ENTER));
    run.run(LoginCommand::new, "--tags", "prod");
    assertThat(run.sessions.calls()).containsExactly("signIn ops/eu west");
  }

  @Test
  void login_toAll_isNotKeptByOneThatIsRefused() {
    CommandRun run = CommandRun.unix().watched().live("dev").live("here").live("base");
    run.sessions.denied("ops/eu west");
    run.run(LoginCommand::new, "--all");
    assertThat(run.sessions.calls())
        .containsExactly("silent dev", "silent ops/eu west", "silent here", "silent base");
    assertThat(run.said())
        .isEqualTo(
            """
            atmos: warning: identity 'ops/eu west' isn't allowed
            Signed in to 3 of 4 identities:
              dev          until 13:00 (1 h)
              ops/eu west  failed
              here         until 13:00 (1 h)
              base         until 13:00 (1 h)
            """);
    assertThat(run.exitCode).isEqualTo(5);
  }

  @Test
  void login_toAll_asksOnceForAProvider_andSignsInToTheRestAtTheSameTime() {
    CommandRun run = CommandRun.unix().watched();
    run.run(LoginCommand::new, "--all", "--tags", "prod");
    assertThat(run.sessions.calls())
        .containsExactly(
            "silent dev",
            "silent ops/eu west",
            "signIn dev",
            "silent ops/eu west",
            "signIn ops/eu west");
    assertThat(
            CommandRun.unix()
                .watched()
                .run(LoginCommand::new, "--all", "--tags", "prod", "--force")
                .sessions
                .calls())
        .containsExactly("signIn dev force", "signIn ops/eu west");
  }

  @Test
  void login_toAll_withoutAUser_asksForNoProviderTwice() {
    CommandRun run = CommandRun.unix().live("here").live("base");
    run.run(LoginCommand::new, "--all");
    assertThat(run.sessions.calls()).doesNotContain("signIn ops/eu west").contains("signIn dev");
    assertThat(run.said()).contains("Signed in to 2 of 4 identities:");
    assertThat(run.exitCode).isEqualTo(4);
  }

  @Test
  void login_toAll_skipsWhatCantBeUsedHere() {
    CommandRun run =
        CommandRun.over(
                """
                auth:
                  providers: {gh: {kind: github/oidc}}
                  identities:
                    ci:
                      kind: aws/assume-role
                      via: {provider: gh}
                      principal: {assume_role: "arn:aws:iam::222222222222:role/Ci"}
                    here: {kind: aws/ambient}
                """)
            .live("here");
    run.run(LoginCommand::new, "--all");
    assertThat(run.said())
        .isEqualTo(
            """
            Signed in to 1 of 2 identities:
              ci    skipped: this is not a job of GitHub Actions with permissions: id-token: write
              here  until 13:00 (1 h)
            """);
    assertThat(run.exitCode).isZero();
  }

  @Test
  void integration_thatBelongsToNobody_isAWarning() {
    CommandRun run =
        CommandRun.over(
                """
                auth:
                  identities: {here: {kind: aws/ambient}}
                  integrations:
                    typo: {kind: aws/eks, via: {identity: her}, spec: {cluster: {name: a, region: us-east-1}}}
                    none: {kind: aws/eks, spec: {cluster: {name: a, region: us-east-1}}}
                """)
            .live("here");
    run.run(LoginCommand::new);
    assertThat(run.said())
        .contains(
            "atmos: warning: atmos.yaml:4:", "'her', which is not configured; did you mean here?")
        .contains("atmos: warning: atmos.yaml:5:")
        .contains("Signed in already: here\n");
    assertThat(run.exitCode).isZero();
  }

  @Test
  void login_toAllOfATag_leavesTheOthers() {
    CommandRun run =
        CommandRun.unix()
            .live("dev")
            .live("ops/eu west")
            .run(LoginCommand::new, "--all", "--tags", "prod");
    assertThat(run.sessions.calls()).containsExactly("silent dev", "silent ops/eu west");
    assertThat(run.exitCode).isZero();
  }

  @Test
  void login_inJson_answersOnStandardOutput() {
    CommandRun run = CommandRun.unix().live("dev");
    run.integrations.kubeconfig("dev", "/k");
    run.run(LoginCommand::new, "--output", "json");
    assertThat(run.answered())
        .containsSubsequence(
            "\"identity\": \"dev\"",
            "\"provider\": \"corp\"",
            "\"account\": \"111111111111\"",
            "\"principal\": \"Admin\"",
            "\"region\": \"us-east-1\"",
            "\"expiration\": \"2025-01-15T13:00:00Z\"",
            "\"signed_in\": false",
            "\"name\": \"dev/eks\"")
        .doesNotContain("ASIA", FakeSessions.SECRET);
    assertThat(run.said()).doesNotContain("Signed in");
  }

  @Test
  void login_whoseIntegrationFails_isAWarning() {
    CommandRun run = CommandRun.unix().live("dev");
    run.integrations.kubeconfig("dev", "/k").broken();
    run.run(LoginCommand::new);
    assertThat(run.exitCode).isZero();
    assertThat(run.said())
        .startsWith(
            "atmos: warning: integration 'dev/eks' is not set up: no network; to try again: atmos"
                + " aws eks update-kubeconfig\nSigned in already: dev\n");
  }

  @Test
  void login_withoutABrowser_printsAlsoWhereNobodyWatches() {
    CommandRun run = CommandRun.unix().env("BROWSER", "ff").program("ff", "/bin/ff");
    run.run(LoginCommand::new, "--no-browser", "--force");
    assertThat(run.sessions.calls()).containsExactly("signIn dev force");
    assertThat(run.said()).contains("user_code=ABCD-EFGH");
    assertThat(run.context.processes().launches()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CI", "GITHUB_ACTIONS", "BUILDKITE"})
  void login_inAPipeline_asksNobody(String variable) {
    assertThat(CommandRun.unix().atTerminal().env(variable, "true").failure(LoginCommand::new))
        .isEqualTo(
            "SIGN_IN_REQUIRED signing in to 'corp' needs a browser and a terminal | run it in a"
                + " terminal; or with --no-browser, which prints the address and waits");
  }

  @Test
  void failures_sayWhatToType() {
    Map<List<String>, String> cases =
        Map.of(
            List.of("dev", "--identity", "dev"),
            "USAGE both 'dev' and --identity name an identity | leave one of them out",
            List.of("dev", "--provider", "corp"),
            "USAGE a name, --provider, and --tags or --all don't go together | use one of them",
            List.of("--provider", "crop"),
            "USAGE unknown provider 'crop' | did you mean corp?",
            List.of("--provider", ""),
            "USAGE --provider is empty | name one: --provider NAME",
            List.of("--tags", ","),
            "USAGE --tags has no tag | say which: --tags TAG,TAG",
            List.of("--tags", "nope"),
            "USAGE no identity has the tag nope | tags in use: prod, eu",
            List.of("nobody"),
            "USAGE unknown identity 'nobody' | configured: dev, ops/eu west, here, base",
            List.of("--identity"),
            "USAGE picking the identity from a list needs a terminal | name one: --identity NAME",
            List.of("-o", "yaml"),
            "USAGE --output must be text or json, not 'yaml'");
    cases.forEach((words, failure) ->
        assertThat(CommandRun.unix().failure(LoginCommand::new, words.toArray(String[]::new)))
            .isEqualTo(failure));
  }

  @Test
  void login_whereIdentitiesAreTurnedOff_saysSo() {
    assertThat(CommandRun.unix().env("ATMOS_IDENTITY", "off").failure(LoginCommand::new))
        .isEqualTo(
            "USAGE ATMOS_IDENTITY=off turns identities off, and this command needs one | name one:"
                + " --identity NAME");
  }
}
