package dev.atmos.loopback.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.kubernetes.TokenVectors.Vector;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verifier against tokens that it had no part in making. */
class TokenVectorsTest {

  static List<Vector> usable() {
    return TokenVectors.all().stream().filter(Vector::isUsable).toList();
  }

  private static TokenVerifier verifier(Vector vector) {
    String host = vector.text("host");
    Partition partition =
        host.equals("sts.amazonaws.com")
            ? Partition.AWS
            : Partition.ofRegion(host.split("\\.", -1)[1]);
    return new TokenVerifier(partition, null, Clock.fixed(vector.time(), ZoneOffset.UTC));
  }

  @Test
  void vectors_areAllThere() {
    assertThat(TokenVectors.all()).hasSize(64);
    assertThat(usable()).hasSize(61);
    assertThat(TokenVectors.all())
        .allSatisfy(vector -> assertThat(vector.text("ours")).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("usable")
  void verify_withATokenOfTheAwsCli_readsWhatItSays(Vector vector) {
    VerifiedToken token = verifier(vector).verify(vector.text("token"));

    assertThat(token.url()).isEqualTo(vector.text("decoded_url"));
    assertThat(token.host()).isEqualTo(vector.text("host"));
    assertThat(token.accessKeyId()).isEqualTo(vector.text("inputs", "access_key_id"));
    assertThat(token.signedAt()).isEqualTo(vector.time());
    assertThat(token.acceptedUntil()).isEqualTo(vector.time().plusSeconds(900));
    assertThat(token.expiresSeconds()).isEqualTo(60);
    assertThat(token.signedHeaders()).containsExactly("host", "x-k8s-aws-id");
    assertThat(token.signature()).isEqualTo(vector.text("signature"));
    assertThat(Optional.ofNullable(token.sessionToken()))
        .isEqualTo(vector.optional("inputs", "session_token"));
  }

  @ParameterizedTest
  @MethodSource("usable")
  void verifySignature_withATokenOfTheAwsCli_acceptsItForItsClusterOnly(Vector vector) {
    TokenVerifier verifier = verifier(vector);
    VerifiedToken token = verifier.verify(vector.text("token"));
    String name = vector.text("inputs", "identifier");

    verifier.verifySignature(token, name, id -> Optional.of(vector.secret()));

    InvalidTokenException otherCluster =
        catchThrowableOfType(
            InvalidTokenException.class,
            () -> verifier.verifySignature(token, name + "x", id -> Optional.of(vector.secret())));
    InvalidTokenException otherSecret =
        catchThrowableOfType(
            InvalidTokenException.class,
            () -> verifier.verifySignature(token, name, id -> Optional.of(vector.secret() + "x")));
    assertThat(otherCluster.rule()).isEqualTo("N24");
    assertThat(otherSecret.rule()).isEqualTo("N24");
  }

  @Test
  void verify_withATokenThatIsTooLong_isN1() {
    Vector vector = TokenVectors.byId("st/long-2300");

    InvalidTokenException refused =
        catchThrowableOfType(
            InvalidTokenException.class, () -> verifier(vector).verify(vector.text("token")));

    assertThat(refused.rule()).isEqualTo("N1");
  }
}
