package dev.atmos.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A file of atmos-cli's {@code src/test/resources/hostile}, whose README describes its form, as a
 * project on disk.
 *
 * @param name its name without its extension
 * @param header what its first lines say, by their first word
 * @param place the file and the line that are marked, as messages name them
 */
record HostileProject(String name, Map<String, String> header, String place) {

  /** The files of the corpus. */
  static List<Path> corpus() throws IOException {
    Path directory = Path.of("../atmos-cli/src/test/resources/hostile");
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /**
   * Writes a project.
   *
   * @param root where it is put, beside the directories {@code outside} and {@code home}
   */
  static HostileProject write(Path file, Path root, String listener) throws IOException {
    String text =
        Files.readString(file)
            .replace("@LISTENER@", listener)
            .replace("@HOME@", root.resolveSibling("home").toString())
            .replaceAll("(?<![.\\w])/outside", root.resolveSibling("outside").toString());
    Map<String, String> header = new TreeMap<>();
    Map<String, StringBuilder> files = new TreeMap<>();
    String current = "atmos.yaml";
    String place = "";
    int number = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith("--- # file: ")) {
        current = line.substring("--- # file: ".length());
        number = 0;
        continue;
      }
      number++;
      files.computeIfAbsent(current, _ -> new StringBuilder()).append(line).append('\n');
      int colon = line.indexOf(": ");
      if (line.startsWith("# link: ")) {
        int arrow = line.indexOf(" -> ");
        Path link = root.resolve(line.substring("# link: ".length(), arrow));
        Files.createDirectories(link.resolveSibling(""));
        Files.createSymbolicLink(link, Path.of(line.substring(arrow + 4)));
      } else if (line.startsWith("# ") && colon > 0) {
        header.putIfAbsent(line.substring(2, colon), line.substring(colon + 2));
      } else if (line.endsWith("# <--") && place.isEmpty()) {
        place = current + ":" + number + ":";
      }
    }
    for (Map.Entry<String, StringBuilder> each : files.entrySet()) {
      Launch.write(root.resolve(each.getKey()), each.getValue().toString());
    }
    String name = file.getFileName().toString().replace(".yaml", "");
    return new HostileProject(name, header, header.getOrDefault("line", place));
  }

  /** Whether the header lists a command. */
  boolean lists(String word, String command) {
    return List.of(header.getOrDefault(word, "").split(" ", -1)).contains(command);
  }

  /** What messages say of it. */
  String said() {
    return header.getOrDefault("wants", header.getOrDefault("says", ""));
  }
}
