package dev.atmos.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of {@code src/test/resources/hostile}, whose README says what its header means.
 *
 * @param name its name without its extension
 * @param header what its first lines say, by their first word
 * @param links links of the project and what they lead to
 * @param files the project's files, by their paths
 * @param place the file and the line that are marked, as messages name them
 */
record HostileFile(
    String name,
    Map<String, String> header,
    Map<String, String> links,
    Map<String, String> files,
    String place) {
  static final Path DIRECTORY = Path.of("src/test/resources/hostile");

  private static final String MARK = "# <--";
  private static final Set<String> WORDS =
      Set.of(
          "tries",
          "warned",
          "identity",
          "keyring",
          "refused",
          "invalid",
          "incurable",
          "wants",
          "says",
          "link",
          "line",
          "unnamed");

  /** All of them, with the placeholders replaced. */
  static List<HostileFile> all(Map<String, String> placeholders) throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      List<HostileFile> all = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        String text = Files.readString(file);
        for (Map.Entry<String, String> each : placeholders.entrySet()) {
          text = text.replace(each.getKey(), each.getValue());
        }
        all.add(read(file.getFileName().toString().replace(".yaml", ""), text));
      }
      return all;
    }
  }

  private static HostileFile read(String name, String text) {
    Map<String, String> header = new TreeMap<>();
    Map<String, String> links = new TreeMap<>();
    Map<String, StringBuilder> files = new LinkedHashMap<>();
    String current = "atmos.yaml";
    String place = "";
    boolean inHeader = true;
    int number = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith("--- # file: ")) {
        current = line.substring("--- # file: ".length());
        number = 0;
        continue;
      }
      number++;
      files.computeIfAbsent(current, _ -> new StringBuilder()).append(line).append('\n');
      inHeader &= line.startsWith("# ");
      if (inHeader) {
        int colon = line.indexOf(": ");
        String word = colon < 0 ? "" : line.substring(2, colon);
        if (!WORDS.contains(word)) {
          throw new IllegalArgumentException(name + ": " + line);
        }
        String value = line.substring(colon + 2);
        if (word.equals("link")) {
          int arrow = value.indexOf(" -> ");
          links.put(value.substring(0, arrow), value.substring(arrow + 4));
        } else {
          header.merge(word, value, (one, other) -> one + " " + other);
        }
      } else if (line.endsWith(MARK) && place.isEmpty()) {
        place = current + ":" + number + ":";
      }
    }
    String stated = header.get("line");
    return new HostileFile(
        name,
        header,
        links,
        files.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toString())),
        stated == null ? place : stated);
  }

  /** Whether the header lists a command. */
  private boolean lists(String word, String command) {
    return List.of(header.getOrDefault(word, "").split(" ", -1)).contains(command);
  }

  /** Whether a command has to refuse it, as the user hasn't trusted it. */
  boolean isRefusedBy(String command) {
    return lists("refused", command);
  }

  /** Whether a command has to refuse it, trusted or not. */
  boolean isInvalidFor(String command) {
    return lists("invalid", command);
  }

  /** Whether a command has to warn of it, and goes on. */
  boolean isWarnedOfBy(String command) {
    return lists("warned", command);
  }

  /** Whether the user's trust is what it needs. */
  boolean needsTrust() {
    return header.containsKey("wants");
  }

  /** What validate calls it: what it wants, or what else is wrong with it. */
  String said() {
    return header.getOrDefault("wants", header.getOrDefault("says", ""));
  }

  @Override
  public String toString() {
    return name;
  }
}
