package dev.atmos.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The fakes with the stores of this module. */
final class Stores {
  static final String CANARY = "canary-of-a-secret";

  private Stores() {}

  static FakeServices context(FakeFiles files) {
    FakeServices services = new FakeServices(files);
    BuiltInStores.types().forEach(services::withStore);
    return services;
  }

  static FakeServices context() {
    return context(FakeFiles.unix());
  }

  /** Opens a store with the settings that the services have for it. */
  static CredentialStore open(String kind, FakeServices services) {
    return services
        .kinds()
        .stores()
        .find(kind)
        .orElseThrow()
        .create(new KeyringSettings(services).definition(), services);
  }

  static Path auth(FakeServices context) {
    return context.directories().state().orElseThrow().resolve("auth");
  }

  /** All regular files below, relative and with slashes. */
  static List<String> files(Path directory) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(path -> directory.relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is said: the sentence and the hint. */
  static String failure(ExitCode exitCode, ThrowingCallable action) {
    AtmosException failure = catchThrowableOfType(AtmosException.class, action);
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).as(failure.sentence()).isEqualTo(exitCode);
    String said = failure.sentence() + failure.hint().map(hint -> " | " + hint).orElse("");
    assertThat(said).doesNotContain(CANARY);
    assertThat(failure.sentence()).doesNotEndWith(".");
    return said;
  }
}
