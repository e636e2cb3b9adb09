package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An identity that signs with keys of its own file may use any host, but takes nothing there that
 * the user has approved for a host of AWS.
 */
final class OwnKeysRunTest extends UntrustedProject {
  private static final String FILE = "/project/atmos.yaml";
  private static final String APPROVED = "approved-for-aws";
  private static final String HOST = "send something to a host that isn't one of AWS's";

  @BeforeEach
  void haveValues() {
    atmos
        .keys()
        .env("CUSTOMER", APPROVED)
        .command("get-customer", APPROVED)
        .file("customer.yaml", APPROVED);
  }

  private static String role(String source, String value, String spec) {
    return user("")
        + """
            keys:
              kind: aws/user
              credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: x}
            dev:
              kind: aws/assume-role
              via: {identity: %s}
              principal:
                assume_role: arn:aws:iam::222222222222:role/Deploy
                %s
        """
            .formatted(source, value)
        + spec;
  }

  private void trust() {
    AtmosRun.Result trusted = atmos.run("config", "trust", "--yes");
    assertThat(trusted.exitCode()).as(trusted.stderr()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "external_id: !env CUSTOMER",
        "external_id: !exec get-customer",
        "session_name: !env CUSTOMER",
        "source_identity: !env CUSTOMER",
        "session_tags: {customer: !env CUSTOMER }",
        "session_tags: {customer: !exec get-customer }",
        "transitive_tag_keys: [!env CUSTOMER ]",
      })
  void approvedValue_onceTheIdentitySignsWithKeysOfTheFile_goesToNoOtherHost(String value) {
    String endpoint = "      spec: {endpoint_url: \"http://127.0.0.1:9\"}\n";
    atmos.file("atmos.yaml", role("ci", value, ""));
    trust();
    AtmosRun.Result before = atmos.run("auth", "credential-process", "-i", "dev");
    assertThat(before.stderr()).as("is not refused").doesNotContain("not trusted");
    int connections = atmos.machine().connections().size();

    atmos.file("atmos.yaml", role("keys", value, endpoint));

    atmos.token("-i", "dev").failedSaying(2, FILE + ":", HOST);
    assertThat(atmos.machine().connections()).hasSize(connections);
    assertThat(atmos.run("auth", "validate").stderr() + atmos.run("auth", "validate").stdout())
        .contains(HOST);
    assertThat(atmos.run("config", "trust").stderr()).contains("http://127.0.0.1:9");
  }

  @Test
  void literalValue_ofAnIdentityThatSignsWithKeysOfTheFile_goesToAnyHost() {
    String endpoint = "      spec: {endpoint_url: \"http://127.0.0.1:9\"}\n";
    atmos.file("atmos.yaml", role("keys", "external_id: acme", endpoint));

    atmos.token("-i", "dev").failedSaying(6, "can't connect to 127.0.0.1");
    assertThat(atmos.run("config", "trust").stderr()).isEqualTo("Nothing here needs your trust.\n");
  }

  @Test
  void value_ofAnotherFileThatIsPutOverOne_goesToNoOtherHost() {
    atmos
        .file(
            "/home/dev/.config/atmos/atmos.yaml",
            "auth: {identities: {dev: {kind: aws/assume-role, env: {STAGE: dev}}}}\n")
        .file(
            "atmos.yaml",
            role(
                "keys",
                "external_id: acme",
                "      spec: {endpoint_url: \"http://127.0.0.1:9\"}\n"));

    atmos.token("-i", "dev").failedSaying(2, FILE + ":", HOST);
    assertThat(atmos.run("config", "trust", "--yes").stderr()).contains("http://127.0.0.1:9");
    atmos.token("-i", "dev").failedSaying(6, "can't connect to 127.0.0.1");
  }

  @Test
  void host_thatWasApprovedForOtherValues_isAskedAboutAgainOnceAnApprovedOneMovesIn() {
    String endpoint = "      spec: {endpoint_url: \"http://127.0.0.1:9\"}\n";
    atmos.file("atmos.yaml", role("ci", "external_id: !env CUSTOMER", ""));
    trust();
    atmos.file("atmos.yaml", role("ci", "external_id: acme", endpoint));
    trust();

    atmos.file("atmos.yaml", role("ci", "external_id: !env CUSTOMER", endpoint));

    int connections = atmos.machine().connections().size();
    atmos.token("-i", "dev").failedSaying(2, FILE + ":", "has changed since you trusted it");
    assertThat(atmos.machine().connections()).hasSize(connections);
    assertThat(atmos.run("config", "trust").stderr()).contains("http://127.0.0.1:9", "CUSTOMER");
  }
}
