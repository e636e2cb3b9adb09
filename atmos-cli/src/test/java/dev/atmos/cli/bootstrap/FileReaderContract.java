package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every reader of files keeps. */
abstract class FileReaderContract {
  /** The reader under test. */
  abstract ReadOnlyFiles reader();

  /** An empty directory that it can read. */
  abstract Path directory() throws IOException;

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(directory().resolve(name), content);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  @Test
  final void read_ofNothing_isEmpty() throws IOException {
    Path missing = directory().resolve("missing");
    assertThat(reader().read(missing, 10)).isEmpty();
    assertThat(reader().read(missing.resolve("below"), 10)).isEmpty();
    assertThat(reader().exists(missing)).isFalse();
    assertThat(reader().exists(missing.resolve("below"))).isFalse();
  }

  @Test
  final void read_belowAFile_isEmpty() throws IOException {
    Path file = write("file", bytes(1));
    assertThat(reader().read(file.resolve("below"), 10)).isEmpty();
    assertThat(reader().exists(file.resolve("below"))).isFalse();
  }

  @Test
  final void read_ofADirectory_failsAndSaysSo() throws IOException {
    Path directory = Files.createDirectory(directory().resolve("directory"));
    assertThatThrownBy(() -> reader().read(directory, 10))
        .isInstanceOf(IOException.class)
        .hasMessage("is a directory");
    assertThat(reader().exists(directory)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 10",
    "1, 1",
    "9, 10",
    "10, 10",
    "8191, 9000",
    "8192, 8192",
    "8193, 8193",
    "8193, 100000",
    "32772, 32772",
    "32773, 40000",
    "100000, 100000",
    "1000000, 8388608"
  })
  final void read_withinTheLimit_isTheContent(int length, int limit) throws IOException {
    Path file = write("file", bytes(length));
    Optional<byte[]> content = reader().read(file, limit);
    assertThat(content.isPresent() && Arrays.equals(content.get(), bytes(length))).isTrue();
    assertThat(reader().exists(file)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, 1",
    "11, 10",
    "8192, 8191",
    "8193, 8192",
    "8194, 8193",
    "32773, 32772",
    "100001, 100000",
    "1000000, 10"
  })
  final void read_pastTheLimit_failsAndNamesIt(int length, int limit) throws IOException {
    Path file = write("file", bytes(length));
    assertThatThrownBy(() -> reader().read(file, limit))
        .isInstanceOf(ReadOnlyFiles.FileTooLargeException.class)
        .hasMessage("larger than " + limit + " bytes");
  }

  @Test
  final void read_afterTheFileGrew_isTheNewContent() throws IOException {
    Path file = write("file", bytes(10));
    assertThat(reader().read(file, 20000)).hasValueSatisfying(c -> assertThat(c).hasSize(10));
    write("file", bytes(20000));
    assertThat(reader().read(file, 20000)).hasValueSatisfying(c -> assertThat(c).hasSize(20000));
  }

  @Test
  final void read_throughALink_isTheContent() throws IOException {
    Path file = write("file", bytes(10));
    Path link = Files.createSymbolicLink(directory().resolve("link"), file);
    assertThat(reader().read(link, 10)).hasValueSatisfying(c -> assertThat(c).hasSize(10));
    Files.delete(file);
    assertThatThrownBy(() -> reader().read(link, 10))
        .isInstanceOf(IOException.class)
        .hasMessage("is a link to nothing");
  }

  @Test
  final void list_ofADirectory_isTheNamesInIt() throws IOException {
    write("b", bytes(1));
    write(".a", bytes(1));
    Files.createDirectory(directory().resolve("c"));
    assertThat(reader().list(directory()).orElseThrow()).containsExactlyInAnyOrder("b", ".a", "c");
    assertThat(reader().list(directory().resolve("c")).orElseThrow()).isEmpty();
  }

  @Test
  final void list_ofNoDirectory_isEmpty() throws IOException {
    Path file = write("file", bytes(1));
    assertThat(reader().list(file)).isEmpty();
    assertThat(reader().list(file.resolve("below"))).isEmpty();
    assertThat(reader().list(directory().resolve("missing"))).isEmpty();
  }

  @Test
  final void real_throughLinks_isWhereTheyLead() throws IOException {
    Path real = reader().real(directory());
    Path file = write("file", bytes(1));
    Path link = Files.createSymbolicLink(directory().resolve("link"), file);
    assertThat(reader().real(link)).isEqualTo(real.resolve("file"));
    assertThat(reader().real(directory().resolve("missing/../other")))
        .isEqualTo(real.resolve("other"));
    Path up = Files.createDirectory(directory().resolve("up"));
    Path loop = Files.createSymbolicLink(up.resolve("back"), directory());
    assertThat(reader().real(loop.resolve("up/back/file"))).isEqualTo(real.resolve("file"));
  }
}
