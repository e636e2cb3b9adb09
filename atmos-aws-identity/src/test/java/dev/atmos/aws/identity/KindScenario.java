package dev.atmos.aws.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.ChainStep;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Definitions of this module's kinds over the fakes, and a secret that no message may hold. */
public final class KindScenario {
  /** The secret key of every test. */
  public static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  /** The session token of every test. */
  public static final String TOKEN = "AQoDYXdzEPT//////////wEXAMPLE";

  private final FakeServices services;
  private boolean trusting = true;

  public KindScenario() {
    this(FakeFiles.unix());
  }

  public KindScenario(FakeFiles files) {
    services = new FakeServices(files).withTrust(new Trusting());
  }

  public FakeServices services() {
    return services;
  }

  public KindScenario set(String variable, String value) {
    services.environment().set(variable, value);
    return this;
  }

  /** Sets the keys that the environment offers. */
  public KindScenario keys(String id) {
    return set("AWS_ACCESS_KEY_ID", id).set("AWS_SECRET_ACCESS_KEY", SECRET);
  }

  /** Writes a file below the home directory. */
  public KindScenario home(String path, String content) {
    services
        .directories()
        .write(services.directories().home().orElseThrow().resolve(path).toString(), content);
    return this;
  }

  /** The configuration's file may not have any effect that needs trust. */
  public KindScenario distrusting() {
    trusting = false;
    return this;
  }

  /** A definition whose fields are that YAML text. */
  public Definition definition(String name, String yaml) {
    return services.definition(name, YamlConfig.root(yaml));
  }

  public static IdentityType identityType(String kind) {
    for (IdentityType type : new AwsIdentityPlugin().identities()) {
      if (type.kind().equals(kind)) {
        return type;
      }
    }
    throw new AssertionError("no identity kind " + kind);
  }

  public static ProviderType providerType(String kind) {
    for (ProviderType type : new AwsIdentityPlugin().providers()) {
      if (type.kind().equals(kind)) {
        return type;
      }
    }
    throw new AssertionError("no provider kind " + kind);
  }

  /** The identity of a definition, which has a kind of this module. */
  public Identity identity(String name, String yaml) {
    Definition definition = definition(name, yaml);
    return identityType(definition.kind()).create(definition, services);
  }

  /** The provider of a definition, which has a kind of this module. */
  public Provider provider(String name, String yaml) {
    Definition definition = definition(name, yaml);
    return providerType(definition.kind()).create(definition, services);
  }

  /** Long-lived credentials with the secret key of every test. */
  public static AwsCredentials key(String id) {
    return AwsCredentials.of(id, Secret.of(SECRET), null, null);
  }

  /** The credentials that a step gives. */
  public static AwsCredentials credentials(ChainStep step, StepRequest request) {
    return (AwsCredentials) step.grant(request);
  }

  /** How something fails. No message ends in a full stop or holds a secret. */
  public static AtmosException failure(ThrowingCallable action) {
    AtmosException failure = catchThrowableOfType(AtmosException.class, action);
    assertThat(failure).isNotNull();
    assertThat(failure.sentence() + failure.hint()).doesNotContain(SECRET).doesNotContain(TOKEN);
    assertThat(failure.sentence().lines().findFirst().orElseThrow()).doesNotEndWith(".");
    return failure;
  }

  /** The sentence and the hint of a failure with that exit code. */
  public static String message(ExitCode exitCode, ThrowingCallable action) {
    AtmosException failure = failure(action);
    assertThat(failure.exitCode()).as(failure.sentence()).isEqualTo(exitCode);
    return failure.sentence() + failure.hint().map(hint -> " | " + hint).orElse("");
  }

  private final class Trusting implements TrustPolicy {
    @Override
    public boolean isTrusted(Position position) {
      return trusting;
    }

    @Override
    public void require(Effect effect, Position position, String value) {
      if (!trusting && effect != Effect.DATA) {
        throw new AtmosException(ExitCode.USAGE, "the file is not trusted");
      }
    }
  }
}
