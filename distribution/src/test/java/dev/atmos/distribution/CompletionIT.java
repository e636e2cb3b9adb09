package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Completion in the real shells: lines are typed at a terminal, tabs and all, and what counts is
 * which words a program gets when the line is run. The atmos of these shells is the product where
 * it is asked for candidates, and else one that tells the words that it was given.
 */
class CompletionIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each begins in its own way, and none of them is a word that a shell leaves alone. */
  private static final List<String> NAMES =
      List.of(
          "n01 two words",
          "n02:dev:admin",
          "n03/eu/west",
          "n04it's",
          "n05 say \"hi\"",
          "n06$HOME",
          "n07back\\slash",
          "n08*star",
          "n09;a&b|c",
          "n10(p)",
          "n11#hash",
          "n12~t",
          "n13!bang",
          "n14\u00fcn\u00ef",
          "n15[x]{a,b}",
          "n16?",
          "n17`t`",
          "n18=eq",
          "n19%d",
          "n20<>",
          "n21^",
          "n22/");

  private static final String SOURCE =
      """
      package names;

      import dev.atmos.plugin.Plugin;
      import dev.atmos.plugin.PluginCommand;
      import dev.atmos.plugin.context.PluginContext;
      import java.util.List;
      import java.util.concurrent.Callable;
      import picocli.CommandLine.Model.CommandSpec;
      import picocli.CommandLine.Model.OptionSpec;
      import picocli.CommandLine.Model.PositionalParamSpec;

      public final class NamesPlugin implements Plugin {
        @Override
        public List<PluginCommand> commands() {
          return List.of(PluginCommand.of("names pick", NamesPlugin::pick));
        }

        private static Object pick(PluginContext context) {
          System.out.println("noise");
          System.err.println("noise");
          Iterable<String> names =
              () -> context.config("auth").orElseThrow().section("names").orElseThrow().keys().iterator();
          Callable<Integer> command = () -> 0;
          CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
          spec.addOption(OptionSpec.builder("-n", "--name").type(String.class)
              .completionCandidates(names).description("A name of the file. Yes.").build());
          spec.addPositional(PositionalParamSpec.builder().index("0").arity("0..1")
              .type(String.class).completionCandidates(names).build());
          return spec;
        }
      }
      """;

  private static final String METADATA =
      """
      plugins=names
      names/version=1
      names/api=0.2
      names/class=names.NamesPlugin
      names/jars=names.jar
      names/group.names=Work with names
      names/command.names.pick=Pick one
      """;

  /** The shells, each with a start-up file that counts its prompts and reads the script. */
  enum Shell {
    BASH(
        ".bashrc",
        """
        n=0
        PROMPT_COMMAND='n=$((n+1))'
        PS1='ready-$n# '
        alias am=atmos
        alias nm='atmos names'
        eval "$("$PRODUCT" completion bash)"
        complete -o nospace -F _atmos am nm
        """),
    ZSH(
        ".zshrc",
        """
        n=0
        precmd() { n=$((n+1)); PROMPT="ready-$n# " }
        PROMPT_EOL_MARK=
        alias am=atmos
        alias nm='atmos names'
        autoload -Uz compinit && compinit -u -D
        eval "$("$PRODUCT" completion zsh)"
        """),
    FISH(
        ".config/fish/config.fish",
        """
        set -g n 0
        set -g fish_greeting
        function count_prompts --on-event fish_prompt
            set -g n (math $n + 1)
        end
        function fish_prompt
            printf 'ready-%s# ' $n
        end
        alias am=atmos
        alias nm='atmos names'
        $PRODUCT completion fish | source
        """);

    private final String startFile;
    private final String start;

    Shell(String startFile, String start) {
      this.startFile = startFile;
      this.start = start;
    }

    private List<String> command(Path home) {
      String program = Tools.program(name().toLowerCase(java.util.Locale.ROOT)).toString();
      return this == BASH
          ? List.of(program, "--noprofile", "--rcfile", home.resolve(startFile).toString(), "-i")
          : List.of(program, "-i");
    }
  }

  private static Path data = Path.of("");

  @BeforeAll
  static void install() throws Exception {
    data = scratch.directory();
    Path plugins = data.resolve("atmos/plugins");
    Launch.write(plugins.resolve("index.properties"), METADATA);
    StrangersJar.write(
        scratch.directory(), "names.NamesPlugin", SOURCE, plugins.resolve("names/1/names.jar"));
    StrangersJar.register(plugins, "names", plugins.resolve("names/1/names.jar"));
  }

  /**
   * A home with a working directory in it, where an {@code atmos.yaml} has the names, and with an
   * atmos on its PATH and at its top.
   */
  private static Launch place(Path place) throws IOException {
    Launch launch = Launch.in(place);
    Path home = launch.home();
    Path work = home.resolve("work");
    StringBuilder names = new StringBuilder("auth:\n  names:\n");
    for (String name : NAMES) {
      names.append("    ").append(JSON.writeValueAsString(name)).append(": x\n");
    }
    names
        .append("  identities:\n    \"dev: it's\": {kind: aws/ambient}\n")
        .append("    ops: {kind: aws/ambient}\n");
    Launch.write(work.resolve("atmos.yaml"), names.toString());
    Launch.write(work.resolve("other.yaml"), "auth: {names: {another: x}}\n");
    Launch.write(work.resolve("my dir/b c.yaml"), "auth: {names: {nested: x}}\n");
    Files.createDirectories(work.resolve("my dir/sub"));
    Launch.write(work.resolve("quote'd.yaml"), "");
    Launch.write(work.resolve("x:y.yaml"), "");
    Launch.write(work.resolve("etc/q.yaml"), "");
    Launch.write(work.resolve("out.txt"), "");
    Launch.write(home.resolve("conf/h.yaml"), "auth: {names: {at home: x}}\n");
    Path atmos =
        Launch.write(
            place.resolve("bin/atmos"),
            """
            #!/bin/sh
            case " $* " in
            *" __complete "*) exec "$PRODUCT" "$@" ;;
            esac
            { for word; do printf '%s\\037' "$word"; done; printf '\\036'; } >"$RECORDS"
            """);
    Scratch.open(atmos, "rwxr-xr-x");
    Files.createSymbolicLink(home.resolve("atmos"), atmos);
    return launch
        .from(work)
        .env("PATH", place.resolve("bin") + ":" + Launch.SYSTEM_PATH)
        .env("TERM", "xterm")
        .env("LC_ALL", "C.UTF-8")
        .env("XDG_DATA_HOME", data.toString())
        .env("PRODUCT", product.launcher().toString())
        .env("RECORDS", place.resolve("records").toString());
  }

  /** Types lines into a shell, and compares what they ran. */
  private static final class Typing {
    private final Shell shell;
    private final Path place;
    private final Launch launch;
    private final Map<String, List<String>> expected = new LinkedHashMap<>();
    private String start;

    Typing(Shell shell) throws IOException {
      this.shell = shell;
      this.place = scratch.directory();
      this.launch = CompletionIT.place(place);
      this.start = shell.start;
    }

    Path home() {
      return launch.home();
    }

    /** The shell starts in another way. */
    Typing starting(String other) {
      start = other;
      return this;
    }

    /** A line, and the words that are to come of it; the one that was completed last. */
    Typing line(String typed, String... words) {
      expected.put(typed, List.of(words));
      return this;
    }

    /** Returns what was shown. */
    List<String> run() throws IOException, InterruptedException {
      Launch.write(home().resolve(shell.startFile), start);
      Path lines =
          Launch.write(place.resolve("lines.json"), JSON.writeValueAsString(expected.keySet()));
      Path typist = place.resolve("typist.py");
      try (InputStream script =
          Objects.requireNonNull(CompletionIT.class.getResourceAsStream("typist.py"))) {
        Files.copy(script, typist);
      }
      List<String> command =
          new ArrayList<>(
              List.of(
                  "sh",
                  "-c",
                  "lines=$1; shift; exec \"$@\" <\"$lines\"",
                  "sh",
                  lines.toString(),
                  Tools.python().toString(),
                  typist.toString(),
                  place.resolve("records").toString(),
                  Integer.toString(Launch.SECONDS - 5)));
      command.addAll(shell.command(home()));
      JsonNode answer = JSON.readTree(launch.command(command).run().succeeded().stdout());
      assertThat(answer.path("problem").asText()).isEmpty();
      SoftAssertions.assertSoftly(all -> {
        int i = 0;
        for (Map.Entry<String, List<String>> line : expected.entrySet()) {
          List<String> words = new ArrayList<>();
          answer.get("arguments").get(i++).forEach(word -> words.add(word.textValue()));
          all.assertThat(words).as(line.getKey()).isEqualTo(line.getValue());
        }
      });
      List<String> screens = new ArrayList<>();
      answer.get("screens").forEach(screen -> screens.add(screen.textValue()));
      return screens;
    }
  }

  @ParameterizedTest
  @EnumSource
  void name_ofAnyCharacters_isPassedAsItIs(Shell shell) throws Exception {
    Typing typing = new Typing(shell);
    for (String name : NAMES) {
      typing.line("atmos names pick " + name.substring(0, 3) + "\t", "names", "pick", name);
    }
    typing.run();
  }

  @ParameterizedTest
  @EnumSource
  void identity_ofTheShellFunction_isCompleted(Shell shell) throws Exception {
    String name = shell.name().toLowerCase(java.util.Locale.ROOT);
    // The completion of atmos itself is loaded when it is needed.
    String init =
        "\"$PRODUCT\" auth shell-init "
            + name
            + " | sed \"s#command /[^ ]* auth env --l#command atmos auth env --l#\"";
    String start = shell.start.replaceAll("(?m)^.*completion.*$|^complete .*$", "");
    new Typing(shell)
        .starting(
            start + (shell == Shell.FISH ? init + " | source\n" : "eval \"$(" + init + ")\"\n"))
        .line("assume de\t", "auth", "env", "--login", "--format", name, "--identity=dev: it's")
        .line(
            "assume o\t --sta\t",
            "auth",
            "env",
            "--login",
            "--format",
            name,
            "--identity=ops",
            "--static")
        .run();
  }

  @ParameterizedTest
  @EnumSource
  void name_attachedToItsOption_isPassedAsItIs(Shell shell) throws Exception {
    Typing typing = new Typing(shell);
    for (String name : NAMES) {
      String prefix = "--name=" + name.substring(0, 3);
      typing.line("atmos names pick " + prefix + "\t", "names", "pick", "--name=" + name);
    }
    typing.run();
  }

  @ParameterizedTest
  @EnumSource
  void name_inAnOpenQuote_isPassedAsItIs(Shell shell) throws Exception {
    Typing typing = new Typing(shell);
    for (String name : NAMES) {
      // fish takes what ends with a slash for a directory, and waits for more.
      if (shell != Shell.FISH || !name.endsWith("/")) {
        String prefix = name.substring(0, 3);
        typing.line("atmos names pick \"" + prefix + "\t", "names", "pick", name);
        typing.line("atmos names pick '" + prefix + "\t", "names", "pick", name);
      }
    }
    typing.run();
  }

  @ParameterizedTest
  @EnumSource
  void name_typedInPart_isCompleted(Shell shell) throws Exception {
    Typing typing = new Typing(shell);
    for (String part :
        List.of(
            "n01\\ t",
            "\"n01 t",
            "'n01 tw",
            "\"n01 \"t",
            "n02:",
            "n02:dev:",
            "\"n02:",
            "n03/",
            "n03/eu/w",
            "n04it\\'",
            "\"n04it'",
            "n05\\ say\\ \\\"",
            "n18=",
            "n18=e",
            "'n18=")) {
      String name = NAMES.get(Integer.parseInt(part.replaceAll("[^0-9]", "")) - 1);
      typing.line("atmos names pick " + part + "\t", "names", "pick", name);
    }
    typing
        .line("atmos names pick --name=n02:d\t", "names", "pick", "--name=n02:dev:admin")
        .line("atmos names pick --name=\"n01 t\t", "names", "pick", "--name=n01 two words")
        .line("atmos names pick -nn01\t", "names", "pick", "-nn01 two words")
        .line("atmos names pick -n=n01\t", "names", "pick", "-n=n01 two words")
        .line("atmos na\tpi\t--n\tn03\t", "names", "pick", "--name", "n03/eu/west")
        .line("atmos names pick zzz\t", "names", "pick", "zzz")
        .line("atmos names zzz n03\t", "names", "zzz", "n03")
        .line("atmos names pick -- n03\t", "names", "pick", "--", "n03")
        .line("atmos aws eks token --region eu-central-1 --cluster-n\t", token("--cluster-name"))
        .run();
  }

  private static String[] token(String last) {
    return new String[] {"aws", "eks", "token", "--region", "eu-central-1", last};
  }

  @ParameterizedTest
  @EnumSource
  void file_asAValue_isCompletedByTheShell(Shell shell) throws Exception {
    Typing typing = new Typing(shell);
    String home = typing.home().toString();
    // zsh takes the slash back when the word ends.
    String slash = shell == Shell.ZSH ? "" : "/";
    typing
        .line("atmos --config ot\tnames", "--config", "other.yaml", "names")
        .line("atmos --config=ot\tnames", "--config=other.yaml", "names")
        .line("atmos --config=other.yaml,etc/q\tx", "--config=other.yaml,etc/q.yaml", "x")
        .line("atmos --config my\tb\tnames", "--config", "my dir/b c.yaml", "names")
        .line("atmos --config \"my d\tb\t names", "--config", "my dir/b c.yaml", "names")
        .line("atmos --config q\tnames", "--config", "quote'd.yaml", "names")
        .line("atmos --config x\tnames", "--config", "x:y.yaml", "names")
        .line("atmos --config ~/con\th\tnames", "--config", home + "/conf/h.yaml", "names")
        .line("atmos --config $HOME/con\th\tnames", "--config", home + "/conf/h.yaml", "names")
        .line("atmos --config-path m\tsu\t", "--config-path", "my dir/sub" + slash)
        .line("atmos -Cm\t names", "-Cmy dir" + slash, "names")
        .line("atmos -C my\\ dir --config b\tx", "-C", "my dir", "--config", "b c.yaml", "x")
        .line("atmos -C 'my dir' --config-path s\t", "-C", "my dir", "--config-path", "sub/")
        .line("atmos version o\t", "version", "o")
        .run();
  }

  @ParameterizedTest
  @EnumSource
  void names_ofTheConfigurationThatIsTyped_areCompleted(Shell shell) throws Exception {
    Typing typing = new Typing(shell);
    String home = typing.home().toString();
    typing
        .line(
            "atmos --config other.yaml names pick \t",
            "--config",
            "other.yaml",
            "names",
            "pick",
            "another")
        .line(
            "atmos --config 'my dir/b c.yaml' names pick \t",
            "--config",
            "my dir/b c.yaml",
            "names",
            "pick",
            "nested")
        .line(
            "atmos --config ~/conf/h.yaml names pick \t",
            "--config",
            home + "/conf/h.yaml",
            "names",
            "pick",
            "at home")
        .line(
            "atmos --config $HOME/conf/h.yaml names pick \t",
            "--config",
            home + "/conf/h.yaml",
            "names",
            "pick",
            "at home")
        .line(
            "atmos names pick --config=other.yaml -n \t",
            "names",
            "pick",
            "--config=other.yaml",
            "-n",
            "another")
        .run();
  }

  @ParameterizedTest
  @EnumSource
  void atmos_byWhateverNameItIsCalled_isCompleted(Shell shell) throws Exception {
    Typing typing = new Typing(shell);
    typing
        .line("~/atmos names pick n03\t", "names", "pick", "n03/eu/west")
        .line("$HOME/atmos names pick n03\t", "names", "pick", "n03/eu/west")
        .line("../atmos names pick n03\t", "names", "pick", "n03/eu/west")
        .line(typing.home() + "/atmos names pick n03\t", "names", "pick", "n03/eu/west")
        .line("am names pick n03\t", "names", "pick", "n03/eu/west")
        .line("nm pi\tn03\t", "names", "pick", "n03/eu/west")
        .line("FOO=1 atmos names pick n03\t", "names", "pick", "n03/eu/west")
        .line("true; atmos names pick n03\t", "names", "pick", "n03/eu/west")
        .line("true && atmos names pick n03\t", "names", "pick", "n03/eu/west")
        .line("atmos names pick n03\t>>out\t", "names", "pick", "n03/eu/west")
        .run();
  }

  @Test
  void zsh_ofSeveralCandidates_showsThemWithTheirDescriptions() throws Exception {
    assertThat(new Typing(Shell.ZSH).line("atmos \t").run().getFirst())
        .containsPattern("names +-- Work with names")
        .containsPattern("aws +-- Work with AWS")
        .doesNotContain("__complete");
  }

  @Test
  void zsh_withTheScriptInFpath_completes() throws Exception {
    new Typing(Shell.ZSH)
        .starting(
            """
            n=0
            precmd() { n=$((n+1)); PROMPT="ready-$n# " }
            mkdir ~/functions
            "$PRODUCT" completion zsh >~/functions/_atmos
            fpath=(~/functions $fpath)
            autoload -Uz compinit && compinit -u -D
            """)
        .line("atmos names pick n01\t", "names", "pick", "n01 two words")
        .line("atmos names pick n02\t", "names", "pick", "n02:dev:admin")
        .run();
  }

  @Test
  void zsh_withoutCompinit_saysWhatIsMissing() throws Exception {
    Launch launch = place(scratch.directory());
    String program = Tools.program("zsh").toString();
    Outcome outcome =
        launch.command(program, "-fc", "eval \"$(\"$PRODUCT\" completion zsh)\"").run();
    assertThat(outcome.stderr())
        .isEqualTo("atmos: this script has to be read after compinit has run\n");
  }

  @Test
  void bash_ofSeveralCandidates_showsThem() throws Exception {
    assertThat(new Typing(Shell.BASH).line("atmos \t\t").run().getFirst())
        .containsPattern("auth +aws +completion +config +names +startup-cache +version");
  }

  @Test
  void bash_withUnusualSettings_completes() throws Exception {
    new Typing(Shell.BASH)
        .starting(
            Shell.BASH.start
                + """
                set -uf
                shopt -s failglob nocasematch
                IFS=:
                COMP_WORDBREAKS=${COMP_WORDBREAKS//:}
                """)
        .line("atmos names pick n01\t", "names", "pick", "n01 two words")
        .line("atmos names pick n02:\t", "names", "pick", "n02:dev:admin")
        .line("atmos names pick --name=n02:d\t", "names", "pick", "--name=n02:dev:admin")
        .line("atmos --config my\tb\tnames", "--config", "my dir/b c.yaml", "names")
        .line("atmos\t version", "version")
        .run();
  }

  /** With the package, which loads the script when it is first needed. */
  @Test
  void bash_withThePackageOfCompletions_completes() throws Exception {
    Path installed = Path.of("/usr/share/bash-completion/bash_completion");
    if (!Files.exists(installed)) {
      throw Tools.absent("the package bash-completion is not installed");
    }
    Typing typing =
        new Typing(Shell.BASH)
            .starting(
                """
                n=0
                PROMPT_COMMAND='n=$((n+1))'
                PS1='ready-$n# '
                . %s
                mkdir -p "$XDG_DATA_HOME/bash-completion/completions"
                "$PRODUCT" completion bash >"$XDG_DATA_HOME/bash-completion/completions/atmos"
                """
                    .formatted(installed));
    typing
        .line("atmos names pick n01\t", "names", "pick", "n01 two words")
        .line("atmos names pick --name=n02:d\t", "names", "pick", "--name=n02:dev:admin")
        .line("command atmos names pick n03\t", "names", "pick", "n03/eu/west")
        .run();
  }

  private static String fish(String line) throws IOException, InterruptedException {
    Launch launch = place(scratch.directory());
    String script = "$PRODUCT completion fish | source; complete --do-complete $argv[1]";
    Outcome outcome =
        launch.command(Tools.program("fish").toString(), "--no-config", "-c", script, line).run();
    return outcome.succeeded().quiet().stdout();
  }

  @Test
  void fish_ofItsOwnEngine_hasDescriptions() throws Exception {
    assertThat(fish("atmos na")).isEqualTo("names\tWork with names\n");
    assertThat(fish("atmos names pick --na")).isEqualTo("--name\tA name of the file\n");
    assertThat(fish("atmos names pick n02")).isEqualTo("n02:dev:admin\n");
    assertThat(fish("atmos names pick \"n01 t")).isEqualTo("n01 two words\n");
    assertThat(fish("atmos __comp")).isEmpty();
    assertThat(fish("atmos version o")).isEmpty();
  }
}
