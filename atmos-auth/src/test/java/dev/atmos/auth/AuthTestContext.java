package dev.atmos.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.aws.identity.AwsIdentityPlugin;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import org.jspecify.annotations.Nullable;

/** The fakes with the built-in kinds and stores, and a secret that no message may hold. */
public final class AuthTestContext {
  /** The secret key of every test: no message may hold it. */
  public static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  private final FakeServices services;

  /** On a Unix file system, without a configuration. */
  public AuthTestContext() {
    this(FakeFiles.unix());
  }

  /** On that file system, without a configuration. */
  public AuthTestContext(FakeFiles files) {
    services = addBuiltInKinds(new FakeServices(files));
  }

  /**
   * Adds the kinds and stores that the program is shipped with: those of AWS, the stores of this
   * module, and a stand-in for the integration {@code aws/eks}.
   */
  public static FakeServices addBuiltInKinds(FakeServices services) {
    services
        .kinds()
        .add(new AuthPlugin())
        .add(new AwsIdentityPlugin())
        .withFallbackIdentity("ambient");
    return services.withIntegration(new FakeEksType());
  }

  public FakeServices services() {
    return services;
  }

  /** Sets the configuration, by the text of an {@code atmos.yaml}. */
  public AuthTestContext config(String yaml) {
    services.withConfig(YamlConfig.root(yaml));
    return this;
  }

  public AuthTestContext set(String variable, String value) {
    services.environment().set(variable, value);
    return this;
  }

  /** Sets the keys that the environment offers. */
  public AuthTestContext keys(String id) {
    return set("AWS_ACCESS_KEY_ID", id).set("AWS_SECRET_ACCESS_KEY", SECRET);
  }

  /** Adds a kind whose identities sign with the key id {@code <kind>:<identity>}, in ASCII. */
  public AuthTestContext kind(String kind) {
    services.withIdentity(new NamedKeyType(kind));
    return this;
  }

  /** The engine that a command of a new process would have. */
  public AuthEngine engine() {
    return new AuthEngine(services);
  }

  public AwsCredentials credentials(@Nullable String identity) {
    return engine().identities().credentials(identity);
  }

  /** The access key id of the identity that is meant. */
  public String keyId(@Nullable String identity) {
    return credentials(identity).accessKeyId();
  }

  /** What is said where there are no credentials: the sentence and the hint, one line each. */
  public String failure(ExitCode exitCode, @Nullable String identity) {
    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> credentials(identity));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).as(failure.sentence()).isEqualTo(exitCode);
    String said = failure.sentence() + failure.hint().map(hint -> " | " + hint).orElse("");
    assertThat(said).doesNotContain(SECRET);
    assertThat(failure.sentence().lines().findFirst().orElseThrow()).doesNotEndWith(".");
    return said;
  }

  private record NamedKeyType(String kind) implements IdentityType {
    @Override
    public Identity create(Definition definition, PluginContext context) {
      Grant key =
          AwsCredentials.of(
              kind + ":" + definition.name().replaceAll("[^!-~]", "?"),
              Secret.of(SECRET),
              null,
              null);
      return request -> key;
    }
  }
}
