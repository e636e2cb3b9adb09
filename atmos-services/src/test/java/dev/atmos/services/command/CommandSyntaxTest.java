package dev.atmos.services.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Command lines that are read without picocli mean what they mean to picocli. */
class CommandSyntaxTest {
  /** A command with an option of each sort. */
  private static final class Command implements DirectCommand {
    final CommandSyntax syntax = new CommandSyntax();
    final CommandOption region = syntax.add(CommandOption.withValue("R", "--region"));
    final CommandOption identity =
        syntax.add(CommandOption.withValue("NAME", "-i", "--identity").optional("pick"));
    final CommandOption force = syntax.add(CommandOption.flag("--force", "--no-questions"));

    static Command with(String words) {
      Command command = new Command();
      switch (words) {
        case "one" -> command.syntax.add(CommandParameter.one("NAME", ""));
        case "several" -> command.syntax.add(CommandParameter.several("NAME", ""));
        case "program" -> {
          command.syntax.add(CommandParameter.several("COMMAND", ""));
          command.syntax.endOptionsAtWord();
        }
        default -> {}
      }
      return command;
    }

    @Override
    public CommandSyntax syntax() {
      return syntax;
    }

    @Override
    public int run() {
      return 0;
    }

    boolean reads(List<String> line) {
      return syntax.read(line.toArray(String[]::new));
    }

    void readByPicocli(List<String> line) throws Exception {
      CommandLine commandLine = new CommandLine(spec());
      commandLine.setExpandAtFiles(false);
      commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
      commandLine.setInterpolateVariables(false);
      commandLine.parseArgs(line.toArray(String[]::new));
      ((Callable<?>) commandLine.getCommandSpec().userObject()).call();
    }

    List<Object> values() {
      List<Object> values = new ArrayList<>();
      for (CommandOption option : List.of(region, identity, force)) {
        values.add(option.name() + "=" + option.value());
      }
      values.add(syntax.words());
      values.add(syntax.beforeDashes());
      return values;
    }
  }

  @Test
  void read_optionsAndWords_readsThem() {
    Command command = Command.with("several");

    assertThat(command.reads(List.of("a", "--region=us-east-2", "-i", "b=c", "--", "-x"))).isTrue();

    assertThat(command.values())
        .containsExactly(
            "--region=us-east-2",
            "--identity=b=c",
            "--no-questions=null",
            List.of("a", "-x"),
            List.of("a"));
    assertThat(Command.with("none").reads(List.of())).isTrue();
    Command picking = Command.with("none");
    assertThat(picking.reads(List.of("--no-questions", "--identity"))).isTrue();
    assertThat(picking.identity.value()).isEqualTo("pick");
    assertThat(picking.force.isGiven()).isTrue();
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
        "-- x",
        "-ix",
        "-i=x",
        "-i x --identity y",
        "--region -x",
        "--region=-x",
        "--logs-level Debug --region x",
        "--force --no-questions",
        "--force=true",
        "@file"
      })
  void read_anythingElse_isLeftToPicocli(String line) {
    Command command = Command.with("none");

    assertThat(command.reads(List.of(line.split(" ")))).isFalse();

    assertThat(command.region.value()).isNull();
  }

  @Property(tries = 12_000)
  void read_anyLine_agreesWithPicocli(
      @ForAll("lines") List<String> line, @ForAll("kinds") String words) throws Exception {
    Command command = Command.with(words);
    if (!command.reads(line)) {
      return;
    }
    Command same = Command.with(words);

    same.readByPicocli(line);

    assertThat(command.values()).isEqualTo(same.values());
  }

  @Provide
  Arbitrary<String> kinds() {
    return Arbitraries.of("none", "one", "several", "program");
  }

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> value =
        Arbitraries.of(
            "a", "us-east-2", "a=b", "", "-", "--", "-x", "@a", "'q'", "\"q\"", "${a}", " ");
    Arbitrary<String> name =
        Arbitraries.of("--region", "--identity", "-i", "--force", "--no-questions", "--reg");
    return Arbitraries.oneOf(
            name, value, name.flatMap(each -> value.map(text -> each + "=" + text)))
        .list()
        .ofMaxSize(6);
  }
}
