package dev.atmos.cli.bootstrap.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.Secret;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls of advapi32.dll, made for real, to functions that do what Windows' do. */
class WindowsCredentialsTest {
  private static final String TARGET = "dev.atmos:0123456789abcdef";
  private static final Secret SECRET = Secret.of("c2VjcmV0IHNlY3JldA==");

  private final Arena arena = Arena.ofConfined();
  private final FakeAdvapi library = new FakeAdvapi(arena);
  private final WindowsCredentials credentials = new WindowsCredentials(library, FakeAdvapi.ERROR);

  @AfterEach
  void free() {
    arena.close();
  }

  @Test
  void secret_thatIsWritten_isReadBack_andLeftInNoMemoryOfWindows() throws IOException {
    credentials.write(TARGET, Secret.of("other"));
    credentials.write(TARGET, SECRET);

    assertThat(library.blobs()).containsOnlyKeys(TARGET);
    assertThat(library.blobs().get(TARGET))
        .isEqualTo("c2VjcmV0IHNlY3JldA==".getBytes(StandardCharsets.US_ASCII));
    assertThat(credentials.read(TARGET)).contains(SECRET);
    assertThat(credentials.read("dev.atmos:other")).isEmpty();
    assertThat(library.unfreed()).isZero();
    assertThat(library.hasLeftSecrets()).isFalse();
  }

  @Test
  void secret_thatIsDeleted_isGone_andDeletingNothingIsNoFailure() throws IOException {
    credentials.delete(TARGET);
    credentials.write(TARGET, SECRET);
    credentials.delete(TARGET);
    assertThat(credentials.read(TARGET)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1312, 'Windows keeps no credentials for this session, as in one over SSH with a key'",
    "5, Windows' Credential Manager failed with error 5"
  })
  void failure_ofWindows_isSaidWithItsReason(int code, String reason) {
    library.failsWith(code);
    assertThatThrownBy(() -> credentials.read(TARGET))
        .isInstanceOf(IOException.class)
        .hasMessage(reason);
    assertThatThrownBy(() -> credentials.write(TARGET, SECRET))
        .isInstanceOf(IOException.class)
        .hasMessage(reason);
    assertThatThrownBy(() -> credentials.delete(TARGET))
        .isInstanceOf(IOException.class)
        .hasMessage(reason);
  }

  @Test
  void secret_thatIsTooLong_isRefused() {
    assertThatThrownBy(() -> credentials.write(TARGET, Secret.of("x".repeat(2561))))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("error 1783");
  }
}
