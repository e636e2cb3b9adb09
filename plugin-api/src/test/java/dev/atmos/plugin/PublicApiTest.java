package dev.atmos.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API as a text under version control, so that no change of it goes unseen. After a
 * change that is wanted: copy {@code target/public-api.txt} over the resource, and say so in the
 * changelog.
 */
class PublicApiTest {

  @Test
  void publicApi_versusTheRecordedText_isEqual() throws Exception {
    String actual = String.join("\n", describe()) + "\n";
    Path recorded = Path.of("src", "test", "resources", "public-api.txt");
    Files.writeString(Path.of("target", "public-api.txt"), actual);

    assertThat(actual.lines().toList())
        .as("target/public-api.txt versus " + recorded)
        .isEqualTo(Files.readAllLines(recorded));
  }

  /** What an author has to read. Before a limit is raised, something else should go. */
  @Test
  void publicApi_staysSmall() throws Exception {
    List<String> types = describe().stream().filter(line -> line.startsWith("public ")).toList();

    assertThat(types).hasSizeLessThanOrEqualTo(90);
    assertThat(types.stream().filter(type -> !type.contains("$")).toList()).hasSizeBetween(30, 55);
  }

  private static List<String> describe() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Plugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    TreeSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name =
            classes.relativize(file).toString().replace(".class", "").replaceAll("[/\\\\]", ".");
        if (!name.endsWith("package-info") && !name.equals("module-info")) {
          describe(name, lines);
        }
      }
    }
    return List.copyOf(lines);
  }

  private static void describe(String name, Set<String> lines) {
    Class<?> type;
    try {
      type = Class.forName(name, false, Plugin.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
    if (!Modifier.isPublic(type.getModifiers())) {
      return;
    }
    lines.add(type.toGenericString());
    for (Constructor<?> constructor : type.getConstructors()) {
      lines.add(type.getName() + " | " + constructor.toGenericString());
    }
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
        lines.add(type.getName() + " | " + method.toGenericString());
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        lines.add(type.getName() + " | " + field.toGenericString());
      }
    }
  }
}
