package dev.atmos.cli.bootstrap;

import dev.atmos.cli.config.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes files by way of a temporary one in the same directory, which then takes their name. Both
 * files and directories are made with their final permissions: nobody else can open them in
 * between.
 */
final class PathPrivateFiles implements PrivateFiles {

  @Override
  public void write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("is not a file");
    }
    Files.createDirectories(directory, forOwner(directory, "rwx------"));
    Path temporary =
        Files.createTempFile(directory, ".atmos-", ".tmp", forOwner(directory, "rw-------"));
    try {
      try (FileChannel channel = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    sync(directory);
  }

  @Override
  public boolean delete(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  /** The new name is on the disk too, where directories can be written through (not on Windows). */
  private static void sync(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, Set.of(StandardOpenOption.READ))) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole either way; after a crash, there may be the old one.
    }
  }

  private static FileAttribute<?>[] forOwner(Path directory, String permissions)
      throws IOException {
    Set<String> views = directory.getFileSystem().supportedFileAttributeViews();
    if (views.contains("posix")) {
      return new FileAttribute<?>[] {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
      };
    }
    return views.contains("acl")
        ? new FileAttribute<?>[] {new OwnerOnly(owner(directory))}
        : new FileAttribute<?>[0];
  }

  private static UserPrincipal owner(Path directory) throws IOException {
    return directory
        .getFileSystem()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(System.getProperty("user.name", ""));
  }

  /** Access for one user, and for nobody by inheritance. */
  private record OwnerOnly(UserPrincipal owner) implements FileAttribute<List<AclEntry>> {
    @Override
    public String name() {
      return "acl:acl";
    }

    @Override
    public List<AclEntry> value() {
      return List.of(
          AclEntry.newBuilder()
              .setType(AclEntryType.ALLOW)
              .setPrincipal(owner)
              .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
              .setPermissions(EnumSet.allOf(AclEntryPermission.class))
              .build());
    }
  }
}
