package dev.atmos.cli.bootstrap;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Attributes of new files and directories that only their owner can open. */
final class OwnerOnlyPermissions {
  private OwnerOnlyPermissions() {}

  /**
   * The attributes, as the directory's file system has them.
   *
   * @param permissions what the owner may do, such as {@code rw-------}; of no meaning where there
   *     are access lists instead
   */
  static FileAttribute<?>[] of(Path directory, String permissions) throws IOException {
    Set<String> views = directory.getFileSystem().supportedFileAttributeViews();
    if (views.contains("posix")) {
      return new FileAttribute<?>[] {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
      };
    }
    return views.contains("acl")
        ? new FileAttribute<?>[] {new AccessList(owner(directory))}
        : new FileAttribute<?>[0];
  }

  /** Gives something new the permissions of which the umask may have taken some away. */
  static void set(Path made, Set<PosixFilePermission> permissions) throws IOException {
    if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(made, permissions);
    }
  }

  /** Makes a directory and what is missing above it, whatever the umask is. */
  static void makeDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      makeDirectories(parent);
    }
    try {
      Files.createDirectory(directory, of(directory, "rwx------"));
      set(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (FileAlreadyExistsException e) {
      // Another process may have been faster.
      if (!Files.isDirectory(directory)) {
        throw new NotDirectoryException(directory.toString());
      }
    }
  }

  private static UserPrincipal owner(Path directory) throws IOException {
    return directory
        .getFileSystem()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(System.getProperty("user.name", ""));
  }

  /** Access for one user, and none by inheritance. */
  private record AccessList(UserPrincipal owner) implements FileAttribute<List<AclEntry>> {
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
