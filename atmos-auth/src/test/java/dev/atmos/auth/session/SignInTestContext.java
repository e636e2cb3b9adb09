package dev.atmos.auth.session;

import dev.atmos.auth.AuthPlugin;
import dev.atmos.auth.TestYaml;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.kind.CredentialStoreTypes;
import dev.atmos.services.kind.IdentityTypes;
import dev.atmos.services.kind.ProviderTypes;
import dev.atmos.services.testing.FakeServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody's machine: the fakes with this plugin's kinds, and a configuration. */
final class SignInTestContext {
  private final FakeServices context;
  private final List<ProviderType> providers = new ArrayList<>(new AuthPlugin().providers());
  private final List<IdentityType> identities = new ArrayList<>(new AuthPlugin().identities());
  private final Visitor visitor = new Visitor();
  private boolean trusting = true;

  SignInTestContext() {
    this(FakeFiles.unix());
  }

  SignInTestContext(FakeFiles files) {
    context =
        new FakeServices(files)
            .withService(ProviderTypes.class, new Providers())
            .withService(IdentityTypes.class, new Identities())
            .withService(CredentialStoreTypes.class, new Stores())
            .withService(TrustPolicy.class, new Trusting());
    context.environment().set("ATMOS_KEYRING_TYPE", "plain");
  }

  FakeServices context() {
    return context;
  }

  Visitor visitor() {
    return visitor;
  }

  SignInTestContext config(String yaml) {
    context.withConfig(TestYaml.root(yaml));
    return this;
  }

  SignInTestContext set(String variable, String value) {
    context.environment().set(variable, value);
    return this;
  }

  /** Nothing of the configuration is trusted with anything. */
  SignInTestContext distrusting() {
    trusting = false;
    return this;
  }

  SignInTestContext with(ProviderType type) {
    providers.add(type);
    return this;
  }

  SignInTestContext with(IdentityType type) {
    identities.add(type);
    return this;
  }

  /** As a new process would have them. */
  Sessions sessions() {
    return new ChainSessions.Factory().apply(context);
  }

  Session silent(String identity) {
    return sessions().silent(identity);
  }

  Session signIn(String identity) {
    return sessions().signIn(identity, new SignInOptions(visitor, false));
  }

  private final class Providers implements ProviderTypes {
    @Override
    public Optional<ProviderType> findProvider(String kind) {
      return providers.stream().filter(type -> type.kind().equals(kind)).findFirst();
    }

    @Override
    public List<String> providerKinds() {
      return providers.stream().map(ProviderType::kind).sorted().toList();
    }
  }

  private final class Identities implements IdentityTypes {
    @Override
    public Optional<IdentityType> find(String kind) {
      return identities.stream().filter(type -> type.kind().equals(kind)).findFirst();
    }

    @Override
    public List<String> kinds() {
      return identities.stream().map(IdentityType::kind).sorted().toList();
    }
  }

  private static final class Stores implements CredentialStoreTypes {
    private final List<CredentialStoreType> types = new AuthPlugin().stores();

    @Override
    public Optional<CredentialStoreType> findStore(String name) {
      return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    @Override
    public List<String> storeNames() {
      return types.stream().map(CredentialStoreType::name).toList();
    }
  }

  private final class Trusting implements TrustPolicy {
    @Override
    public boolean isTrusted(Position position) {
      return trusting;
    }

    @Override
    public void requireForCommand(Position position) {
      require();
    }

    @Override
    public void requireForEndpoint(Position position, String url) {
      require();
    }

    private void require() {
      if (!trusting) {
        throw new AtmosException(ExitCode.USAGE, "the file is not trusted");
      }
    }
  }
}
