package dev.atmos.cli.bootstrap;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a place is safe for secrets: only the user and root may change what is there. Asks for
 * numbers of users and never for their names, which could be kept on a server. On Windows, access
 * lists that are inherited decide, and nothing is asked.
 */
final class OwnershipCheck {
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final int STICKY = 01000;
  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int OTHERS = 0077;
  private static final int ROOT = 0;
  private static final String UNIX = "unix";
  private static final String USER_AND_MODE = "unix:uid,mode";

  private OwnershipCheck() {}

  private record Entry(int user, int mode) {

    /** Null where there is nothing. */
    static @Nullable Entry of(Path path, LinkOption... links) throws IOException {
      try {
        Map<String, Object> found = Files.readAttributes(path, USER_AND_MODE, links);
        return found.get("uid") instanceof Integer user && found.get("mode") instanceof Integer mode
            ? new Entry(user, mode)
            : null;
      } catch (NoSuchFileException e) {
        return null;
      } catch (FileSystemException e) {
        if ("Not a directory".equals(e.getReason())) {
          return null;
        }
        throw new IOException(e.getReason() == null ? "permission denied" : e.getReason(), e);
      }
    }

    boolean allows(int bits) {
      return (mode & bits) != 0;
    }

    boolean is(int type) {
      return (mode & TYPE) == type;
    }
  }

  /**
   * Whether there is a file, which is closed to others if it is the user's.
   *
   * @throws IOException if it isn't a file, or if another user may have put it there or changed it;
   *     the message doesn't name it
   */
  static boolean admits(Path file) throws IOException {
    return !knowsUsers(file) || admits(file, self());
  }

  /**
   * @param self the number of this process's user
   */
  static boolean admits(Path file, int self) throws IOException {
    Entry found = Entry.of(file, LinkOption.NOFOLLOW_LINKS);
    if (found == null) {
      return false;
    }
    if (found.is(LINK)) {
      throw new IOException("is a link, which is not followed here");
    }
    if (!found.is(REGULAR)) {
      throw new IOException("is not a file");
    }
    if (found.user() != self && found.user() != ROOT) {
      throw new IOException("belongs to another user");
    }
    if (found.allows(GROUP_WRITES | OTHERS_WRITE)) {
      throw new IOException("can be written by other users");
    }
    Path parent = file.toAbsolutePath().getParent();
    Entry directory = parent == null ? null : Entry.of(parent);
    if (directory != null) {
      String problem = problem(directory, self, GROUP_WRITES | OTHERS_WRITE);
      if (problem != null) {
        throw new IOException("is in a directory that " + problem);
      }
    }
    if (found.allows(OTHERS) && found.user() == self) {
      close(file, found);
    }
    return true;
  }

  /**
   * Makes sure of a directory that is there, and closes it to others.
   *
   * @throws IOException if others may change it, or one above it; the message names which
   */
  static void close(Path directory) throws IOException {
    if (knowsUsers(directory)) {
      close(directory, self());
    }
  }

  /**
   * @param self the number of this process's user
   */
  static void close(Path directory, int self) throws IOException {
    Path real = directory.toRealPath();
    require(real, self, GROUP_WRITES | OTHERS_WRITE);
    requireAbove(real, self);
    Path named = directory.toAbsolutePath().normalize();
    if (!named.equals(real)) {
      requireAbove(named, self);
    }
    Entry found = Entry.of(real);
    if (found != null && found.user() == self && found.allows(OTHERS)) {
      close(real, found);
    }
  }

  private static void requireAbove(Path directory, int self) throws IOException {
    for (Path above = directory.getParent(); above != null; above = above.getParent()) {
      require(above, self, OTHERS_WRITE);
    }
  }

  private static void require(Path directory, int self, int forbidden) throws IOException {
    Entry found = Entry.of(directory);
    String problem = found == null ? null : problem(found, self, forbidden);
    if (problem != null) {
      throw new IOException(directory + " " + problem);
    }
  }

  /**
   * In a sticky directory, such as the one for temporary files, each user can change their own
   * files only.
   */
  private static @Nullable String problem(Entry directory, int self, int forbidden) {
    if (directory.user() != self && directory.user() != ROOT) {
      return "belongs to another user";
    }
    return directory.allows(forbidden) && !directory.allows(STICKY)
        ? "can be changed by other users"
        : null;
  }

  private static void close(Path path, Entry found) throws IOException {
    Files.setAttribute(path, "unix:mode", found.mode() & ~OTHERS & 07777);
  }

  private static boolean knowsUsers(Path path) {
    FileSystem system = path.getFileSystem();
    return system.equals(FileSystems.getDefault())
        && system.supportedFileAttributeViews().contains(UNIX);
  }

  /** The user of this process: the owner of what the kernel shows about it. */
  private static int self() throws IOException {
    Entry self = Entry.of(Path.of("/proc/self"));
    if (self != null) {
      return self.user();
    }
    Entry home = Entry.of(Path.of(System.getProperty("user.home", "")));
    if (home == null) {
      throw new IOException("has no known owner: there is no home directory");
    }
    return home.user();
  }
}
