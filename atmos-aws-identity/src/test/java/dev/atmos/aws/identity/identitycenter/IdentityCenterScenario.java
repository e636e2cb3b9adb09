package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.FakeSignInDialog;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A loopback AWS with an IAM Identity Center, and a user who can sign in to it. */
final class IdentityCenterScenario implements AutoCloseable {
  static final String START_URL = "https://acme.awsapps.com/start";
  static final String CORP =
      "{kind: aws/iam-identity-center, start_url: " + START_URL + ", region: us-east-1}";

  private final KindScenario kinds = new KindScenario();
  private final FakeSignInDialog user = new FakeSignInDialog();
  private final FakeRequest attended = new FakeRequest().withDialog(user);
  private final LoopbackAws aws;
  private final IdentityCenterInstance center;
  private String corp = CORP;

  IdentityCenterScenario() {
    try {
      aws = LoopbackAws.start(services().clock());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    center = aws.identityCenter(START_URL, "us-east-1");
    center.assign("ann", "111111111111", "dev account", "Admin");
    center.assign("ann", "333333333333", "data", "Admin");
    kinds.set("AWS_ENDPOINT_URL", aws.url());
  }

  KindScenario kinds() {
    return kinds;
  }

  FakeServices services() {
    return kinds.services();
  }

  FakeSignInDialog user() {
    return user;
  }

  LoopbackAws aws() {
    return aws;
  }

  IdentityCenterInstance center() {
    return center;
  }

  /** Sets the definition of the provider. */
  IdentityCenterScenario corp(String yaml) {
    corp = yaml;
    return this;
  }

  Provider provider() {
    return kinds.provider("corp", corp);
  }

  Identity identity(String yaml) {
    return kinds.identity("dev", yaml);
  }

  /** Signs in with the user, and with the state that earlier sign-ins saved. */
  Token signIn() {
    return (Token) provider().grant(attended);
  }

  /** What the provider gives if the user can't be asked, with the state that was saved. */
  Token silent() {
    return silent(new FakeRequest());
  }

  Token silent(FakeRequest silent) {
    attended.savedState().ifPresent(silent::withSavedState);
    try {
      return (Token) provider().grant(silent);
    } finally {
      if (!silent.saved().isEmpty()) {
        attended.saveState(silent.savedState().orElse(null));
      }
    }
  }

  @Override
  public void close() {
    aws.close();
  }
}
