package dev.atmos.cli.config;

import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a working tree of git says of itself, read from its files without starting git. Knows linked
 * worktrees and submodules, whose {@code .git} is a file, loose and packed references; not the
 * reftable format.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout</a>
 */
final class GitRepository {
  static final String MARK = ".git";

  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_BYTES_OF_REFERENCES = 64 * 1024 * 1024;
  private static final int MOST_LINKS = 5;
  private static final String LINK = "ref:";
  private static final String BRANCHES = "refs/heads/";

  private final ReadOnlyFiles reader;
  private final Path root;
  private final Path own;
  private final Path shared;

  /**
   * @param root the working tree
   * @param own the directory that holds what is this working tree's, such as HEAD
   * @param shared the directory that holds what all working trees of the repository share
   */
  private GitRepository(ReadOnlyFiles reader, Path root, Path own, Path shared) {
    this.reader = reader;
    this.root = root;
    this.own = own;
    this.shared = shared;
  }

  /** The nearest directory at or above one that is a working tree's root; null if there is none. */
  static @Nullable Path rootOf(Path directory, ReadOnlyFiles reader) {
    Path at = directory;
    while (at != null && !reader.exists(at.resolve(MARK))) {
      at = at.getParent();
    }
    return at;
  }

  /**
   * The working tree that a directory is in; null if it is in none.
   *
   * @throws IOException if there is one that can't be read; the message says why
   */
  static @Nullable GitRepository of(Path directory, ReadOnlyFiles reader) throws IOException {
    Path root = rootOf(directory, reader);
    if (root == null) {
      return null;
    }
    Path own = root.resolve(MARK);
    if (reader.list(own).isEmpty()) {
      String link = firstLine(text(own, reader));
      if (link == null || !link.startsWith("gitdir:")) {
        throw new IOException(own + " is not one of git's");
      }
      own = below(root, link.substring("gitdir:".length()));
    }
    String common = firstLine(text(own.resolve("commondir"), reader));
    return new GitRepository(reader, root, own, common == null ? own : below(own, common));
  }

  /** The root of the working tree. */
  Path root() {
    return root;
  }

  /**
   * The hash of the commit that is checked out; empty where there is none yet.
   *
   * @throws IOException if that can't be read
   */
  Optional<String> commit() throws IOException {
    String head = head();
    return head.startsWith(LINK) ? resolve(target(head), 1) : hash(head);
  }

  /**
   * The full name of the branch that is checked out, such as {@code refs/heads/main}; empty where
   * that is a commit of no branch.
   *
   * @throws IOException if that can't be read
   */
  Optional<String> reference() throws IOException {
    String head = head();
    return head.startsWith(LINK) ? Optional.of(target(head)) : Optional.empty();
  }

  /** The short name of that branch. */
  Optional<String> branch() throws IOException {
    Optional<String> name = reference();
    return name.isPresent() && name.get().startsWith(BRANCHES)
        ? Optional.of(name.get().substring(BRANCHES.length()))
        : Optional.empty();
  }

  /**
   * Where the remote {@code origin} is, or else the only remote; empty where there is none.
   *
   * @throws IOException if that can't be read, or isn't understood
   */
  Optional<GitUrl> remote() throws IOException {
    String config = text(shared.resolve("config"), reader);
    Map<String, String> remotes = GitConfigFile.remotes(config == null ? "" : config);
    String url = remotes.get("origin");
    if (url == null && remotes.size() == 1) {
      url = remotes.values().iterator().next();
    }
    if (url == null) {
      return Optional.empty();
    }
    GitUrl parsed = GitUrl.parse(url);
    if (parsed == null) {
      // The address itself isn't shown, as it may hold a token.
      throw new IOException("the remote's address in " + shared.resolve("config") + " is unusual");
    }
    return Optional.of(parsed);
  }

  private String head() throws IOException {
    String head = firstLine(text(own.resolve("HEAD"), reader));
    if (head == null) {
      throw new IOException(own + " has no HEAD");
    }
    if (head.startsWith(LINK) ? !isReference(target(head)) : hash(head).isEmpty()) {
      throw new IOException(own.resolve("HEAD") + " is not understood");
    }
    return head;
  }

  private static String target(String link) {
    return link.substring(LINK.length()).strip();
  }

  private Optional<String> resolve(String name, int links) throws IOException {
    String loose = loose(own, name);
    if (loose == null && !own.equals(shared)) {
      loose = loose(shared, name);
    }
    if (loose == null) {
      return packed(name);
    }
    if (!loose.startsWith(LINK)) {
      return hash(loose);
    }
    String next = target(loose);
    return links < MOST_LINKS && isReference(next) ? resolve(next, links + 1) : Optional.empty();
  }

  private @Nullable String loose(Path directory, String name) throws IOException {
    try {
      Path file = directory.resolve(name);
      // Branches may have names that are directories of others.
      return reader.list(file).isPresent() ? null : firstLine(text(file, reader));
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private Optional<String> packed(String name) throws IOException {
    String text = text(shared.resolve("packed-refs"), MOST_BYTES_OF_REFERENCES, reader);
    int start = 0;
    while (text != null && start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int blank = text.indexOf(' ', start);
      if (blank > start
          && end - blank - 1 >= name.length()
          && text.startsWith(name, blank + 1)
          && text.substring(blank + 1, end).stripTrailing().equals(name)) {
        return hash(text.substring(start, blank));
      }
      start = end + 1;
    }
    return Optional.empty();
  }

  /** A name that stays below {@code refs}, whatever a file of the repository says. */
  private static boolean isReference(String name) {
    if (!name.startsWith("refs/") || name.endsWith("/.invalid") || name.contains("..")) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == 0x7F || c == '\\' || c == ':') {
        return false;
      }
    }
    return true;
  }

  /** SHA-1 or SHA-256, in hex. */
  private static Optional<String> hash(String text) {
    if (text.length() != 40 && text.length() != 64) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return Optional.empty();
      }
    }
    return Optional.of(text);
  }

  private static Path below(Path directory, String path) throws IOException {
    try {
      return directory.resolve(path.strip()).normalize();
    } catch (InvalidPathException e) {
      throw new IOException(directory + " points to no valid path", e);
    }
  }

  private static @Nullable String firstLine(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  private static @Nullable String text(Path file, ReadOnlyFiles reader) throws IOException {
    return text(file, MOST_BYTES, reader);
  }

  private static @Nullable String text(Path file, int limit, ReadOnlyFiles reader)
      throws IOException {
    Optional<byte[]> bytes;
    try {
      bytes = reader.read(file, limit);
    } catch (IOException e) {
      throw new IOException("can't read " + file + ": " + e.getMessage(), e);
    }
    return bytes.isPresent() ? new String(bytes.get(), StandardCharsets.UTF_8) : null;
  }
}
