package dev.atmos.services.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class OutputOptionTest {

  private static OutputOption parsed(OutputOption option, String... words) {
    CommandSpec spec = CommandSpec.create();
    option.addTo(spec);
    new CommandLine(spec).parseArgs(words);
    return option;
  }

  @Test
  void format_leftOut_isTheFirst() {
    OutputOption option = parsed(OutputOption.of("yaml", "json"));
    assertThat(option.format()).isEqualTo("yaml");
    assertThat(option.isJson()).isFalse();
    assertThat(option.isGiven()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-o json, json", "--output=JSON, json", "-o text, text"})
  void format_given_isFoundInAnyCase(String words, String format) {
    OutputOption option = parsed(OutputOption.of("text", "json"), words.split(" "));
    assertThat(option.format()).isEqualTo(format);
    assertThat(option.isJson()).isEqualTo(format.equals("json"));
    assertThat(option.isGiven()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xml", "", "jsonx"})
  void format_thatTheCommandDoesNotHave_isAUsageError(String format) {
    OutputOption option = parsed(OutputOption.of("text", "json", "yaml"), "-o", format);
    assertThatThrownBy(option::format)
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage("--output must be text, json or yaml, not '" + format + "'");
  }

  @Test
  void format_thatIsLong_isShownInPart() {
    OutputOption option = parsed(OutputOption.of("text", "json"), "-o", "x".repeat(1000));
    assertThatThrownBy(option::format)
        .hasMessage("--output must be text or json, not '" + "x".repeat(40) + "...'");
  }

  @Test
  void option_byOtherNames_isFoundByThemAndByAliases() {
    OutputOption option =
        OutputOption.of("tree", "markdown")
            .named("-f", "--format")
            .withAliases(Map.of("md", "markdown"))
            .describedAs("tree or markdown (md).");
    assertThat(parsed(option, "-f", "md").format()).isEqualTo("markdown");
    assertThatThrownBy(() -> parsed(option, "--format", "m").format())
        .hasMessage("--format must be tree or markdown, not 'm'");
  }

  @Test
  void description_ofItsOwn_namesTheFormatsAndTheDefault() {
    CommandSpec spec = CommandSpec.create();
    OutputOption.of("text", "json", "yaml").addTo(spec);
    assertThat(spec.findOption("-o").description())
        .containsExactly("text, json or yaml; text if it is left out.");
    assertThat(spec.findOption("-o").completionCandidates())
        .containsExactly("text", "json", "yaml");
  }
}
