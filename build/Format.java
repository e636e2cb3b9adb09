import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or rewrites the layout of every source file of the project with google-java-format. A
 * program of its own because the formatter needs a newer JDK than Maven may be running on.
 *
 * <p>Usage: {@code java -cp <google-java-format and its jars> Format.java check|write ROOT}
 */
final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    List<String> arguments = new ArrayList<>();
    if (write) {
      arguments.add("--replace");
    } else {
      arguments.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    try (Stream<Path> files = Files.walk(Path.of(args[1]))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !contains(file, "target"))
          .map(Path::toString)
          .sorted()
          .forEach(arguments::add);
    }
    if (!write) {
      System.err.println("Checking the layout; mvn -N validate -Dformat=write mends it");
    }
    Main.main(arguments.toArray(new String[0]));
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
