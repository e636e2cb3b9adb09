package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.Credential;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.testkit.FakeClock;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An Identity Center of each test's own, in which Ann may be two permission sets of one account; of
 * these, Admin may assume the role Deploy of another.
 */
final class CorpCenter implements BeforeEachCallback, AfterEachCallback {
  static final String URL = "https://corp.awsapps.com/start";
  static final String ACCOUNT = "111111111111";

  private static final Pattern KEY_ID = Pattern.compile("\"AccessKeyId\": \"([A-Z0-9]+)\"");

  @SuppressWarnings("NullAway.Init")
  LoopbackAws aws;

  @SuppressWarnings("NullAway.Init")
  IdentityCenterInstance center;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    aws = LoopbackAws.start(new FakeClock(AtmosRun.NOW));
    center = aws.identityCenter(URL, "us-east-1").autoAllow("ann", 1);
    center.assign("ann", ACCOUNT, "dev account", "Admin", "View");
    aws.add(Role.of("222222222222", "Deploy").trusting(center.roleArn(ACCOUNT, "Admin")));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    aws.close();
  }

  /** A machine that takes this for AWS and keeps sign-ins in plain files. */
  AtmosRun connect(AtmosRun atmos) {
    atmos.env("AWS_ENDPOINT_URL", aws.url()).env("ATMOS_KEYRING_TYPE", "plain");
    aws.clock(atmos.machine().clock());
    return atmos;
  }

  /** Those that an identity has now; AWS knows them, and the runs after this must not show them. */
  Credential credentials(AtmosRun atmos, String identity) {
    String answer = atmos.run("auth", "credential-process", "-i", identity).answer();
    Matcher id = KEY_ID.matcher(answer);
    assertThat(id.find()).isTrue();
    Credential credential = aws.credential(id.group(1)).orElseThrow();
    assertThat(answer).contains(credential.key().secret(), "\"Expiration\": ");
    atmos.knows(credential.key().id(), credential.key().secret());
    return credential;
  }
}
