package dev.atmos.auth.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.auth.FakeDataFormats;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.testing.FakeServices;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class EnvFormatTest {

  private static Variable variable(String name, @Nullable String value) {
    return Variable.of(name, value == null ? null : Secret.of(value));
  }

  private static String write(EnvFormat format, boolean empties, Variable... variables) {
    return format.write(
        List.of(variables),
        empties,
        new FakeServices().withService(DataFormats.class, new FakeDataFormats()));
  }

  private static String write(EnvFormat format, String value) {
    return write(format, false, variable("V", value));
  }

  private static final Variable[] SOME = {
    variable("GONE", null), variable("PLAIN", "us-east-1"), variable("ODD", "it's $5")
  };

  @Test
  void variables_inEachFormat_areWrittenAsItsReadersTakeThem() {
    assertThat(write(EnvFormat.BASH, false, SOME))
        .isEqualTo("unset GONE\nexport PLAIN=us-east-1\nexport ODD='it'\\''s $5'\n");
    assertThat(write(EnvFormat.ZSH, false, SOME)).isEqualTo(write(EnvFormat.BASH, false, SOME));
    assertThat(write(EnvFormat.FISH, false, SOME))
        .isEqualTo("set -e GONE; or true\nset -gx PLAIN us-east-1\nset -gx ODD 'it\\'s $5'\n");
    assertThat(write(EnvFormat.POWERSHELL, false, SOME))
        .isEqualTo(
            """
            Remove-Item Env:GONE -ErrorAction SilentlyContinue
            $env:PLAIN = 'us-east-1'
            $env:ODD = 'it''s $5'
            """);
    assertThat(write(EnvFormat.CMD, false, SOME))
        .isEqualTo("set \"GONE=\"\r\nset \"PLAIN=us-east-1\"\r\nset \"ODD=it's $5\"\r\n");
    assertThat(write(EnvFormat.DOTENV, false, SOME))
        .isEqualTo("PLAIN=us-east-1\nODD=\"it's \\$5\"\n");
    assertThat(write(EnvFormat.ENV, false, SOME)).isEqualTo("PLAIN=us-east-1\nODD=it's $5\n");
    assertThat(write(EnvFormat.GITHUB, false, SOME)).isEqualTo("PLAIN=us-east-1\nODD=it's $5\n");
    assertThat(write(EnvFormat.JSON, false, SOME))
        .isEqualTo(write(EnvFormat.JSON, false, SOME[1], SOME[2]));
  }

  @Test
  void variables_thatAreToBeGone_areEmptyWhereNothingElseCanBeSaid() {
    assertThat(write(EnvFormat.DOTENV, true, SOME[0])).isEqualTo("GONE=\n");
    assertThat(write(EnvFormat.ENV, true, SOME[0])).isEqualTo("GONE=\n");
    assertThat(write(EnvFormat.GITHUB, true, SOME[0])).isEqualTo("GONE=\n");
    assertThat(write(EnvFormat.JSON, true, SOME[0])).contains("\"GONE\": null");
    assertThat(write(EnvFormat.BASH, true, SOME[0])).isEqualTo("unset GONE\n");
  }

  @Test
  void dotenv_quotesLiterallyWhereItCan() {
    assertThat(write(EnvFormat.DOTENV, "")).isEqualTo("V=''\n");
    assertThat(write(EnvFormat.DOTENV, "a b")).isEqualTo("V='a b'\n");
    assertThat(write(EnvFormat.DOTENV, "\"a\\b\"")).isEqualTo("V='\"a\\b\"'\n");
    assertThat(write(EnvFormat.DOTENV, "it's \\ \" ` $x"))
        .isEqualTo("V=\"it's \\\\ \\\" \\` \\$x\"\n");
  }

  @Test
  void dotenv_ofSeveralLines_isOneLine() {
    assertThat(write(EnvFormat.DOTENV, "a\r\nb")).isEqualTo("V=\"a\\r\\nb\"\n");
  }

  @Test
  void powershell_takesItsOtherQuotesForQuotes() {
    assertThat(write(EnvFormat.POWERSHELL, "\u2018a\u2019b\u201Bc"))
        .isEqualTo("$env:V = '\u2018\u2018a\u2019\u2019b\u201B\u201Bc'\n");
  }

  @ParameterizedTest
  @CsvSource({
    "a & b | c, set \"V=a & b | c\"",
    "100% %PATH%, set \"V=100%% %%PATH%%\"",
    "say \"a&b\" (c), set V=say ^\"a^&b^\" ^(c^)"
  })
  void cmd_protectsWhatItWouldRun(String value, String line) {
    assertThat(write(EnvFormat.CMD, value)).isEqualTo(line + "\r\n");
  }

  @Test
  void github_ofSeveralLines_endsAtALineThatIsNotAmongThem() {
    assertThat(write(EnvFormat.GITHUB, "a\nb")).isEqualTo("V<<ATMOS_EOF_V\na\nb\nATMOS_EOF_V\n");
    assertThat(write(EnvFormat.GITHUB, "a\nATMOS_EOF_V"))
        .isEqualTo("V<<ATMOS_EOF_V_\na\nATMOS_EOF_V\nATMOS_EOF_V_\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = EnvFormat.class,
      names = {"CMD", "ENV"})
  void value_ofSeveralLines_isRefusedWhereItCantBeWritten(EnvFormat format) {
    assertThatThrownBy(() -> write(format, "secret\nvalue"))
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage("the value of V has a line break, which this format can't write");
  }

  @Test
  void masks_areCommandsOfOneLineEach() {
    assertThat(EnvFormat.masks(List.of(Secret.of("a%b\nc"), Secret.of("d"))))
        .isEqualTo("::add-mask::a%25b%0Ac\n::add-mask::d\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xonsh", "powershel"})
  void format_thatIsUnknown_isRefused(String word) {
    assertThatThrownBy(() -> format(word))
        .isInstanceOf(AtmosException.class)
        .hasMessage(
            "--format must be bash, zsh, fish, powershell, cmd, dotenv, env, github or json, not '"
                + word
                + "'");
  }

  @Test
  void format_byItsWord_isFound() {
    for (EnvFormat format : EnvFormat.values()) {
      assertThat(format(format.name().toLowerCase(Locale.ROOT))).isEqualTo(format);
    }
    assertThat(format("pwsh")).isEqualTo(EnvFormat.POWERSHELL);
    assertThat(format("sh")).isEqualTo(EnvFormat.BASH);
    assertThat(format("BASH")).isEqualTo(EnvFormat.BASH);
  }

  private static EnvFormat format(String word) {
    OutputOption option = EnvFormat.option();
    CommandSpec spec = CommandSpec.create();
    option.addTo(spec);
    new CommandLine(spec).parseArgs("-f", word);
    return EnvFormat.of(option);
  }
}
