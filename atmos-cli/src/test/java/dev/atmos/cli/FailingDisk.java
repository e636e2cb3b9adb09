package dev.atmos.cli;

import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.services.system.UserFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A disk on which one operation fails, counted from 0; and those after it, if it is broken. */
final class FailingDisk {

  /** What the operating system says of ENOSPC, EROFS, EIO, EMFILE, ELOOP, and so on. */
  private static final List<String> REASONS =
      List.of(
          "No space left on device",
          "Read-only file system",
          "Input/output error",
          "Permission denied",
          "Too many open files",
          "Too many levels of symbolic links",
          "File name too long",
          "Disk quota exceeded");

  private final int failing;
  private final boolean broken;
  private final String reason;
  private int operations;

  FailingDisk(int failing, boolean broken) {
    this.failing = failing;
    this.broken = broken;
    this.reason = REASONS.get(failing % REASONS.size());
  }

  /** Whether the operation has been tried. */
  boolean hasFailed() {
    return operations > failing;
  }

  /** The reason, as a message says it. */
  String reason() {
    return Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
  }

  private void operation(Path file) throws IOException {
    int number = operations++;
    if (number == failing || (broken && number > failing)) {
      throw reason.startsWith("Permission")
          ? new AccessDeniedException(file.toString())
          : new FileSystemException(file.toString(), null, reason);
    }
  }

  /** What the program keeps on this disk. */
  PrivateFiles with(PrivateFiles files) {
    return new PrivateFiles() {
      @Override
      public Optional<byte[]> read(Path file, int limit) throws IOException {
        operation(file);
        return files.read(file, limit);
      }

      @Override
      public void write(Path file, byte[] content) throws IOException {
        operation(file);
        files.write(file, content);
      }

      @Override
      public void reserve(Path file, int bytes) throws IOException {
        operation(file);
        files.reserve(file, bytes);
      }

      @Override
      public boolean delete(Path file) throws IOException {
        operation(file);
        return files.delete(file);
      }
    };
  }

  /** The user's own files on this disk. */
  UserFiles with(UserFiles files) {
    return new UserFiles() {
      @Override
      public void requireWritable(Path file) throws IOException {
        operation(file);
        files.requireWritable(file);
      }

      @Override
      public boolean isOfOthers(Path file) throws IOException {
        return files.isOfOthers(file);
      }

      @Override
      public void protect(Path file) throws IOException {
        operation(file);
        files.protect(file);
      }

      @Override
      public void makeReadOnly(Path file) throws IOException {
        files.makeReadOnly(file);
      }

      @Override
      public Optional<byte[]> read(Path file, int limit) throws IOException {
        operation(file);
        // The real one reads by java.io, which knows no disk in memory.
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
      }

      @Override
      public void append(Path file, byte[] content) throws IOException {
        operation(file);
        files.append(file, content);
      }

      @Override
      public void replace(Path file, byte[] content) throws IOException {
        operation(file);
        files.replace(file, content);
      }

      @Override
      public void delete(Path file) throws IOException {
        operation(file);
        files.delete(file);
      }
    };
  }
}
