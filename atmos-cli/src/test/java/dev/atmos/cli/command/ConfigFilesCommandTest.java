package dev.atmos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.Readers;
import dev.atmos.cli.config.file.TrustState;
import dev.atmos.cli.config.search.SearchStep;
import dev.atmos.cli.config.search.SearchStep.Outcome;
import dev.atmos.plugin.testkit.FakeConsole;
import dev.atmos.plugin.testkit.FakeFiles;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ConfigFilesCommandTest {

  private static String run(List<SearchStep> steps, String... words) throws Exception {
    FakeConsole console = new FakeConsole();
    CommandSpec spec = new ConfigFilesCommand(console, () -> steps, List::of).spec();
    new CommandLine(spec).parseArgs(words);
    assertThat(((Callable<?>) spec.userObject()).call()).isEqualTo(0);
    assertThat(console.said()).isEmpty();
    return console.answered();
  }

  private static List<SearchStep> steps(FakeFiles files) {
    return List.of(
        new SearchStep(
            "the system's directory",
            files.path("/etc/atmos"),
            Outcome.ABSENT,
            "",
            0,
            TrustState.NONE),
        new SearchStep(
            "the user's directory",
            files.path("/home/dev/.config/atmos/atmos.yaml"),
            Outcome.MERGED,
            "",
            0,
            TrustState.BY_PLACE),
        new SearchStep(
            "a directory above",
            files.path("/"),
            Outcome.SKIPPED,
            "the working directory has configuration of its own",
            0,
            TrustState.NONE),
        new SearchStep(
            "import",
            files.path("/project/imports/a\u001B[1m\u202E.yaml"),
            Outcome.MERGED,
            "by atmos.yaml:1:9",
            1,
            TrustState.BY_USER),
        new SearchStep(
            "the working directory",
            files.path("/project/atmos.yaml"),
            Outcome.MERGED,
            "",
            0,
            TrustState.NONE));
  }

  @Test
  void files_asText_areATableInMergeOrder() throws Exception {
    FakeFiles files = FakeFiles.unix();

    assertThat(run(steps(files)))
        .isEqualTo(
            """
            RANK  FILE                                RESULT   TRUST  WHY
            -     /etc/atmos                          absent   -      the system's directory
            1     /home/dev/.config/atmos/atmos.yaml  merged   place  the user's directory
            -     /                                   skipped  -      a directory above: the working directory has configuration of its own
            2       /project/imports/a?[1m?.yaml      merged   you    import: by atmos.yaml:1:9
            3     /project/atmos.yaml                 merged   no     the working directory
            """);
  }

  @Test
  void files_onWindows_areWindowsPaths() throws Exception {
    FakeFiles files = FakeFiles.windows();
    List<SearchStep> steps =
        List.of(
            new SearchStep(
                "the working directory",
                files.path("atmos.yaml"),
                Outcome.MERGED,
                "",
                0,
                TrustState.NONE));

    assertThat(run(steps))
        .isEqualTo(
            """
            RANK  FILE                   RESULT  TRUST  WHY
            1     C:\\project\\atmos.yaml  merged  no     the working directory
            """);
    assertThat(run(steps, "--output", "yaml"))
        .isEqualTo(
            """
            files:
              - rank: 1
                path: C:\\project\\atmos.yaml
                result: merged
                place: the working directory
                detail: null
                depth: 0
                trust: none
            left_out: []
            """);
  }

  @Test
  void files_asData_sayTheSame() throws Exception {
    FakeFiles files = FakeFiles.unix();
    List<SearchStep> steps = steps(files);
    String json = run(steps, "-o", "json");

    assertThat(json)
        .startsWith(
            """
            {
              "files": [
                {
                  "rank": null,
                  "path": "/etc/atmos",
                  "result": "absent",
                  "place": "the system's directory",
                  "detail": null,
                  "depth": 0,
                  "trust": null
                },
                {
                  "rank": 1,
                  "path": "/home/dev/.config/atmos/atmos.yaml",
                  "result": "merged",
                  "place": "the user's directory",
                  "detail": null,
                  "depth": 0,
                  "trust": "by-place"
                },
            """)
        .contains("\"detail\": \"by atmos.yaml:1:9\"", "\"trust\": \"by-user\"", "\"depth\": 1");
    assertThat(Readers.yaml11(run(steps, "-o", "yaml"))).isEqualTo(Readers.json(json));
  }

  @Test
  void files_whereNothingWasLookedFor_areNone() throws Exception {
    assertThat(run(List.of())).isEqualTo("RANK  FILE  RESULT  TRUST  WHY\n");
    assertThat(run(List.of(), "-o", "json"))
        .isEqualTo("{\n  \"files\": [],\n  \"left_out\": []\n}\n");
  }
}
