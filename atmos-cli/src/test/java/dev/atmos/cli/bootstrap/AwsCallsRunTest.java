package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.http.ConnectProxy.Tunnel;
import dev.atmos.loopback.http.TestCertificateAuthority;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;

/** The AWS SDK over the network of the program: what only both together can show. */
class AwsCallsRunTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private final FakeServices context = new FakeServices();
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws =
        LoopbackAws.start()
            .add(IamUser.of("111122223333", "alice").key("AKIAIOSFODNN7EXAMPLE", SECRET));
    context.directories().write("/etc/ssl/certs/ca-certificates.crt", aws.caPem());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private String caller() {
    context
        .network()
        .instead(
            LoopbackNetworks.of(
                context.environment(), context.directories(), context.files(), "", ""));
    AwsClients clients = new AwsClients(context, AwsLimits.ofToken());
    AwsCredentials credentials =
        AwsCredentials.of("AKIAIOSFODNN7EXAMPLE", Secret.of(SECRET), null, null);
    try (StsClient sts =
        clients.client(StsClient.builder(), AwsTarget.of("STS", "us-east-2"), credentials)) {
      return clients.call("ask STS who we are", () -> sts.getCallerIdentity().arn());
    }
  }

  @Test
  void host_ofAws_isReachedThroughAProxyWithAPassword() throws IOException {
    try (ConnectProxy proxy = aws.startProxy("user:p@ss")) {
      context.environment().set("HTTPS_PROXY", "http://user:p%40ss@127.0.0.1:" + proxy.port());

      assertThat(caller()).isEqualTo("arn:aws:iam::111122223333:user/alice");
      assertThat(proxy.tunnels())
          .extracting(Tunnel::host)
          .containsOnly("sts.us-east-2.amazonaws.com:443");
    }
  }

  @Test
  void proxy_withAnotherPassword_isSaidAndAskedOnce() throws IOException {
    try (ConnectProxy proxy = aws.startProxy("user:password")) {
      String address = "127.0.0.1:" + proxy.port();
      context.environment().set("HTTPS_PROXY", "http://user:hunter2@" + address);

      assertThatExceptionOfType(AtmosException.class)
          .isThrownBy(this::caller)
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .withMessage(
              "could not ask STS who we are: the proxy "
                  + address
                  + " of HTTPS_PROXY rejects the user name and the password");
      assertThat(proxy.tunnels()).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void authority_ofAProxyThatInspectsTls_mustBeTrusted() throws IOException {
    try (ConnectProxy proxy = aws.startProxy(null)) {
      context.environment().set("HTTPS_PROXY", proxy.url()).set("AWS_CA_BUNDLE", "/corp.pem");
      context.directories().write("/corp.pem", TestCertificateAuthority.create().pem());

      assertThatExceptionOfType(AtmosException.class)
          .isThrownBy(this::caller)
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .withMessage(
              "could not ask STS who we are: the certificate of sts.us-east-2.amazonaws.com is from"
                  + " an untrusted authority");
      assertThat(proxy.tunnels()).hasSize(1);

      context.directories().write("/corp.pem", aws.caPem());
      assertThat(caller()).contains("alice");
    }
  }

  @Test
  void bundle_thatIsMissing_isSaidByTheCallThatNeedsIt() {
    context.environment().set("AWS_ENDPOINT_URL", aws.url()).set("AWS_CA_BUNDLE", "/missing.pem");
    assertThat(caller()).contains("alice");

    context.environment().set("AWS_ENDPOINT_URL", aws.httpsUrl());
    assertThatExceptionOfType(AtmosException.class)
        .isThrownBy(this::caller)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessage(
            "AWS_CA_BUNDLE names /missing.pem, which can't be used: there is no such file");
  }
}
