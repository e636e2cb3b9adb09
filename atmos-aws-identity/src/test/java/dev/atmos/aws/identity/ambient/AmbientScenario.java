package dev.atmos.aws.identity.ambient;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.testing.FakeServices;
import java.util.stream.Stream;

/** The environment, where no identities are configured. */
final class AmbientScenario {
  private final KindScenario kinds;

  AmbientScenario() {
    this(FakeFiles.unix());
  }

  AmbientScenario(FakeFiles files) {
    kinds = new KindScenario(files);
  }

  static Stream<FakeFiles> views() {
    return Stream.of(FakeFiles.unix(), FakeFiles.windows());
  }

  FakeServices services() {
    return kinds.services();
  }

  AmbientScenario set(String variable, String value) {
    kinds.set(variable, value);
    return this;
  }

  /** Sets the keys that the environment offers. */
  AmbientScenario keys(String id) {
    kinds.keys(id);
    return this;
  }

  /** Writes a file below the home directory. */
  AmbientScenario home(String path, String content) {
    kinds.home(path, content);
    return this;
  }

  /** What the definition without a name gives. */
  AwsCredentials credentials() {
    Identity identity =
        new AmbientIdentityType(AmbientIdentityType.ANY)
            .create(kinds.definition("", "{}"), kinds.services());
    return KindScenario.credentials(identity, new FakeRequest());
  }

  String keyId() {
    return credentials().accessKeyId();
  }

  /** The sentence and the hint of a failure. */
  String failure(ExitCode exitCode) {
    return KindScenario.message(exitCode, this::credentials);
  }
}
