package dev.atmos.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrivateUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://acme.awsapps.com/start",
        "http://localhost:8080/",
        "http://127.0.0.1",
        "http://127.1.2.3:1/a",
        "http://[::1]:1/a"
      })
  void address_withTlsOrOfThisMachine_isPrivate(String address) {
    assertThat(PrivateUrl.is(URI.create(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://acme.awsapps.com/start",
        "http://127.0.0.1.example.com/",
        "http://127.example.com/",
        "http://localhost.example.com/",
        "http://128.0.0.1/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://127.0.0.1/",
        "//127.0.0.1/"
      })
  void address_ofAnotherMachineWithoutTls_isNotPrivate(String address) {
    assertThat(PrivateUrl.is(URI.create(address))).isFalse();
  }
}
