package dev.atmos.aws.eks.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.config.Region;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The signer of the AWS SDK says what a presigned URL has to be. */
final class PresignedUrlOracleTest {
  /** One thing to sign. */
  record Case(
      ClusterName cluster,
      Region region,
      boolean dualStack,
      String accessKeyId,
      String secret,
      @Nullable String sessionToken,
      UtcSecond time) {

    String host() {
      return StsHost.of(region, false, dualStack);
    }
  }

  @Property(tries = 5000)
  void url_versusSdk_hasTheSameParametersAndSignature(@ForAll("cases") Case it) {
    String ours =
        PresignedUrl.getCallerIdentity(
                it.host(),
                it.region(),
                it.cluster(),
                AwsCredentials.of(
                    it.accessKeyId(),
                    Secret.of(it.secret()),
                    it.sessionToken() == null ? null : Secret.of(it.sessionToken()),
                    null),
                it.time())
            .reveal();
    URI sdk = sdk(it);
    assertThat(ours).startsWith("https://" + sdk.getHost() + "/?");
    assertThat(parameters(ours.substring(ours.indexOf('?') + 1)))
        .isEqualTo(parameters(sdk.getRawQuery()));
  }

  private static Set<String> parameters(String query) {
    return new TreeSet<>(Arrays.asList(query.split("&", -1)));
  }

  private static URI sdk(Case it) {
    AwsCredentialsIdentity identity =
        it.sessionToken() == null
            ? AwsCredentialsIdentity.create(it.accessKeyId(), it.secret())
            : AwsSessionCredentialsIdentity.create(
                it.accessKeyId(), it.secret(), it.sessionToken());
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol("https")
            .host(it.host())
            .encodedPath("/")
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader("x-k8s-aws-id", it.cluster().text())
            .build();
    return AwsV4HttpSigner.create()
        .sign(sign ->
            sign.identity(identity)
                .request(request)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                .putProperty(AwsV4HttpSigner.REGION_NAME, it.region().text())
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(60))
                .putProperty(
                    HttpSigner.SIGNING_CLOCK,
                    Clock.fixed(Instant.ofEpochSecond(it.time().epochSecond()), ZoneOffset.UTC)))
        .request()
        .getUri();
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<ClusterName> clusters =
        Combinators.combine(
                Arbitraries.strings().alpha().numeric().ofLength(1),
                Arbitraries.strings().alpha().numeric().withChars("-_.").ofMaxLength(99))
            .as((first, rest) -> new ClusterName(first + rest));
    Arbitrary<Region> regions =
        Arbitraries.of(
                "us-east-1",
                "us-east-2",
                "eu-west-1",
                "us-gov-west-1",
                "cn-north-1",
                "ap-southeast-17",
                "xx-nowhere-9")
            .map(Region::new);
    Arbitrary<String> accessKeyIds =
        Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(128);
    // The SDK trims credentials; whoever reads ours from a file does that too.
    Arbitrary<String> secrets =
        Arbitraries.oneOf(
            texts(Arbitraries.strings().withCharRange(' ', '~')),
            texts(Arbitraries.strings().withCharRange('!', '~')),
            texts(Arbitraries.strings().withChars("%+/=~*!'(); &?#\"\\")),
            texts(Arbitraries.strings().withCharRange('\u00a1', '\ud7ff')),
            texts(Arbitraries.just("a\ud83d\ude00z").list().ofMaxSize(9).map(l -> l + "x")));
    Arbitrary<@Nullable String> sessionTokens = secrets.injectNull(0.3);
    Arbitrary<UtcSecond> times =
        Arbitraries.oneOf(
                Arbitraries.longs().between(0, 253_402_300_799L),
                Arbitraries.longs().between(1_700_000_000L, 2_000_000_000L))
            .map(UtcSecond::new);
    return Combinators.combine(
            clusters,
            regions,
            Arbitraries.of(true, false),
            accessKeyIds,
            secrets,
            sessionTokens,
            times)
        .as(Case::new);
  }

  private static Arbitrary<String> texts(Arbitrary<String> any) {
    return any.filter(text -> !text.isEmpty() && text.trim().equals(text));
  }
}
