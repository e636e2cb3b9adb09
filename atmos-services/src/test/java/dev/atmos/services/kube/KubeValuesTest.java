package dev.atmos.services.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.kube.ExecPlugin.InteractiveMode;
import dev.atmos.services.kube.ExecPlugin.Variable;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeValuesTest {
  private static final String ARN = "arn:aws:eks:us-east-2:111122223333:cluster/demo";
  private static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ExecPlugin exec() {
    return new ExecPlugin(
        ExecPlugin.V1BETA1, "atmos", List.of("a"), List.of(), null, InteractiveMode.NEVER);
  }

  private static ClusterAccess access(
      String server, @Nullable String identity, @Nullable String alias) {
    return new ClusterAccess(
        ClusterArn.parse(ARN),
        server,
        new ClusterCertificate(base64(CERTIFICATE)),
        identity,
        alias,
        null,
        null,
        exec());
  }

  @Test
  void arn_ofACluster_isReadAndWritten() {
    ClusterArn arn = ClusterArn.parse(ARN);

    assertThat(arn).isEqualTo(new ClusterArn("aws", "us-east-2", "111122223333", "demo"));
    assertThat(arn).hasToString(ARN);
    assertThat(ClusterArn.find(ARN)).contains(arn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "arn:aws:eks:us-east-2:111122223333:nodegroup/demo",
        "arn:aws:ecs:us-east-2:111122223333:cluster/demo",
        "arn:aws:eks:us-east-2:111122223333:cluster/",
        "arn:aws:eks:us-east-2:111122223333:cluster/-demo",
        "arn:aws:eks:us-east-2:111122223333:cluster/de:mo",
        "arn:aws:eks:us-east-2:11112222333:cluster/demo",
        "arn:aws:eks::111122223333:cluster/demo",
        "arn:gcp:eks:us-east-2:111122223333:cluster/demo",
        "arn:aws:eks:cn-north-1:111122223333:cluster/demo",
        "arn:aws-cn:eks:us-east-2:111122223333:cluster/demo",
        "arn:aws-new:eks:us-gov-west-1:111122223333:cluster/demo",
        "arn:aws:eks:us-east-2:111122223333:cluster/demo\n",
      })
  void arn_ofAnotherForm_isRefused(String text) {
    assertThat(ClusterArn.find(text)).isEmpty();
    assertThatThrownBy(() -> ClusterArn.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws-cn:eks:cn-north-1:111122223333:cluster/demo",
        "arn:aws-us-gov:eks:us-gov-west-1:111122223333:cluster/demo",
        "arn:aws-iso-b:eks:us-isob-east-1:111122223333:cluster/demo",
        "arn:aws-new:eks:us-new-west-1:111122223333:cluster/demo",
      })
  void arn_ofAnotherPartition_isRead(String text) {
    assertThat(ClusterArn.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"0600, 384", "600, 384", "0o640, 416", "0640, 416"})
  void mode_inOctal_isRead(String text, int bits) {
    assertThat(FileMode.parse(text).bits()).isEqualTo(bits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "0602", "0666", "777", "0400", "0060", "1600", "0680", "-600"})
  void mode_thatIsNoneOrDangerous_isRefused(String text) {
    assertThatThrownBy(() -> FileMode.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mode_printed_isOctal() {
    assertThat(FileMode.PRIVATE).hasToString("0600");
  }

  @Test
  void certificateAuthority_ofTwoCertificates_isTaken() {
    String data = base64(CERTIFICATE + CERTIFICATE);
    assertThat(new ClusterCertificate(data).data()).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not base64",
        "aGVsbG8=",
        "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIK",
        "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQ=="
      })
  void certificateAuthority_withoutAWholeCertificate_isRefused(String data) {
    assertThatThrownBy(() -> new ClusterCertificate(data))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://example.com",
        "https://",
        "example.com",
        "https://user@example.com",
        "https://example.com?a",
        "https://example.com#a",
        "https://example.com/\n",
        "https://exa mple.com"
      })
  void server_thatIsNoHttpsUrl_isRefused(String server) {
    assertThatThrownBy(() -> access(server, "dev", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u0000", "\u001b[31m", "\u202e", "\ud800", "\u2028"})
  void name_withWhatCantBeSeen_isRefused(String name) {
    assertThatThrownBy(() -> access("https://example.com", name, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> access("https://example.com", null, name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Variable(name, "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KubeconfigTarget(name, null, FileMode.PRIVATE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void name_inAnyScript_isTaken() {
    assertThat(access("https://example.com:8443/a", "core/d\u00e9v-\ud83d\ude80", "y").identity())
        .isEqualTo("core/d\u00e9v-\ud83d\ude80");
  }

  @Test
  void exec_thatKubectlWouldNotTake_isRefused() {
    List<Variable> twice = List.of(new Variable("A", "1"), new Variable("A", "2"));
    assertThatThrownBy(
            () -> new ExecPlugin("v1", "atmos", List.of(), List.of(), null, InteractiveMode.NEVER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new ExecPlugin(ExecPlugin.V1, "", List.of(), List.of(), null, InteractiveMode.NEVER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new ExecPlugin(ExecPlugin.V1, "a", List.of(), twice, null, InteractiveMode.NEVER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Variable("A=B", "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void removal_ofOneIdentity_matchesThatOneOfThatCluster() {
    ClusterArn arn = ClusterArn.parse(ARN);

    assertThat(ClusterRemoval.of("demo", "us-east-2", "dev").matches(arn, "dev")).isTrue();
    assertThat(ClusterRemoval.of("demo", "us-east-2", "dev").matches(arn, null)).isFalse();
    assertThat(ClusterRemoval.of("demo", "us-east-2", null).matches(arn, null)).isTrue();
    assertThat(ClusterRemoval.of("demo", "us-east-2", null).matches(arn, "dev")).isFalse();
    assertThat(ClusterRemoval.of("demo", "us-east-1", "dev").matches(arn, "dev")).isFalse();
    assertThat(ClusterRemoval.of("emo", "us-east-2", "dev").matches(arn, "dev")).isFalse();
    assertThat(new ClusterRemoval("demo", "us-east-2", null, true, null).matches(arn, "a"))
        .isTrue();
    assertThat(
            new ClusterRemoval("demo", "us-east-2", "444455556666", true, null).matches(arn, "a"))
        .isFalse();
  }

  @Test
  void plan_printed_saysWhatChangesAndNoContent() {
    Path path = Path.of("config");
    KubeconfigPlan plan =
        new KubeconfigPlan(
            List.of(
                new FileChange(
                    path,
                    false,
                    List.of(
                        new EntryChange(Action.ADD, Kind.CONTEXT, "dev", List.of()),
                        new EntryChange(Action.CHANGE, Kind.CLUSTER, ARN, List.of("server"))),
                    Secret.of("token: CANARY"))),
            List.of(),
            null,
            "dev",
            List.of());

    assertThat(plan.lines())
        .containsExactly(
            "add context \"dev\" in config", "change cluster \"" + ARN + "\" (server) in config");
    assertThat(plan.toString()).doesNotContain("CANARY");
    assertThat(plan.isEmpty()).isFalse();
  }
}
