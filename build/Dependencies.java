import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares the jars that the build uses with the digests in {@code build/dependencies.sha256}: all
 * jars of a module's class path, which have to be in that list; with {@code everything}, also all
 * listed jars that are in the same local repository: those of plugins, of the formatter and of the
 * compiler's checkers.
 *
 * <p>The list has the form of {@code sha256sum}, with paths as a local repository has them.
 *
 * <p>Usage: {@code java Dependencies.java class-path|everything ROOT CLASSPATH}
 */
final class Dependencies {
  private static final String UPDATE =
      "if the project means to use this one, run build/update-dependencies and commit its result";

  private final Path root;
  private final Map<String, String> digests = new TreeMap<>();
  private final Set<String> faults = new LinkedHashSet<>();

  private Dependencies(Path root) throws IOException {
    this.root = root;
    for (String line : Files.readAllLines(root.resolve("build/dependencies.sha256"))) {
      digests.put(line.substring(66), line.substring(0, 64));
    }
  }

  public static void main(String[] arguments) throws Exception {
    Dependencies dependencies = new Dependencies(Path.of(arguments[1]).toRealPath());
    Path repository = null;
    for (String entry : arguments[2].split(File.pathSeparator)) {
      Path jar = Path.of(entry).toAbsolutePath();
      if (Files.isRegularFile(jar) && !dependencies.isOwn(jar)) {
        Path found = dependencies.repository(jar);
        repository = found == null ? repository : found;
      }
    }
    if (repository != null && arguments[0].equals("everything")) {
      dependencies.checkAll(repository);
    }
    for (String fault : dependencies.faults) {
      System.err.println(fault);
    }
    System.exit(dependencies.faults.isEmpty() ? 0 : 1);
  }

  /** Whether a jar is made by this build, or was put into the local repository by mvn install. */
  private boolean isOwn(Path jar) throws IOException {
    Path file = jar.toRealPath();
    if (file.startsWith(root)) {
      Path inside = root.relativize(file);
      if (inside.getNameCount() == 3 && inside.getName(1).toString().equals("target")) {
        return true;
      }
    }
    int names = jar.getNameCount();
    return names > 5 && jar.subpath(names - 5, names - 3).equals(Path.of("dev", "atmos"));
  }

  /** Checks a jar; where it is a listed one, gives the local repository that it is in. */
  private Path repository(Path jar) throws IOException, GeneralSecurityException {
    for (String listed : digests.keySet()) {
      if (jar.endsWith(listed)) {
        check(jar, listed);
        Path repository = jar;
        for (int names = Path.of(listed).getNameCount(); names > 0; names--) {
          repository = repository.getParent();
        }
        return repository;
      }
    }
    faults.add(
        jar + " has SHA-256 " + digest(jar) + " and isn't in build/dependencies.sha256; " + UPDATE);
    return null;
  }

  private void checkAll(Path repository) throws IOException, GeneralSecurityException {
    for (String listed : digests.keySet()) {
      Path jar = repository.resolve(listed);
      if (Files.exists(jar)) {
        check(jar, listed);
      }
    }
  }

  private void check(Path jar, String listed) throws IOException, GeneralSecurityException {
    String digest = digest(jar);
    if (!digest.equals(digests.get(listed))) {
      faults.add(
          jar
              + " has SHA-256 "
              + digest
              + " and not "
              + digests.get(listed)
              + ", as build/dependencies.sha256 has it; delete the file to have it fetched again,"
              + " or "
              + UPDATE);
    }
  }

  private static String digest(Path jar) throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(jar)));
  }
}
