package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How often a test class made a fault happen, and how often all was right afterwards. After the
 * class's last test, the table goes to standard output and to the end of {@code target/faults.txt}.
 */
final class FaultTable implements AfterAllCallback {
  private static final String ROW = "%-72s | %5s | %5s%n";

  private final Map<String, int[]> counts = new LinkedHashMap<>();

  /** Makes a fault happen once. */
  interface Round {
    /** Returns what went wrong; null if nothing did. */
    @Nullable String run(int number) throws Exception;
  }

  /** Whether the system property {@code atmos.faults} asks for the long form. */
  static boolean isLong() {
    return System.getProperty("atmos.faults", "short").equals("long");
  }

  /** Makes a fault happen so many times, and fails if any of them went wrong. */
  void check(String fault, int rounds, Round round) {
    assertThat(count(fault, rounds, round)).as(fault).isEmpty();
  }

  /** Makes a fault happen so many times, and returns what went wrong. */
  List<String> count(String fault, int rounds, Round round) {
    int[] count = counts.computeIfAbsent(fault, _ -> new int[2]);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      String problem;
      try {
        problem = round.run(i);
      } catch (Exception | AssertionError e) {
        problem = e.toString();
      }
      count[0]++;
      if (problem == null) {
        count[1]++;
      } else {
        wrong.add("round " + i + ": " + problem);
      }
    }
    return wrong;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    StringBuilder table = new StringBuilder(ROW.formatted("fault", "tried", "right"));
    counts.forEach((fault, count) -> table.append(ROW.formatted(fault, count[0], count[1])));
    System.out.print(table);
    Path file = Path.of("target", "faults.txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, table, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
