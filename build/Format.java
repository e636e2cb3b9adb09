import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks or rewrites the layout of the project's source files with google-java-format: of those
 * that aren't as they were when their layout was last found to be right, as the formatter takes
 * longer than the compiler. A program of its own because the formatter needs a newer JDK than Maven
 * may be running on.
 *
 * <p>Usage: {@code java -cp <google-java-format and its jars> Format.java check|write ROOT}
 */
final class Format {
  private Format() {}

  /** Throws what the formatter declares, whose type isn't public. */
  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    Path root = Path.of(args[1]);
    Path record = root.resolve("target").resolve("layout-is-right.txt");
    List<Path> files = sources(root);
    Set<String> known =
        new HashSet<>(Files.exists(record) ? Files.readAllLines(record) : List.of());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    int options = arguments.size();
    for (Path file : files) {
      if (!known.contains(state(file))) {
        arguments.add(file.toString());
      }
    }
    if (!write) {
      System.err.println("Checking the layout; mvn -N validate -Dformat=write mends it");
    }
    int code = 0;
    if (arguments.size() > options) {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      code = new Main(out, err, System.in).format(arguments.toArray(new String[0]));
      out.flush();
      err.flush();
    }
    if (code == 0) {
      List<String> states = new ArrayList<>();
      for (Path file : files) {
        states.add(state(file));
      }
      Files.createDirectories(record.getParent());
      Files.write(record, states);
    }
    System.exit(code);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !contains(root.relativize(file), "target"))
          .sorted()
          .toList();
    }
  }

  /** What a file is recognised by, and by which formatter its layout was judged. */
  private static String state(Path file) throws IOException {
    return Main.class.getProtectionDomain().getCodeSource().getLocation()
        + " "
        + Files.size(file)
        + " "
        + Files.getLastModifiedTime(file).toMillis()
        + " "
        + file;
  }

  private static boolean contains(Path file, String directory) {
    for (Path part : file) {
      if (part.toString().equals(directory)) {
        return true;
      }
    }
    return false;
  }
}
