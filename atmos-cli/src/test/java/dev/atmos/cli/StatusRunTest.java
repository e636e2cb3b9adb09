package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Status, prompt and the chosen identity, at a stand-in for AWS. */
class StatusRunTest {
  @RegisterExtension final CorpCenter corp = new CorpCenter();

  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://corp.awsapps.com/start
            region: us-east-1
          ci: {kind: github/oidc}
        identities:
          dev:
            kind: aws/permission-set
            default: true
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}}
          prod:
            kind: aws/assume-role
            via: {identity: dev}
            principal: {assume_role: "arn:aws:iam::222222222222:role/Deploy"}
          job:
            kind: aws/assume-role
            via: {provider: ci}
            principal: {assume_role: "arn:aws:iam::222222222222:role/Deploy"}
          here: {kind: aws/ambient}
      """;

  private AtmosRun atmos() {
    return corp.connect(
        View.UNIX
            .atmos()
            .file("atmos.yaml", CONFIGURATION)
            .env("LANG", "en_US.UTF-8")
            .program("atmos", "bin/atmos"));
  }

  private static String says(AtmosRun.Result result) {
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stdout()).isEmpty();
    return result.stderr();
  }

  @Test
  void identities_thatAProviderOffers_comeAfterThoseOfTheUser() {
    AtmosRun atmos = atmos();
    atmos.file(
        "atmos.yaml",
        CONFIGURATION.replace(
            "region: us-east-1", "region: us-east-1\n" + "      auto_provision_identities: true"));
    assertThat(atmos.run("auth", "login", "dev", "--no-browser").exitCode()).isZero();

    String status = atmos.run("auth", "status").answer();

    String names = status.substring(status.indexOf("Identities\n"));
    assertThat(names.lines().skip(1).map(line -> List.of(line.strip().split(" +", -1)).get(1)))
        .startsWith("dev", "prod", "job", "here")
        .hasSizeGreaterThan(4);
  }

  @Test
  void status_beforeAndAfterASignIn_tellsWhatIsThereAndWhatToType() {
    AtmosRun atmos = atmos();
    String unusable =
        "not usable here: this is not a job of GitHub Actions with permissions: id-token: write";
    assertThat(atmos.run("auth", "status").answer())
        .isEqualTo(
            """
            Sign-ins
              ✗  corp  not signed in; run: atmos auth login --provider corp
              -  ci    %1$s

            Identities
              ✗  dev (default)  Admin in 111111111111                  needs a sign-in; run: atmos auth login dev
              ✗  prod           arn:aws:iam::222222222222:role/Deploy  needs a sign-in; run: atmos auth login prod
              -  job                                                   %1$s
              -  here                                                  has the credentials of the environment
            """
                .formatted(unusable));
    assertThat(atmos.run("auth", "status", "--prompt").answer()).isEqualTo("dev:signed-out\n");

    assertThat(atmos.run("auth", "login", "dev", "--no-browser").exitCode()).isZero();

    assertThat(atmos.run("auth", "status").answer())
        .contains(
            "✓  corp  signed in; renews by itself until your organization's session ends (signed in"
                + " 12:00)",
            "✓  dev (default)  Admin in 111111111111                  credentials until 13:00 (1"
                + " h)",
            "✓  prod           arn:aws:iam::222222222222:role/Deploy  gets credentials when it is");
    assertThat(atmos.run("auth", "status", "-o", "json").answer())
        .contains(
            "\"identity_source\": \"default\"",
            "\"signed_in_at\": \"2025-01-15T12:00:00Z\"",
            "\"state\": \"unavailable\"");
    assertThat(atmos.run("auth", "status", "--prompt").answer()).isEqualTo("dev\n");
    assertThat(atmos.run("auth", "list", "-f", "table").answer())
        .contains("TAGS  SIGN-IN\n", "-     signed in, renews by itself\n");

    assertThat(atmos.run("auth", "logout", "--provider", "corp").exitCode()).isZero();
    assertThat(atmos.run("auth", "status", "--prompt").answer()).isEqualTo("dev:signed-out\n");
  }

  @Test
  void chosenIdentity_countsForPeopleAndNotForPrograms() {
    AtmosRun atmos = atmos();
    assertThat(atmos.run("auth", "login", "dev", "--no-browser").exitCode()).isZero();
    assertThat(says(atmos.run("auth", "use", "PROD")))
        .isEqualTo("Your identity in /project is now prod\n");

    assertThat(atmos.run("auth", "whoami").answer()).startsWith("identity   prod\n");
    assertThat(atmos.run("auth", "status").answer()).contains("prod (chosen)");
    assertThat(atmos.run("auth", "status", "--prompt").answer()).isEqualTo("prod\n");
    assertThat(atmos.run("auth", "whoami", "dev").answer()).startsWith("identity   dev\n");
    atmos.env("ATMOS_IDENTITY", "dev");
    assertThat(atmos.run("auth", "whoami").answer()).startsWith("identity   dev\n");
    assertThat(says(atmos.run("auth", "use", "prod"))).contains("ATMOS_IDENTITY=dev is set");
    atmos.env("ATMOS_IDENTITY", "");

    String unnamed = atmos.run("auth", "credential-process").answer();
    String dev = corp.credentials(atmos, "dev").key().id();
    assertThat(unnamed).contains(dev);
    assertThat(atmos.token().keyId()).isEqualTo(dev);
  }

  @Test
  void use_backAndUnset_goesBackAndForgets() {
    AtmosRun atmos = atmos();
    assertThat(atmos.run("auth", "use", "-").stderr())
        .isEqualTo(
            "atmos: no identity was used before in this project; name one: atmos auth use NAME\n");
    atmos.run("auth", "use", "prod");
    assertThat(atmos.run("auth", "use", "-").stderr())
        .isEqualTo(
            "atmos: no identity was used before 'prod'; for the configuration's default: atmos auth"
                + " use --unset\n");
    atmos.run("auth", "use", "here");
    assertThat(says(atmos.run("auth", "use", "-"))).contains("is now prod\n");
    assertThat(says(atmos.run("auth", "use", "-"))).contains("is now here\n");
    assertThat(says(atmos.run("auth", "use", "--unset")))
        .isEqualTo("No identity is chosen in /project; the configuration's default counts\n");
    assertThat(atmos.run("auth", "status").answer()).contains("dev (default)");
    assertThat(says(atmos.run("auth", "use", "-"))).contains("is now here\n");
    assertThat(atmos.run("auth", "use", "nobody").exitCode()).isEqualTo(2);
    assertThat(atmos.run("auth", "use").stderr()).contains("needs a terminal");
  }

  @Test
  void chosenIdentity_belongsToAProjectAndARealm() {
    AtmosRun atmos = atmos();
    atmos.run("auth", "use", "prod");
    atmos.env("ATMOS_AUTH_REALM", "other");
    assertThat(atmos.run("auth", "status").answer()).contains("dev (default)");
    atmos.env("ATMOS_AUTH_REALM", "");
    atmos.file("atmos.yaml", CONFIGURATION.replace("prod:", "production:"));
    assertThat(atmos.run("auth", "whoami").stderr())
        .isEqualTo(
            "atmos: identity 'prod', which you have chosen, isn't configured; choose another: atmos"
                + " auth use NAME; or none: atmos auth use --unset\n");
    assertThat(atmos.run("auth", "status", "--prompt").answer()).isEmpty();
  }

  @Test
  void prompt_whereNothingCanBeSaid_isEmptyAndQuiet() {
    for (String text : new String[] {"", "auth: [", "auth: {identities: {a: {}, b: {}}}"}) {
      AtmosRun atmos = View.UNIX.atmos().file("atmos.yaml", text);
      assertThat(atmos.run("auth", "status", "--prompt").answer()).as(text).isEmpty();
    }
    AtmosRun off = atmos().env("ATMOS_IDENTITY", "false");
    assertThat(off.run("auth", "status", "--prompt").answer()).isEmpty();
  }
}
