package dev.atmos.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Words that are read without picocli mean what they mean to picocli. */
class PlainOptionsTest {
  private static final String[] NAMES = {"--cluster-name", "--region", "--identity"};

  private static @Nullable PlainOptions parse(List<String> words) {
    return PlainOptions.parse(words.toArray(String[]::new), null, NAMES);
  }

  @Test
  void parse_optionsWithValues_readsThem() {
    PlainOptions options = parse(List.of("--region=us-east-2", "-i", "a=b", "--cluster-name", "x"));
    assertThat(options).isNotNull();
    assertThat(options.value("--region")).isEqualTo("us-east-2");
    assertThat(options.value("--identity")).isEqualTo("a=b");
    assertThat(options.value("--cluster-name")).isEqualTo("x");
    PlainOptions none = parse(List.of());
    assertThat(none).isNotNull();
    assertThat(none.value("--region")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--region",
        "--region=",
        "--region= --region=x",
        "--region --help",
        "--region x --region y",
        "--help",
        "-h",
        "--reg x",
        "x",
        "-- --region x",
        "-ix",
        "-i=x",
        "-i x --identity y",
        "--region -x",
        "--region=-x",
        "--logs-level Debug --region x",
        "--cluster-id x --region y",
        "--region y --token-only",
        "@file"
      })
  void parse_anythingElse_isLeftToPicocli(String words) {
    assertThat(parse(List.of(words.split(" ")))).isNull();
  }

  @Test
  void parse_withAFlag_needsItOnce() {
    assertThat(PlainOptions.parse(new String[] {"--prompt"}, "--prompt")).isNotNull();
    assertThat(PlainOptions.parse(new String[] {"-i", "a", "--prompt"}, "--prompt", NAMES))
        .isNotNull();
    for (String words : new String[] {"-i a", "--prompt --prompt", "--prompt=true", "--prompt x"}) {
      assertThat(PlainOptions.parse(words.split(" ", -1), "--prompt", NAMES)).isNull();
    }
  }

  @Property(tries = 3_000)
  void parse_anyWords_agreesWithPicocli(@ForAll("words") List<String> words) {
    PlainOptions options = parse(words);
    if (options == null) {
      return;
    }
    CommandSpec spec = CommandSpec.create();
    for (String name : NAMES) {
      spec.addOption(
          OptionSpec.builder(name, name.equals("--identity") ? "-i" : name + "-")
              .type(String.class)
              .build());
    }
    CommandLine commandLine = new CommandLine(spec);
    commandLine.setExpandAtFiles(false);
    commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
    commandLine.setInterpolateVariables(false);
    commandLine.parseArgs(words.toArray(String[]::new));
    for (String name : NAMES) {
      assertThat(options.value(name)).isEqualTo(spec.findOption(name).<String>getValue());
    }
  }

  @Provide
  Arbitrary<List<String>> words() {
    Arbitrary<String> value =
        Arbitraries.of(
            "a", "us-east-2", "a=b", "", "-", "--", "-x", "@a", "'q'", "\"q\"", "${a}", " ");
    Arbitrary<String> name =
        Arbitraries.of("--cluster-name", "--region", "--identity", "-i", "--reg");
    return Arbitraries.oneOf(
            name, value, name.flatMap(each -> value.map(text -> each + "=" + text)))
        .list()
        .ofMaxSize(6);
  }
}
