package dev.atmos.cli.bootstrap;

import dev.atmos.cli.port.SafePlaces;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.services.system.Digests;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.ShellQuoting;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a place is safe: only the user and root may change what is there. Asks for numbers of
 * users and never for their names, which could be kept on a server. A group counts as others,
 * unless it has the number of the user and no other members: that is how Linux calls the user's
 * own, and Debian's home directories are open to it. On Windows, access lists that are inherited
 * decide, and nothing is asked.
 */
final class OwnershipCheck implements SafePlaces {
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final int DEVICE = 0020000;
  private static final int STICKY = 01000;
  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int OTHERS = 0077;
  private static final int ROOT = 0;
  private static final int MOST_LINKS = 40;
  private static final String UNIX = "unix";
  private static final String ATTRIBUTES = "unix:uid,gid,mode";

  private record Entry(int user, int group, int mode) {

    /** Null where there is nothing. */
    static @Nullable Entry of(Path path, LinkOption... links) throws IOException {
      try {
        Map<String, Object> found = Files.readAttributes(path, ATTRIBUTES, links);
        return found.get("uid") instanceof Integer user
                && found.get("gid") instanceof Integer group
                && found.get("mode") instanceof Integer mode
            ? new Entry(user, group, mode)
            : null;
      } catch (NoSuchFileException e) {
        return null;
      } catch (FileSystemException e) {
        if ("Not a directory".equals(e.getReason())) {
          return null;
        }
        throw new IOException(FileReason.of(e), e);
      }
    }

    boolean allows(int bits) {
      return (mode & bits) != 0;
    }

    boolean is(int type) {
      return (mode & TYPE) == type;
    }

    /**
     * Why other users can change it; null if they can't. In a sticky directory, such as the one for
     * temporary files, each user can change their own files only.
     *
     * @param groups what a group's members may not do, even in the user's own group
     */
    @Nullable String problem(int self, int groups) throws IOException {
      if (user != self && user != ROOT) {
        return "belongs to another user (" + user + ")";
      }
      if (is(LINK) || is(DEVICE) || (is(DIRECTORY) && allows(STICKY))) {
        return null;
      }
      boolean open = allows(OTHERS_WRITE | groups);
      if (!open && allows(GROUP_WRITES)) {
        boolean own = group == self || group == ROOT;
        open = !own || new GroupMembers().mayHaveOthers(group, self);
      }
      return open
          ? "can be changed by other users (mode 0" + Integer.toOctalString(mode & 07777) + ")"
          : null;
    }

    /**
     * What keeps a user from writing to it, or by way of it; null for nothing. The user and root
     * may have made it, and root writes to a file of whoever has its directory too. Only root makes
     * a device.
     */
    @Nullable String foreign(Path path, int self) throws IOException {
      if (user == self || user == ROOT || !(is(LINK) || is(REGULAR) || is(DIRECTORY))) {
        return null;
      }
      if (is(DIRECTORY)) {
        // Its owner could exchange what is written there.
        return self == ROOT
            ? null
            : "belongs to another user (" + user + "); name a file in a directory of your own";
      }
      Entry directory = self == ROOT && is(REGULAR) ? of(above(path)) : null;
      return directory != null && directory.user == user
          ? null
          : "belongs to another user (" + user + "); name a file of your own";
    }

    /** What cures the problem. To own a stranger's file would be to trust what it says. */
    String cure(Path path, int self) {
      String home = System.getenv("HOME");
      if (self == ROOT && user != ROOT && home != null && Path.of(home).startsWith(path)) {
        // As in a container that is given the home directory of another user.
        return "run: export HOME=~root";
      }
      if (user != self && user != ROOT) {
        return "set HOME to a directory of your own, or remove it if it should not be there";
      }
      String sudo = user == self || self == ROOT ? "" : "sudo ";
      return "run: " + sudo + "chmod go-w " + ShellQuoting.path(path);
    }
  }

  @Override
  public @Nullable UnsafePlace problem(Path path) {
    try {
      return knowsUsers(path) ? problem(path, self()) : null;
    } catch (IOException e) {
      return new UnsafePlace(path, "can't be checked: " + e.getMessage(), null);
    }
  }

  /**
   * Goes the way of the path from the root, link by link: whoever can change one of its directories
   * decides where it leads.
   *
   * @param self the number of this process's user
   */
  static @Nullable UnsafePlace problem(Path path, int self) throws IOException {
    return way(path, self, /* written= */ false).problem();
  }

  /**
   * Makes sure that a file of the user's may be written, be it there or not: that no other user has
   * put it or a link there.
   *
   * @return where the path led when it was judged, without links: what is opened has to be that
   * @throws IOException if one has; the message names what is in the way, unless it is the file
   */
  static Path requireOwn(Path file) throws IOException {
    if (knowsUsers(file)) {
      return requireOwn(file, self());
    }
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  /**
   * @param self the number of this process's user
   */
  static Path requireOwn(Path file, int self) throws IOException {
    Way way = way(file, self, /* written= */ true);
    UnsafePlace foreign = way.problem();
    if (foreign != null) {
      boolean named = foreign.path().equals(file.toAbsolutePath());
      throw new IOException(named ? "it " + foreign.problem() : foreign.toString());
    }
    return way.end();
  }

  /** Where a path leads, and what is wrong with the way there. */
  private record Way(Path end, @Nullable UnsafePlace problem) {}

  /**
   * Makes sure that other users can't exchange what stands in a directory. The owner of one where
   * root writes can, and may.
   *
   * @throws IOException if others can
   */
  static void requireClosed(Path directory) throws IOException {
    if (knowsUsers(directory)) {
      requireClosed(directory, self());
    }
  }

  /**
   * @param self the number of this process's user
   */
  static void requireClosed(Path directory, int self) throws IOException {
    UnsafePlace unsafe = problem(directory, self);
    if (unsafe != null && !(self == ROOT && isOfOthers(unsafe.path(), self))) {
      throw new IOException(unsafe.advice());
    }
  }

  private static Way way(Path path, int self, boolean written) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path at = root(absolute);
    Deque<Path> names = new ArrayDeque<>();
    addTo(names, absolute);
    int links = 0;
    while (true) {
      Entry found = Entry.of(at, LinkOption.NOFOLLOW_LINKS);
      if (found == null) {
        for (Path name : names) {
          at = at.resolve(name);
        }
        return new Way(at, null);
      }
      String problem = written ? found.foreign(at, self) : found.problem(self, 0);
      if (problem != null && (written || !isReadOnly(at, found))) {
        return new Way(at, new UnsafePlace(at, problem, found.cure(at, self)));
      }
      if (found.is(LINK)) {
        if (++links > MOST_LINKS) {
          throw new IOException("too many links");
        }
        Path target = Files.readSymbolicLink(at);
        addTo(names, target);
        at = target.isAbsolute() ? root(target) : above(at);
      }
      Path name = names.poll();
      while (name != null && (name.toString().isEmpty() || name.toString().equals("."))) {
        name = names.poll();
      }
      if (name == null) {
        return new Way(at, null);
      }
      at = name.toString().equals("..") ? above(at) : at.resolve(name);
    }
  }

  /** Puts the names of a path before those that are left. */
  private static void addTo(Deque<Path> names, Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      names.push(path.getName(i));
    }
  }

  private static Path root(Path path) {
    Path root = path.getRoot();
    return root == null ? path : root;
  }

  private static Path above(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  /**
   * Whether nothing can be changed there, whatever the modes say. Kubernetes makes the directory of
   * a ConfigMap writable for all, mounts it for reading only, and has a link of root's in it.
   */
  private static boolean isReadOnly(Path place, Entry found) throws IOException {
    if (found.user() == ROOT && found.is(DIRECTORY)) {
      Entry data = Entry.of(place.resolve("..data"), LinkOption.NOFOLLOW_LINKS);
      if (data != null && data.is(LINK) && data.user() == ROOT) {
        return true;
      }
    }
    // That of a link is that of its target.
    return !found.is(LINK) && Files.getFileStore(place).isReadOnly();
  }

  @Override
  public String sha256(Path file) throws IOException {
    if (!file.toFile().isFile()) {
      throw new IOException(PlainFileReader.NOT_PLAIN);
    }
    MessageDigest digest = Digests.sha256();
    byte[] part = new byte[64 * 1024];
    try (InputStream in = new FileInputStream(file.toFile())) {
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        digest.update(part, 0, length);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Whether there is a file, which is closed to others if it is the user's.
   *
   * @throws IOException if it isn't a file, or if another user may have put it or a directory above
   *     it there, or changed it; the message doesn't name it
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
      throw new IOException(PlainFileReader.NOT_PLAIN);
    }
    require(found, self, "", file);
    Path parent = file.toAbsolutePath().getParent();
    Entry directory = parent == null ? null : Entry.of(parent);
    if (parent != null && directory != null) {
      require(directory, self, "is in a directory that ", parent);
      UnsafePlace unsafe = problem(parent, self);
      if (unsafe != null) {
        throw new IOException("is below a place that isn't safe: " + unsafe.advice());
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
    Entry found = Entry.of(real);
    if (found != null) {
      require(found, self, real + " ", real);
    }
    UnsafePlace unsafe = problem(directory, self);
    if (unsafe != null) {
      throw new IOException(unsafe.advice());
    }
    if (found != null && found.user() == self && found.allows(OTHERS)) {
      close(real, found);
    }
  }

  /** What holds secrets is closed to the user's own group as well. */
  private static void require(Entry found, int self, String subject, Path path) throws IOException {
    String problem = found.problem(self, GROUP_WRITES);
    if (problem != null) {
      throw new IOException(subject + problem + "; " + found.cure(path, self));
    }
  }

  private static void close(Path path, Entry found) throws IOException {
    Files.setAttribute(path, "unix:mode", found.mode() & ~OTHERS & 07777);
  }

  /** Whether what is at a path, be it a link, belongs to another user than this one and root. */
  static boolean isOfOthers(Path path) throws IOException {
    return knowsUsers(path) && isOfOthers(path, self());
  }

  private static boolean isOfOthers(Path path, int self) throws IOException {
    Entry found = Entry.of(path, LinkOption.NOFOLLOW_LINKS);
    return found != null && found.user() != ROOT && found.user() != self;
  }

  private static boolean knowsUsers(Path path) {
    FileSystem system = path.getFileSystem();
    return system.equals(FileSystems.getDefault())
        && system.supportedFileAttributeViews().contains(UNIX);
  }

  /** The user of this process: the owner of what the kernel shows about it. */
  static int self() throws IOException {
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
