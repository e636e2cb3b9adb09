package dev.atmos.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.session.ChainSessions;
import dev.atmos.auth.session.ConfiguredIdentities;
import dev.atmos.auth.session.Sessions;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.Services;
import dev.atmos.services.kind.IdentityTypes;
import dev.atmos.services.kind.ProviderTypes;
import dev.atmos.services.testing.FakeServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fakes with this plugin's kinds among the host's, and a secret that must not be said. */
final class AuthTestContext {
  /** The secret key of every test: no message may hold it. */
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  static final String TOKEN = "AQoDYXdzEPT//////////wEXAMPLE";

  private final FakeServices context;
  private final List<IdentityType> types = new ArrayList<>(new AuthPlugin().identities());

  AuthTestContext() {
    this(FakeFiles.unix());
  }

  AuthTestContext(FakeFiles files) {
    context =
        new FakeServices(files)
            .withService(
                IdentityTypes.class,
                new IdentityTypes() {
                  @Override
                  public Optional<IdentityType> find(String kind) {
                    return types.stream().filter(type -> type.kind().equals(kind)).findFirst();
                  }

                  @Override
                  public List<String> kinds() {
                    return types.stream().map(IdentityType::kind).sorted().toList();
                  }
                })
            .withService(ProviderTypes.class, new Providers());
    context.withService(Sessions.class, new ChainSessions.Factory().apply(context));
  }

  static Stream<FakeFiles> views() {
    return Stream.of(FakeFiles.unix(), FakeFiles.windows());
  }

  FakeServices context() {
    return context;
  }

  AuthTestContext config(TestConfig config) {
    context.withConfig(config.build());
    return this;
  }

  AuthTestContext set(String variable, String value) {
    context.environment().set(variable, value);
    return this;
  }

  /** The keys that the environment offers. */
  AuthTestContext keys(String id) {
    return set("AWS_ACCESS_KEY_ID", id).set("AWS_SECRET_ACCESS_KEY", SECRET);
  }

  /** A file below the home directory. */
  AuthTestContext home(String path, String content) {
    context
        .directories()
        .write(context.directories().home().orElseThrow().resolve(path).toString(), content);
    return this;
  }

  /** Supplies a kind whose identities sign with the key id {@code <kind>:<identity>}, in ASCII. */
  AuthTestContext kind(String kind) {
    types.add(
        new IdentityType() {
          @Override
          public String kind() {
            return kind;
          }

          @Override
          public Identity create(IdentitySpec spec, Services ignored) {
            return new FixedIdentity(
                AwsCredentials.of(
                    kind + ":" + spec.name().replaceAll("[^!-~]", "?"),
                    dev.atmos.plugin.base.Secret.of(SECRET),
                    null,
                    null));
          }
        });
    return this;
  }

  AwsCredentials credentials(@Nullable String name) {
    return new ConfiguredIdentities.Factory().apply(context).credentials(name);
  }

  /** The access key id of the identity that is meant. */
  String keyId(@Nullable String name) {
    return credentials(name).accessKeyId();
  }

  /** What is said where there are no credentials: the sentence and the hint, one line each. */
  String failure(ExitCode exitCode, @Nullable String name) {
    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> credentials(name));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).as(failure.sentence()).isEqualTo(exitCode);
    String said = failure.sentence() + failure.hint().map(hint -> " | " + hint).orElse("");
    assertThat(said).doesNotContain(SECRET).doesNotContain(TOKEN);
    assertThat(failure.sentence().lines().findFirst().orElseThrow()).doesNotEndWith(".");
    return said;
  }

  private static final class Providers implements ProviderTypes {
    private final List<ProviderType> types = new AuthPlugin().providers();

    @Override
    public Optional<ProviderType> findProvider(String kind) {
      return types.stream().filter(type -> type.kind().equals(kind)).findFirst();
    }

    @Override
    public List<String> providerKinds() {
      return types.stream().map(ProviderType::kind).sorted().toList();
    }
  }
}
