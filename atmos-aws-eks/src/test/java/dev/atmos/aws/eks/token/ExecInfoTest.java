package dev.atmos.aws.eks.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExecInfoTest {
  private static final String V1 = "client.authentication.k8s.io/v1";
  private static final String V1BETA1 = "client.authentication.k8s.io/v1beta1";

  @ParameterizedTest
  @NullAndEmptySource
  void read_ofNothing_isV1beta1InSilence(@Nullable String variable) {
    assertThat(ExecInfo.read(variable)).isEqualTo(new ExecInfo(V1BETA1, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // As kubectl writes it, with its line feed.
        "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
            + "\"spec\":{\"interactive\":false}}\n",
        " \t\r\n{ \"apiVersion\" : \"client.authentication.k8s.io/v1\" } ",
        "{\"apiVersion\":\"client.authentication.k8s.io\\/v1\"}",
        "{\"\\u0061piVersion\":\"client.authentication.k8s.io/\\u00761\"}",
        "{\"apiVersion\":5,\"apiVersion\":\"client.authentication.k8s.io/v1\"}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"spec\":{\"apiVersion\":\"x\"}}",
        "{\"a\":[{\"apiVersion\":1}],\"apiVersion\":\"client.authentication.k8s.io/v1\"}",
      })
  void read_ofV1_isEchoed(String variable) {
    assertThat(ExecInfo.read(variable)).isEqualTo(new ExecInfo(V1, null));
  }

  @Test
  void read_ofV1beta1_isEchoed() {
    assertThat(ExecInfo.read("{\"apiVersion\":\"" + V1BETA1 + "\"}"))
        .isEqualTo(new ExecInfo(V1BETA1, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{not json",
        " ",
        "{",
        "}",
        "{}{}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\"} x",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\",}",
        "{'apiVersion':'client.authentication.k8s.io/v1'}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\"",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1",
        "\ufeff{\"apiVersion\":\"client.authentication.k8s.io/v1\"}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"x\":01}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"x\":nul}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\"}\u0000",
      })
  void read_ofMalformed_isV1beta1AndSaid(String variable) {
    assertThat(ExecInfo.read(variable))
        .isEqualTo(
            new ExecInfo(
                V1BETA1, "KUBERNETES_EXEC_INFO is not valid JSON; answering in " + V1BETA1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "true",
        "12",
        "{}",
        "\"client.authentication.k8s.io/v1\"",
        "[{\"apiVersion\":\"client.authentication.k8s.io/v1\"}]",
        "{\"apiVersion\":null}",
        "{\"apiVersion\":1}",
        "{\"apiVersion\":[\"client.authentication.k8s.io/v1\"]}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"apiVersion\":{}}",
        "{\"ApiVersion\":\"client.authentication.k8s.io/v1\"}",
        "{\"spec\":{\"apiVersion\":\"client.authentication.k8s.io/v1\"}}",
      })
  void read_withoutAVersion_isV1beta1AndSaid(String variable) {
    assertThat(ExecInfo.read(variable))
        .isEqualTo(
            new ExecInfo(
                V1BETA1, "KUBERNETES_EXEC_INFO names no apiVersion; answering in " + V1BETA1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1alpha1", "v9", "v2beta12"})
  void read_ofAnotherVersion_isV1beta1AndNamesIt(String version) {
    assertThat(ExecInfo.read("{\"apiVersion\":\"client.authentication.k8s.io/" + version + "\"}"))
        .isEqualTo(
            new ExecInfo(
                V1BETA1,
                "KUBERNETES_EXEC_INFO asks for client.authentication.k8s.io/"
                    + version
                    + "; answering in "
                    + V1BETA1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "client.authentication.k8s.io/",
        "client.authentication.k8s.io/v",
        "client.authentication.k8s.io/V1",
        "client.authentication.k8s.io/v1 ",
        "client.authentication.k8s.io/v1\\nsecond line",
        "client.authentication.k8s.io/v1\\u001b[31m",
        "client.authentication.k8s.io/v12345678901234567890",
        "something secret",
      })
  void read_ofAnythingElse_isV1beta1AndDoesNotRepeatIt(String version) {
    assertThat(ExecInfo.read("{\"apiVersion\":\"" + version + "\"}"))
        .isEqualTo(
            new ExecInfo(
                V1BETA1,
                "KUBERNETES_EXEC_INFO asks for an unknown apiVersion; answering in " + V1BETA1));
  }

  @Test
  void read_ofMoreThanAMebibyte_isV1beta1AndSaid() {
    String start = "{\"apiVersion\":\"" + V1 + "\"}";
    String full = start + " ".repeat((1 << 20) - start.length());
    assertThat(ExecInfo.read(full).apiVersion()).isEqualTo(V1);
    assertThat(ExecInfo.read(full + " ").apiVersion()).isEqualTo(V1BETA1);
    assertThat(ExecInfo.read(full + " ").complaint()).contains("not valid JSON");
  }

  @Test
  void read_ofADeepDocument_isRefusedWithoutAnOverflow() {
    String version = "{\"apiVersion\":\"" + V1 + "\",\"x\":";
    assertThat(ExecInfo.read(version + "[".repeat(99) + "]".repeat(99) + "}").apiVersion())
        .isEqualTo(V1);
    assertThat(ExecInfo.read(version + "[".repeat(100) + "]".repeat(100) + "}").apiVersion())
        .isEqualTo(V1BETA1);
    assertThat(ExecInfo.read("[".repeat(1 << 20)).apiVersion()).isEqualTo(V1BETA1);
  }
}
