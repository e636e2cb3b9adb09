package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.FileReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Files that only the administrator can have written: root owns them and every directory above, and
 * nobody else may write there. In a sticky directory, nobody else can replace what root has put
 * there.
 *
 * <p>On Windows, where Java doesn't tell the security identifiers of owners, the owner has to be
 * the one of {@code C:\ProgramData}, which is the system, or has to have the English name of the
 * administrators.
 */
final class AdministeredFiles {
  private static final int ROOT = 0;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int TYPE = 0170000;
  private static final int STICKY = 01000;
  private static final int OTHERS_WRITE = 0022;
  private static final String PROGRAM_DATA = "C:\\ProgramData";
  private static final String ADMINISTRATORS = "BUILTIN\\Administrators";

  private final int administrator;

  AdministeredFiles() {
    this(ROOT);
  }

  /**
   * @param administrator the number of the only user who may own the files
   */
  AdministeredFiles(int administrator) {
    this.administrator = administrator;
  }

  Optional<byte[]> read(Path file, int limit, ReadOnlyFiles reader) throws IOException {
    Path real;
    try {
      real = file.toRealPath();
    } catch (NoSuchFileException e) {
      requireNoLinkToNothing(file);
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException(FileReason.of(e), e);
    }
    if (real.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      require(real, REGULAR, "it");
      requireAbove(real);
      requireAbove(file);
    } else {
      requireOwner(real);
    }
    // Only the administrator can have put another file there since.
    return reader.read(real, limit);
  }

  /** What is absent behind a link was meant to be there. */
  private static void requireNoLinkToNothing(Path file) throws IOException {
    for (Path at = file; at != null; at = at.getParent()) {
      if (Files.isSymbolicLink(at) && !Files.exists(at)) {
        throw new IOException(
            (at.equals(file) ? "" : "its directory " + at + " ") + "is a link to nothing");
      }
    }
  }

  private void requireAbove(Path file) throws IOException {
    for (Path above = file.getParent(); above != null; above = above.getParent()) {
      require(above, DIRECTORY, "its directory " + above);
    }
  }

  private void require(Path path, int type, String subject) throws IOException {
    Map<String, Object> found = Files.readAttributes(path, "unix:uid,mode");
    int mode = found.get("mode") instanceof Integer number ? number : 0;
    if ((mode & TYPE) != type) {
      throw new IOException(subject + " is not a " + (type == REGULAR ? "file" : "directory"));
    }
    if (!Integer.valueOf(administrator).equals(found.get("uid"))) {
      throw new IOException(subject + " doesn't belong to root");
    }
    if ((mode & OTHERS_WRITE) != 0 && !(type == DIRECTORY && (mode & STICKY) != 0)) {
      throw new IOException(subject + " can be written by other users than root");
    }
  }

  private static void requireOwner(Path file) throws IOException {
    String owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
    if (!owner.equals(ADMINISTRATORS)
        && !owner.equals(Files.getOwner(Path.of(PROGRAM_DATA)).getName())) {
      throw new IOException("it doesn't belong to the administrators");
    }
  }
}
