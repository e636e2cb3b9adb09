package dev.atmos.kubeconfig.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.kubeconfig.plan.Access;
import dev.atmos.kubeconfig.plan.Corpus;
import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.kubeconfig.plan.Plans;
import dev.atmos.kubeconfig.yaml.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes at once, and processes that are killed; on a real disk. */
class ProcessesTest {
  private static final int MANY = 40;
  private static final int KILLS = "true".equals(System.getenv("CI")) ? 300 : 20;

  private static Process start(Path file, String cluster, String how) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            MergeMain.class.getName(),
            file.toString(),
            cluster,
            how)
        .redirectErrorStream(true)
        .start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void manyProcesses_thatAddAtOnce_allDo(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("config"), Corpus.text("by-hand.yaml"));
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      processes.add(start(file, "c" + i, "once"));
    }
    for (Process process : processes) {
      assertThat(output(process)).isEqualTo("added\n");
      assertThat(process.waitFor()).isZero();
    }
    String text = Files.readString(file);
    Reading.assertThatRestIsEqual(
        Corpus.text("by-hand.yaml").replace("\"prod\"   # mine", "x   # mine"), text);
    for (int i = 0; i < MANY; i++) {
      assertThat(Plans.plan(Plans.add(Access.to("c" + i)), text).clusters()).isNotEmpty();
      assertThat(text).containsOnlyOnce("- name: " + Access.to("c" + i).arn() + "\n    cluster:");
    }
    assertThat(names(directory)).containsExactly("config");
  }

  @Test
  void process_thatIsKilled_leavesAWholeFileAndNothingElseButItsLock(@TempDir Path directory)
      throws Exception {
    String without = Corpus.text("aws-cli.yaml").repeat(1) + bulk();
    String with = Plans.after(Plans.add(Access.to("demo")), without);
    Path file = Files.writeString(directory.resolve("config"), without);
    Random random = new Random(1);
    for (int i = 0; i < KILLS; i++) {
      Process process = start(file, "demo", "forever");
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      assertThat(lines.readLine()).isEqualTo("added");
      assertThat(process.waitFor(random.nextInt(150_000), TimeUnit.MICROSECONDS)).isFalse();
      process.destroyForcibly().waitFor();

      assertThat(Files.readString(file)).isIn(without, with);
      assertThat(names(directory)).isSubsetOf("config", "config.lock");

      var _ =
          RealProcesses.files()
              .apply(Planner.of(Plans.add(Access.to("demo")), command -> false), List.of(file));
      assertThat(Files.readString(file)).isEqualTo(with);
      assertThat(names(directory)).containsExactly("config");
    }
  }

  /** Makes writing take its time. */
  private static String bulk() {
    return "x-bulk:\n" + "- something that nobody reads\n".repeat(5000);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> names = Files.list(directory)) {
      return names.map(path -> path.getFileName().toString()).toList();
    }
  }
}
