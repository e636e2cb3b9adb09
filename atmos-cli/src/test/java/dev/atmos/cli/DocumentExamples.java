package dev.atmos.cli;

import dev.atmos.plugin.testkit.FakeFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The examples of a document, run as a reader would run them: each block of {@code yaml} whose
 * first line is a comment with a path is that file, and in a block of {@code console} the lines
 * that begin with {@code $ } are typed, and the others are what is expected to be shown; of tokens,
 * the beginning. A heading begins anew, with no files and no variables. Behind a comment {@code
 * <!-- fields PATH KIND -->} stands the table of these fields.
 */
final class DocumentExamples {
  private static final String FENCE = "```";
  private static final String FIELDS = "<!-- fields ";

  private final List<String> result = new ArrayList<>();
  private final List<String> yaml = new ArrayList<>();
  private final List<String> typed = new ArrayList<>();
  private FakeFiles files = FakeFiles.unix();
  private Map<String, String> variables = new LinkedHashMap<>();
  private final BiFunction<String, String, List<String>> tables;

  private DocumentExamples(BiFunction<String, String, List<String>> tables) {
    this.tables = tables;
  }

  /**
   * Runs all examples of a text.
   *
   * @param tables makes the table of the fields of a path and a kind
   */
  static DocumentExamples of(String text, BiFunction<String, String, List<String>> tables) {
    DocumentExamples examples = new DocumentExamples(tables);
    examples.run(text.lines().toList());
    return examples;
  }

  /** The text with what was really shown in the place of what was expected. */
  String asRun() {
    return String.join("\n", result) + "\n";
  }

  /** The files that were written. */
  List<String> yaml() {
    return List.copyOf(yaml);
  }

  /** The lines that were typed. */
  List<String> typed() {
    return List.copyOf(typed);
  }

  private void run(List<String> lines) {
    int i = 0;
    while (i < lines.size()) {
      String line = lines.get(i++);
      result.add(line);
      if (line.startsWith("#")) {
        files = FakeFiles.unix();
        variables = new LinkedHashMap<>();
      } else if (line.startsWith(FIELDS)) {
        String[] words = line.substring(FIELDS.length(), line.indexOf(" -->")).split(" ", 2);
        result.addAll(tables.apply(words[0], words.length > 1 ? words[1] : ""));
        while (i < lines.size() && lines.get(i).startsWith("|")) {
          i++;
        }
      } else if (line.startsWith(FENCE)) {
        int end = i;
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        block(line.substring(FENCE.length()), lines.subList(i, end));
        result.add(FENCE);
        i = end + 1;
      }
    }
  }

  private void block(String language, List<String> lines) {
    if (language.equals("console")) {
      for (String line : lines) {
        if (line.startsWith("$ ")) {
          result.add(line);
          type(line.substring(2));
        }
      }
      return;
    }
    result.addAll(lines);
    if (language.equals("yaml") && !lines.isEmpty() && lines.get(0).startsWith("# ")) {
      String path = lines.get(0).substring(2);
      String content = String.join("\n", lines.subList(1, lines.size())) + "\n";
      yaml.add(content);
      files.write(
          path.startsWith("~/") ? files.home().orElseThrow() + path.substring(1) : path, content);
    }
  }

  private void type(String line) {
    typed.add(line);
    List<String> words = words(line);
    Map<String, String> all = new LinkedHashMap<>(variables);
    while (!words.isEmpty() && words.get(0).matches("[A-Za-z_]+=.*")) {
      String[] assignment = words.remove(0).split("=", 2);
      all.put(assignment[0], assignment[1]);
    }
    switch (words.isEmpty() ? "" : words.get(0)) {
      case "export" -> {
        String[] assignment = words.get(1).split("=", 2);
        variables.put(assignment[0], assignment[1]);
      }
      case "cd" -> files = cd(words.get(1));
      case "atmos" -> atmos(all, words.subList(1, words.size()));
      default -> throw new AssertionError("an example types what this doesn't know: " + line);
    }
  }

  private FakeFiles cd(String directory) {
    Path home = files.home().orElseThrow();
    return files.cd(directory.replaceFirst("^~(?=/|$)", home.toString()));
  }

  private void atmos(Map<String, String> environment, List<String> words) {
    // Its reader has written the files, and has trusted them.
    AtmosRun atmos = AtmosRun.in(files).env("ATMOS_TRUSTED_PATHS", "/project");
    environment.forEach(atmos::env);
    atmos.command("vault read -field=secret aws/dev", AtmosRun.SECRET);
    AtmosRun.Result shown =
        words.contains("update-kubeconfig")
            ? withAws(atmos, words)
            : atmos.run(words.toArray(String[]::new));
    (shown.stdout() + shown.stderr()).lines().map(DocumentExamples::shortened).forEach(result::add);
  }

  /** Where the stand-in has a cluster, and the environment a key. */
  private static AtmosRun.Result withAws(AtmosRun atmos, List<String> words) {
    try (Clusters clusters = new Clusters()) {
      return clusters.in(atmos).keys().run(words.toArray(String[]::new));
    }
  }

  /** A token would fill the page. */
  private static String shortened(String line) {
    return line.replaceFirst("(\"token\":\"k8s-aws-v1\\.[^\"]{7})[^\"]*", "$1...");
  }

  /** The words of a line, as a shell takes them apart. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        begun = true;
      } else if (quote == 0 && c == ' ') {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
