package dev.atmos.kubeconfig.file;

import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A disk that fails at one operation, or from then on. */
final class FailingFileOperations extends FileOperations {
  private final FileOperations disk;
  private final int failing;
  private final @Nullable Fault fault;
  private final boolean hardLinked;
  private final List<String> operations = new ArrayList<>();

  /** The power has gone: nothing that comes after it has any effect. */
  static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What the operating system may say of an operation. */
  enum Fault {
    FULL("No space left on device"),
    READ_ONLY("Read-only file system"),
    BROKEN("Input/output error"),
    DENIED("Permission denied");

    private final String reason;

    Fault(String reason) {
      this.reason = reason;
    }

    private FileSystemException of(Path path) {
      return this == DENIED
          ? new AccessDeniedException(path.toString())
          : new FileSystemException(path.toString(), null, reason);
    }

    /** The reason, in a message. */
    String shown() {
      return reason.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param failing the number of the operation that fails, from 0; negative for none
   * @param fault what the operating system says; null if nothing has any effect from then on
   * @param hardLinked whether files have another name
   */
  FailingFileOperations(
      FileOperations disk, int failing, @Nullable Fault fault, boolean hardLinked) {
    this.disk = disk;
    this.failing = failing;
    this.fault = fault;
    this.hardLinked = hardLinked;
  }

  /** Makes a change of the usual kubeconfig with these operations. */
  static void apply(FileOperations operations, FakeServices services, KubeconfigChange change) {
    KubeconfigFiles files =
        new KubeconfigFiles(
            new KubeconfigLock.Ports(
                operations,
                services.userFiles(),
                services.processes(),
                services.sleeper(),
                services.clock()));
    var _ =
        files.apply(
            Planner.of(change, command -> false),
            new KubeconfigPaths(services.environment(), services.directories())
                .files(change.target()));
  }

  List<String> operations() {
    return operations;
  }

  private void step(String operation, Path path) throws IOException {
    int number = operations.size();
    operations.add(operation + " " + path.getFileName());
    if (fault == null && failing >= 0 && number >= failing) {
      throw new PowerCut();
    }
    if (fault != null && number == failing) {
      throw fault.of(path);
    }
  }

  @Override
  byte @Nullable [] read(Path file, int limit) throws IOException {
    step("read", file);
    return disk.read(file, limit);
  }

  @Override
  Path real(Path path) throws IOException {
    step("real", path);
    return disk.real(path);
  }

  @Override
  @Nullable Attributes attributes(Path file) throws IOException {
    step("attributes", file);
    Attributes attributes = disk.attributes(file);
    return attributes == null || !hardLinked
        ? attributes
        : new Attributes(
            attributes.regular(), attributes.mode(), attributes.owner(), attributes.group(), 2);
  }

  @Override
  @Nullable Instant changed(Path path) throws IOException {
    step("changed", path);
    return disk.changed(path);
  }

  @Override
  @Nullable SeekableByteChannel open(Path file) throws IOException {
    step("open", file);
    return disk.open(file);
  }

  @Override
  void touch(Path file, Instant time) throws IOException {
    step("touch", file);
    disk.touch(file, time);
  }

  @Override
  void mark(Path file) throws IOException {
    step("mark", file);
    disk.mark(file);
  }

  @Override
  void makeDirectories(Path directory) throws IOException {
    step("makeDirectories", directory);
    disk.makeDirectories(directory);
  }

  @Override
  boolean makeDirectory(Path directory) throws IOException {
    step("makeDirectory", directory);
    return disk.makeDirectory(directory);
  }

  @Override
  @Nullable List<String> list(Path directory) throws IOException {
    step("list", directory);
    return disk.list(directory);
  }

  @Override
  boolean create(Path file) throws IOException {
    step("create", file);
    return disk.create(file);
  }

  @Override
  void write(Path file, byte[] content) throws IOException {
    int number = operations.size();
    if (number == failing) {
      // What fails in the middle has done half of its work.
      byte[] there = disk.read(file, Integer.MAX_VALUE - 8);
      byte[] mixed =
          Arrays.copyOf(
              there == null ? new byte[0] : there,
              Math.max(content.length / 2, there == null ? 0 : there.length));
      System.arraycopy(content, 0, mixed, 0, content.length / 2);
      disk.write(file, mixed);
    }
    step("write", file);
    disk.write(file, content);
  }

  @Override
  void setMode(Path file, int mode) throws IOException {
    step("setMode", file);
    disk.setMode(file, mode);
  }

  @Override
  void setGroup(Path file, Object group) throws IOException {
    step("setGroup", file);
    disk.setGroup(file, group);
  }

  @Override
  void replace(Path file, Path target) throws IOException {
    step("replace", target);
    disk.replace(file, target);
  }

  @Override
  boolean delete(Path path) throws IOException {
    step("delete", path);
    return disk.delete(path);
  }

  @Override
  void sync(Path directory) throws IOException {
    step("sync", directory);
    disk.sync(directory);
  }
}
