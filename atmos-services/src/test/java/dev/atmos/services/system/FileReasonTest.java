package dev.atmos.services.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FileReasonTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("/f"), "permission denied"),
        Arguments.of(new NoSuchFileException("/f"), "no such file or directory"),
        Arguments.of(new NotDirectoryException("/f"), "not a directory"),
        Arguments.of(new FileAlreadyExistsException("/f"), "there is something of that name"),
        Arguments.of(new DirectoryNotEmptyException("/f"), "the directory isn't empty"),
        Arguments.of(
            new FileSystemException("/f", null, "Read-only file system"), "read-only file system"),
        Arguments.of(new FileSystemException("/f", null, "Not a directory"), "not a directory"),
        Arguments.of(new FileSystemException("/f"), "the file system refuses it"),
        Arguments.of(new FileNotFoundException("/f (Permission denied)"), "permission denied"),
        Arguments.of(
            new FileNotFoundException("/f (x) (Too many open files)"), "too many open files"),
        Arguments.of(new IOException("No space left on device"), "no space left on device"),
        Arguments.of(new IOException("I/O error"), "I/O error"),
        Arguments.of(new IOException("is a directory"), "is a directory"),
        Arguments.of(new IOException((String) null), "the file system refuses it"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failure_hasAReasonWithoutThePath(IOException failure, String reason) {
    assertThat(FileReason.of(failure)).isEqualTo(reason);
  }
}
