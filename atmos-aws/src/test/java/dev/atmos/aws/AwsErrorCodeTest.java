package dev.atmos.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;

class AwsErrorCodeTest {

  @ParameterizedTest
  @CsvSource({
    "AuthorizationPendingException, AuthorizationPending",
    "authorization_pending, AuthorizationPending",
    "slow_down, SlowDown",
    "throttled, Throttled",
    "com.amazonaws.sso#UnauthorizedException, Unauthorized",
    "AccessDeniedException:http://internal.amazon.com/coral/, AccessDenied",
    "ExpiredToken, ExpiredToken",
    "Exception, Exception",
    "_, ''"
  })
  void code_ofAnyForm_isInOne(String given, String expected) {
    assertThat(AwsErrorCode.of(error(given, ""))).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"error":"invalid_grant"}                                | InvalidGrant
          {"__type":"com.amazonaws.eks#NotFoundException"}         | NotFound
          {"a":[{"error":"x"}],"b":null,"c":1,"error":"slow_down"} | SlowDown
          {"error":"slow_down","error_descr                        | SlowDown
          """)
  void code_ofABody_isFoundAtItsTop(String body, String expected) {
    assertThat(AwsErrorCode.of(error(null, body))).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"error\":1}",
        "<html></html>",
        "{\"x\":{",
        "{\"error\":\"a/b\"}",
        "{\"error\":\"a\\u001bb\"}",
        "{\"error\":\"a b\"}"
      })
  void code_ofAnythingElse_isNone(String body) {
    assertThat(AwsErrorCode.of(error(null, body))).isEmpty();
  }

  @Test
  void code_ofAnExceptionWithoutDetails_isNone() {
    AwsServiceException e = AwsServiceException.builder().statusCode(500).build();

    assertThat(AwsErrorCode.of(e)).isEmpty();
  }

  private static AwsServiceException error(
      @org.jspecify.annotations.Nullable String code, String body) {
    return AwsServiceException.builder()
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .rawResponse(SdkBytes.fromUtf8String(body))
                .build())
        .build();
  }
}
