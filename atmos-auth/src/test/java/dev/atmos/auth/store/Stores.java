package dev.atmos.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.kind.CredentialStoreTypes;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The fakes with the stores of this plugin among the host's services. */
final class Stores {
  static final String CANARY = "canary-of-a-secret";

  private Stores() {}

  static FakeServices context(FakeFiles files) {
    return new FakeServices(files)
        .withService(
            CredentialStoreTypes.class,
            new CredentialStoreTypes() {
              @Override
              public Optional<CredentialStoreType> findStore(String name) {
                return BuiltInStores.types().stream()
                    .filter(type -> type.name().equals(name))
                    .findFirst();
              }

              @Override
              public List<String> storeNames() {
                return BuiltInStores.types().stream()
                    .map(CredentialStoreType::name)
                    .sorted()
                    .toList();
              }
            });
  }

  static FakeServices context() {
    return context(FakeFiles.unix());
  }

  static CredentialStoreType type(String name) {
    return BuiltInStores.types().stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow();
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
