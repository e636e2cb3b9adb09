package dev.atmos.auth.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bit of everything in every format. What was written is left in {@code target/list}. */
class GoldenTest {

  @ParameterizedTest
  @CsvSource({
    "tree, rich.tree.txt",
    "table, rich.table.txt",
    "json, rich.json",
    "mermaid, rich.mmd",
    "graphviz, rich.dot",
    "markdown, rich.md",
  })
  void format_ofEverything_isAsRecorded(String format, String golden) throws IOException {
    ListRun run = ListRun.overRich().with("--format", format);
    Path written = Files.createDirectories(Path.of("target", "list")).resolve(golden);
    Files.writeString(written, run.answer());
    assertThat(run.answer()).isEqualTo(ListRun.resource(golden));
    assertThat(run.said())
        .isEqualTo("atmos: the auth configuration has problems; run: atmos auth validate\n");
  }
}
