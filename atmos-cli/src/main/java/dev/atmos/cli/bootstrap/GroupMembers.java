package dev.atmos.cli.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a group has members beside one user and root, by this machine's own files: nothing asks a
 * server. If members may be kept elsewhere, and the files don't know the group, there may be some.
 */
final class GroupMembers {
  private static final int ROOT = 0;

  /** The sources of names that hold no others than the files, or none that people use. */
  private static final Set<String> LOCAL = Set.of("files", "systemd", "db", "myhostname");

  private final Path directory;

  GroupMembers() {
    this(Path.of("/etc"));
  }

  /**
   * @param directory where the files {@code passwd}, {@code group} and {@code nsswitch.conf} are
   */
  GroupMembers(Path directory) {
    this.directory = directory;
  }

  boolean mayHaveOthers(int group, int self) throws IOException {
    Set<String> own = new HashSet<>(Set.of("", "root"));
    boolean others = false;
    for (String[] account : lines("passwd", 4)) {
      if (isNumber(account[2], self)) {
        own.add(account[0]);
      } else if (group != ROOT && isNumber(account[3], group)) {
        // That the system's accounts have root's group is usual.
        others |= !isNumber(account[2], ROOT);
      }
    }
    boolean known = false;
    for (String[] line : lines("group", 3)) {
      if (isNumber(line[2], group)) {
        known = true;
        others |= line.length > 3 && !own.containsAll(Arrays.asList(line[3].split(",")));
      }
    }
    return others || !(known || isLocal());
  }

  /** Whether a text is that number, with blanks and zeros before it as the system takes them. */
  private static boolean isNumber(String text, int number) {
    return text.strip().matches("\\+?0*" + number);
  }

  /** Whether the files know all accounts and groups. */
  private boolean isLocal() throws IOException {
    for (String[] line : lines("nsswitch.conf", 2)) {
      String database = line[0].strip();
      if (Set.of("passwd", "group", "initgroups").contains(database)
          && !LOCAL.containsAll(Arrays.asList(line[1].strip().split("\\s+")))) {
        return false;
      }
    }
    // macOS has a server of its own for names.
    return System.getProperty("os.name", "").equals("Linux");
  }

  /** The lines of a file that have so many parts. */
  private List<String[]> lines(String name, int parts) throws IOException {
    List<String[]> lines = new ArrayList<>();
    try {
      String text = Files.readString(directory.resolve(name), StandardCharsets.ISO_8859_1);
      for (String line : text.lines().toList()) {
        String[] found = line.split(":", -1);
        if (found.length >= parts && !line.startsWith("#")) {
          lines.add(found);
        }
      }
    } catch (NoSuchFileException e) {
      // As in an image without accounts.
    }
    return lines;
  }
}
