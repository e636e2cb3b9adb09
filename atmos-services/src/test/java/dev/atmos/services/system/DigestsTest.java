package dev.atmos.services.system;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import org.junit.jupiter.api.Test;

class DigestsTest {

  @Test
  void digestProvider_onThisJdk_namesTheJdksOwnClass() throws NoSuchAlgorithmException {
    Provider.Service own =
        requireNonNull(new DigestProvider().getService("MessageDigest", "SHA-256"));
    Provider.Service jdk =
        MessageDigest.getInstance("SHA-256").getProvider().getService("MessageDigest", "SHA-256");

    assertThat(own.getClassName()).isEqualTo(jdk.getClassName());
    assertThat(Digests.sha256().digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest());
    assertThat(new DigestProvider().getService("MessageDigest", "MD5")).isNull();
    assertThat(new DigestProvider().getService("Mac", "SHA-256")).isNull();
  }

  /** FIPS 180-4's example of one block. */
  @Test
  void sha256_ofTheStandardsExample_isItsDigest() {
    assertThat(Digests.sha256Hex("abc".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
