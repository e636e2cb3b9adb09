package dev.atmos.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.ClockSkew;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.utils.IoUtils;

/**
 * Calls a {@link JsonOperation}, over the client and with the signer that the SDK's clients use.
 */
final class JsonCall {
  private static final String BODY = "{}";

  private final Services services;
  private final SdkHttpClient http;
  private final AwsLimits limits;

  JsonCall(Services services, SdkHttpClient http, AwsLimits limits) {
    this.services = services;
    this.http = http;
    this.limits = limits;
  }

  /**
   * The answer's values by their names; tries again, as often as the limits say, where that may
   * help.
   */
  Map<String, Secret> answer(
      URI uri, JsonOperation operation, String region, AwsCredentials credentials) {
    Duration pause = limits.pause();
    for (int attempt = 1; ; attempt++) {
      Optional<ClockSkew> skew = services.clockSkew();
      boolean last = attempt >= limits.attempts();
      try {
        return once(uri, operation, region, credentials);
      } catch (AwsServiceException e) {
        boolean corrected = !skew.equals(services.clockSkew());
        if (last || !(corrected || e.isThrottlingException() || e.statusCode() >= 500)) {
          throw e;
        }
        pause = e.isThrottlingException() ? pause.plus(pause) : pause;
      } catch (IOException e) {
        if (last) {
          throw SdkClientException.create("no answer", e);
        }
      }
      services.sleeper().pause(pause);
      pause = pause.plus(pause);
    }
  }

  private Map<String, Secret> once(
      URI uri, JsonOperation operation, String region, AwsCredentials credentials)
      throws IOException {
    SdkHttpRequest request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(uri)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("Content-Length", Integer.toString(BODY.length()))
            .putHeader("X-Amz-Target", operation.name())
            .putHeader("User-Agent", AwsClients.userAgent())
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(credentials)
                    .request(request)
                    .payload(
                        () -> new ByteArrayInputStream(BODY.getBytes(StandardCharsets.US_ASCII)))
                    .putProperty(
                        AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, operation.signingName())
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, services.clock()));
    HttpExecuteResponse response =
        http.prepareRequest(
                HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(signed.payload().orElseThrow())
                    .build())
            .call();
    byte[] content =
        response.responseBody().isPresent()
            ? IoUtils.toByteArray(response.responseBody().get())
            : new byte[0];
    if (!response.httpResponse().isSuccessful()) {
      throw refusal(response.httpResponse(), content);
    }
    return values(content);
  }

  private static Map<String, Secret> values(byte[] content) {
    Map<String, Secret> values = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(content)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String name = token.isScalarValue() ? parser.currentName() : null;
        if (name != null) {
          values.put(name, Secret.of(parser.getText()));
        }
      }
      return values;
    } catch (IOException e) {
      // The parser's message is left out: it quotes the answer.
      throw SdkClientException.create("Unable to unmarshall response");
    }
  }

  private static AwsServiceException refusal(SdkHttpResponse head, byte[] content) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .sdkHttpResponse(head)
            .rawResponse(SdkBytes.fromByteArray(content))
            .errorCode(head.firstMatchingHeader("x-amzn-ErrorType").orElse(null))
            .build();
    AwsServiceException.Builder failure =
        AwsServiceException.builder()
            .statusCode(head.statusCode())
            .requestId(head.firstMatchingHeader("x-amzn-RequestId").orElse(null))
            .awsErrorDetails(details);
    // By its code, the SDK knows a request that came too soon.
    String code = AwsErrorCode.of(failure.build()).orElse(null);
    return failure.awsErrorDetails(details.toBuilder().errorCode(code).build()).build();
  }
}
