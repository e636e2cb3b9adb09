package dev.atmos.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.model.SsoOidcException;

class CallFailuresTest {
  private static final String STS = "could not ask STS who we are: ";
  private static final String EKS = "could not describe the EKS cluster 'demo': ";
  private AwsScene scene;

  @BeforeEach
  void start() throws IOException {
    scene = new AwsScene();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, ExpiredTokenException,       SIGN_IN_REQUIRED",
    "403, ExpiredToken,                SIGN_IN_REQUIRED",
    "403, InvalidClientTokenId,        SIGN_IN_REQUIRED",
    "403, UnrecognizedClientException, SIGN_IN_REQUIRED",
    "400, InvalidIdentityToken,        SIGN_IN_REQUIRED",
    "403, SignatureDoesNotMatch,       SIGN_IN_REQUIRED",
    "403, MissingAuthenticationToken,  SIGN_IN_REQUIRED",
    "401, UnauthorizedException,       SIGN_IN_REQUIRED",
    "401, Whatever,                    SIGN_IN_REQUIRED",
    "403, AccessDenied,                DENIED",
    "400, AccessDeniedException,       DENIED",
    "403, Whatever,                    DENIED",
    "403, RegionDisabledException,     USAGE",
    "400, Throttling,                  UNAVAILABLE",
    "400, ThrottlingException,         UNAVAILABLE",
    "429, TooManyRequestsException,    UNAVAILABLE",
    "503, RequestLimitExceeded,        UNAVAILABLE",
    "500, InternalFailure,             UNAVAILABLE",
    "503, ServiceUnavailable,          UNAVAILABLE",
    "400, IDPCommunicationError,       UNAVAILABLE",
    "502, Whatever,                    UNAVAILABLE",
    "400, ValidationError,             FAILED",
    "404, ResourceNotFoundException,   FAILED",
    "409, Whatever,                    FAILED"
  })
  void error_byCodeOrStatus_hasAnExitCode(int status, String code, ExitCode expected) {
    // The time of the answers is the one of this machine: it is not the clock that is refused.
    scene.aws.clock(scene.context.clock());
    scene.aws.failAlways(
        Operation.GET_CALLER_IDENTITY, Fault.error(status, code, "No, this\tdoes not do."));
    scene.aws.failAlways(
        Operation.DESCRIBE_CLUSTER, Fault.error(status, code, "No, this\tdoes not do."));

    AtmosException xml = scene.failure(() -> scene.callSts(AwsScene.LIMITS));
    AtmosException json = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(json.exitCode()).isEqualTo(expected);
    assertThat(xml.exitCode()).isEqualTo(expected);
    String name = code.replace("Exception", "");
    assertThat(json.sentence()).isEqualTo(EKS + name + ": No, this does not do");
    // Java doesn't show the body of a 401 to a POST.
    assertThat(xml.sentence())
        .isEqualTo(STS + (status == 401 ? "AWS answered 401" : name + ": No, this does not do"));
  }

  @Test
  void error_ofWhomeverIsDenied_saysWhatAwsSays() {
    scene.aws.deny("*", Operation.DESCRIBE_CLUSTER);

    AtmosException failure = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(failure.sentence())
        .startsWith(EKS + "AccessDenied: User: arn:aws:iam::111122223333:user/alice is not")
        .contains("eks:DescribeCluster");
  }

  @Test
  void requestId_ofARefusal_isSaidToWhoDebugs() {
    scene.aws.deny("*", Operation.DESCRIBE_CLUSTER);

    scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(scene.context.console().debugged())
        .containsPattern("AWS answered 40\\d AccessDenied, request id [0-9a-f-]{36}");
    assertThat(scene.context.console().said()).isEmpty();
  }

  @Test
  void code_inTheBodyAlone_isFound() {
    scene.aws.failAlways(
        Operation.DESCRIBE_CLUSTER,
        Fault.raw(
            400,
            Map.of("Content-Type", "application/json"),
            "{\"nested\":{\"error\":\"x\"},\"error\":\"invalid_grant\","
                + "\"error_description\":\"Refresh token is no good\"}"));

    AtmosException failure = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(failure.sentence()).isEqualTo(EKS + "InvalidGrant: Refresh token is no good");
  }

  /**
   * OAuth's error for a client that isn't known any more; the callers of SSO OIDC go by its code.
   */
  @Test
  void code_ofA401ToAPost_isTheHeaders() {
    scene.aws.failAlways(
        Operation.CREATE_TOKEN, Fault.error(401, "invalid_client", "The client is not known"));
    AwsClients clients = new AwsClients(scene.context, AwsScene.LIMITS);
    List<Optional<String>> codes = new ArrayList<>();
    try (SsoOidcClient oidc =
        clients.client(SsoOidcClient.builder(), AwsTarget.of("SSO OIDC", AwsScene.REGION), null)) {
      clients.call(
          "get a token",
          () -> {
            try {
              oidc.createToken(request -> request.clientId("c").clientSecret("s").grantType("g"));
            } catch (SsoOidcException e) {
              codes.add(AwsErrorCode.of(e));
            }
            return codes;
          });
    }
    assertThat(codes).containsExactly(Optional.of("InvalidClient"));
  }

  @Test
  void page_ofAProxy_isNotShown() {
    scene.aws.failAlways(
        Operation.DESCRIBE_CLUSTER,
        Fault.raw(403, Map.of("Content-Type", "text/html"), "<html>\n<b>Blocked</b></html>"));

    AtmosException failure = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(failure.sentence()).isEqualTo(EKS + "AWS answered 403");
  }

  /** Parsers quote what they have read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>Sign in to the network</html>",
        "canary",
        "{\"cluster\":canary}",
        "{\"cluster\":{\"name\":\"canary",
        "{\"cluster\":{\"createdAt\":\"canary\"}}",
        "{\"cluster\":{\"createdAt\":{\"canary\":1}}}"
      })
  void answer_thatCantBeRead_isNotShown(String body) {
    scene.aws.failAlways(
        Operation.DESCRIBE_CLUSTER, Fault.raw(200, Map.of("Content-Type", "text/html"), body));

    AtmosException failure = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(failure.sentence()).isEqualTo(EKS + "AWS's answer can't be read");
    assertThat(failure).hasNoCause();
  }

  @Test
  void requestThatAwsShows_belowItsMessage_isNotShown() {
    scene.aws.clock(scene.context.clock());
    scene.aws.failAlways(
        Operation.GET_CALLER_IDENTITY,
        Fault.error(
            403,
            "SignatureDoesNotMatch",
            "The signature does not match.\n\nThe Canonical String for this request should have"
                + " been\n'POST\n/\n\nx-amz-security-token:"
                + AwsScene.KEY.secret()
                + "'"));

    AtmosException failure = scene.failure(() -> scene.callSts(AwsScene.LIMITS));

    assertThat(failure.sentence())
        .isEqualTo(STS + "SignatureDoesNotMatch: The signature does not match");
  }
}
