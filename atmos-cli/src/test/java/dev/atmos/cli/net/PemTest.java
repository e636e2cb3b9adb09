package dev.atmos.cli.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.cli.net.Pem.Broken;
import dev.atmos.loopback.http.TestCertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PemTest {
  private static final String ONE = TestCertificateAuthority.create().pem();
  private static final String OTHER = TestCertificateAuthority.create().pem();

  static Stream<String> texts() {
    return Stream.of(
        ONE + OTHER,
        (ONE + OTHER).replace("\n", "\r\n"),
        "\uFEFF# a comment\nCN=One\n" + ONE + "\n\ngarbage \u0000 ---\n" + OTHER + "trailing",
        ONE.indent(2) + OTHER.indent(4),
        ONE
            + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
            + "-----BEGIN TRUSTED CERTIFICATE-----\nAAAA\n-----END TRUSTED CERTIFICATE-----\n"
            + OTHER,
        ONE.replace("CERTIFICATE", "X509 CERTIFICATE") + OTHER);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void certificates_ofAText_areAllFound(String text) throws CertificateException {
    assertThat(Pem.certificates(bytes(text), Broken.REFUSED)).hasSize(2).doesNotHaveDuplicates();
  }

  static Stream<String> broken() {
    return Stream.of(
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n!\u00FF====A\n-----END CERTIFICATE-----\n",
        ONE.substring(0, ONE.length() / 2) + "\n-----END CERTIFICATE-----\n",
        ONE.substring(0, ONE.length() / 2));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void certificate_thatIsBroken_isRefusedOrLeftOut(String text) throws CertificateException {
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> Pem.certificates(bytes(ONE + text), Broken.REFUSED))
        .withMessage("certificate 2 can't be read");
    assertThat(Pem.certificates(bytes(ONE + text), Broken.SKIPPED)).hasSize(1);
  }

  @Test
  void text_withoutCertificates_hasNone() throws CertificateException {
    for (String text : List.of("", "nothing", "-----BEGIN ", "-----BEGIN CERTIFICATE")) {
      assertThat(Pem.certificates(bytes(text), Broken.REFUSED)).isEmpty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
