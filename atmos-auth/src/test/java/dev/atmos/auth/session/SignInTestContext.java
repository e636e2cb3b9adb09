package dev.atmos.auth.session;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInState;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.FakeSignInDialog;
import dev.atmos.services.testing.YamlConfig;

/** A user's machine: the fakes with the built-in kinds, a configuration, and the user. */
final class SignInTestContext {
  private final FakeServices services;
  private final FakeSignInDialog dialog = new FakeSignInDialog();
  private boolean trusting = true;

  SignInTestContext() {
    this(FakeFiles.unix());
  }

  SignInTestContext(FakeFiles files) {
    services = AuthTestContext.addBuiltInKinds(new FakeServices(files)).withTrust(new Trusting());
    services.environment().set("ATMOS_KEYRING_TYPE", "plain");
  }

  FakeServices services() {
    return services;
  }

  FakeSignInDialog dialog() {
    return dialog;
  }

  SignInTestContext config(String yaml) {
    services.withConfig(YamlConfig.root(yaml));
    return this;
  }

  SignInTestContext set(String variable, String value) {
    services.environment().set(variable, value);
    return this;
  }

  /** No value of the configuration may have an effect that needs trust. */
  SignInTestContext distrusting() {
    trusting = false;
    return this;
  }

  SignInTestContext with(ProviderType type) {
    services.withProvider(type);
    return this;
  }

  SignInTestContext with(IdentityType type) {
    services.withIdentity(type);
    return this;
  }

  /** The sessions that a new process would have. */
  Sessions sessions() {
    return new AuthEngine(services).sessions();
  }

  Session silent(String identity) {
    return sessions().silent(identity);
  }

  Session signIn(String identity) {
    return sessions().signIn(identity, new SignInOptions(dialog, false));
  }

  /** Whether the grant of a provider is cached. */
  boolean isSignedInTo(String provider) {
    Chain chain = new ChainReader(services).provider(provider);
    SignInState signIns = new SignInState(services, false);
    return new GrantCache(services, new RoleCredentialFiles(services), signIns).grant(chain, 0)
        != null;
  }

  private final class Trusting implements TrustPolicy {
    @Override
    public boolean isTrusted(Position position) {
      return trusting;
    }

    @Override
    public void require(Effect effect, Position position, String value) {
      if (!trusting && effect != Effect.DATA && effect != Effect.CREDENTIAL) {
        throw new AtmosException(ExitCode.USAGE, "the file is not trusted");
      }
    }
  }
}
