package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to the scripts of {@code atmos completion}. */
final class CompletionRunTest {
  private static final String NOTHING = ":nofiles\n";
  private static final String GLOBALS =
      "--config --config-path --base-path --chdir --profile --logs-level --help";
  private static final String TOKEN = "--cluster-name --region --identity --token-only";
  private static final String PROJECT =
      """
      auth:
        identities:
          dev: {kind: ambient}
          two words: {kind: ambient}
          "a:b/c'd\\"e$f": {kind: ambient}
          "line\\nfeed": {kind: ambient}
        integrations:
          one: {kind: aws/eks, spec: {cluster: {name: demo}}}
          two: {kind: aws/eks, spec: {cluster: {name: "de mo"}}}
      """;

  @TempDir Path root;

  private static AtmosRun named(View view) {
    return view.atmos().installed(NamesPlugin.installation()).file("atmos.yaml", PROJECT);
  }

  private static String[] asking(String line) {
    List<String> words = new ArrayList<>(List.of("__complete", "--"));
    for (String word : line.split(" ", -1)) {
      words.add(word.equals("''") ? "" : word);
    }
    return words.toArray(String[]::new);
  }

  private static String complete(AtmosRun atmos, String line) {
    return atmos.run(asking(line)).answer();
  }

  /** The candidates without their descriptions, and the directive where it isn't the usual one. */
  private static String words(String answer) {
    StringBuilder words = new StringBuilder();
    for (String line : answer.split("\n", -1)) {
      if (!line.isEmpty() && !line.equals(":nofiles")) {
        words.append(words.isEmpty() ? "" : "|").append(line.split("\t", -1)[0]);
      }
    }
    return words.toString();
  }

  @ParameterizedTest
  @EnumSource
  void root_ofAllCommands_offersThemWithTheirSummaries(View view) {
    String expected =
        """
        auth\tSign in, and choose who to be
        aws\tWork with AWS
        completion\tMake bash, zsh, fish or PowerShell complete what you type
        config\tShow, explain and trust the configuration
        startup-cache\tRebuild the start-up caches, where atmos is unpacked
        version\tShow the version, and whether the start-up cache is in use
        :nofiles
        """;
    assertThat(complete(view.atmos(), "''")).isEqualTo(expected);
    assertThat(view.atmos().run("__complete", "--").answer()).isEqualTo(expected);
    assertThat(view.atmos().run("__complete", "--new-word", "--").answer()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "aws ''; ecr|eks|profiles",
        "aws e; ecr|eks|profiles",
        "aws eks ''; clusters|convert-kubeconfig|doctor|token|update-kubeconfig",
        "help aws eks ''; clusters|convert-kubeconfig|doctor|token|update-kubeconfig",
        "--help aws ''; ecr|eks|profiles",
        "-h aws --help ''; ecr|eks|profiles",
        "-C . aws ''; ecr|eks|profiles",
        "--chdir=. aws ''; ecr|eks|profiles",
        "-C. aws --logs-level Info ''; ecr|eks|profiles",
        "--profile a --profile b,c aws ''; ecr|eks|profiles",
        "completion ''; bash|zsh|fish|powershell",
        "completion z; bash|zsh|fish|powershell",
        "help completion ''; bash|zsh|fish|powershell",
        "completion bash ''; ''",
        "version ''; --output",
        "version -o ''; text|json",
        "version -o=''; -o=text|-o=json",
        "version -ot; -otext|-ojson",
        "version --output=te; --output=text|--output=json",
        "version --output text ''; ''",
        "--version ''; --output",
        "--logs-level ''; Trace|Debug|Info|Warning|Error|Off",
        "version --logs-level=I; --logs-level=Trace|--logs-level=Debug|--logs-level=Info"
            + "|--logs-level=Warning|--logs-level=Error|--logs-level=Off",
      })
  void word_afterWords_isOneOfThese(String line, String expected) {
    for (View view : View.values()) {
      assertThat(words(complete(view.atmos(), line))).as(line).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--; --version " + GLOBALS,
        "aws --; " + GLOBALS,
        "aws eks token --; --cluster-name --cluster-id --region --identity --token-only " + GLOBALS,
        "aws eks token ''; " + TOKEN,
        "aws eks token --region r --c; --cluster-name --cluster-id --identity --token-only "
            + GLOBALS,
        "aws eks token --region=r -i d ''; --cluster-name --token-only",
        "aws eks token --token-only -id ''; --cluster-name --region",
        "aws eks token --cluster-id x -i=d ''; --region --token-only",
        "--logs-level Off -C . aws eks token --; --cluster-name --cluster-id --region --identity"
            + " --token-only --config --config-path --base-path"
            + " --profile --help",
        "--config a --config b --; --version " + GLOBALS,
        "version -; -o --output --config --config-path --base-path -C --chdir --profile"
            + " --logs-level -h --help",
        "version -o json -; --config --config-path --base-path -C --chdir --profile --logs-level"
            + " -h --help",
      })
  void options_asFarAsTheyMayBeGiven_areOffered(String line, String expected) {
    for (View view : View.values()) {
      assertThat(words(complete(view.atmos(), line)))
          .as(line)
          .isEqualTo(expected.replace(' ', '|'));
    }
  }

  @Test
  void options_withDescriptions_showTheirFirstSentence() {
    assertThat(complete(AtmosRun.unix(), "aws eks token ''"))
        .isEqualTo(
            """
            --cluster-name\tThe name of the EKS cluster, as in AWS
            --region\tThe AWS region that the cluster is in, such as us-east-2
            --identity\tThe identity to sign with
            --token-only\tPrint the token alone, for programs that take no ExecCredential
            :nofiles
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing ''",
        "nothing --",
        "aws nothing ''",
        "aws eks tok ''",
        "'' ''",
        "aws '' ''",
        "__complete ''",
        "version extra ''",
        "version help ''",
        "version o",
        "completion bash extra ''",
        "--unknown ''",
        "--unknown=x aws ''",
        "aws --region x ''",
        "-x ''",
        "-Cx. ''",
        "version --unknown ''",
        "version -x ''",
        "version -- ''",
        "version -- --",
        "-- ''",
        "aws eks token --cluster-name --region ''",
        "aws eks token --region a --region b ''",
        "aws eks token --region a --region ''",
        "aws eks token --region a --region=",
        "version --output=json --output=",
        "version --nothing=",
        "version --help=",
        "version -xa",
        "--nothing=",
        "-C nowhere ''",
        "-C atmos.yaml aws ''",
        "version --chdir=nowhere -",
        "aws eks token --cluster-name ''",
        "aws eks token -i ''",
        "--profile ''",
      })
  void word_afterAWrongOneOrWithoutNames_hasNoCandidates(String line) {
    for (View view : View.values()) {
      assertThat(complete(view.atmos().file("atmos.yaml", ""), line)).as(line).isEqualTo(NOTHING);
    }
  }

  @Test
  void request_notInItsForm_hasNoCandidates() {
    assertThat(AtmosRun.unix().run("__complete").answer()).isEqualTo(NOTHING);
    assertThat(AtmosRun.unix().run("__complete", "aws", "").answer()).isEqualTo(NOTHING);
    assertThat(AtmosRun.unix().run("__complete", "--new-word").answer()).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--config ''; :files",
        "--config x; :files",
        "version --config=; :files--config=",
        "--config a.yaml,; :filesa.yaml,",
        "--config=a.yaml,b; :files--config=a.yaml,",
        "aws --config-path ''; :directories",
        "--base-path=x; :directories--base-path=",
        "-C ''; :directories",
        "-Cx; :directories-C",
        "version -C=x; :directories-C=",
        "-C . --base-path /; :directories",
        "-C . --base-path ~/; :directories",
      })
  void path_asAValue_isLeftToTheShell(String line, String expected) {
    String answer = complete(AtmosRun.unix().directory("there"), line);
    assertThat(answer.replace("\t", "")).isEqualTo(expected + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void path_inAnotherDirectory_isFoundThere(View view) {
    AtmosRun atmos =
        view.atmos()
            .file("there/a.yaml", "")
            .file("there/.hidden", "")
            .file("there/b b/c.yaml", "")
            .directory("elsewhere");
    assertThat(complete(atmos, "-C there --config ''"))
        .isEqualTo("a.yaml\nb b/\n:nofiles nospace\n");
    assertThat(complete(atmos, "-Cthere version --config=.h"))
        .isEqualTo("--config=.hidden\n:nofiles nospace\n");
    assertThat(complete(atmos, "--chdir there --config-path ''"))
        .isEqualTo("b b/\n:nofiles nospace\n");
    assertThat(atmos.run("__complete", "--", "-C", "there", "--config", "b b/").answer())
        .isEqualTo("b b/c.yaml\n:nofiles nospace\n");
    assertThat(complete(atmos, "-C elsewhere --config ../there/a"))
        .isEqualTo("../there/a.yaml\n:nofiles nospace\n");
    assertThat(complete(atmos, "-C there --config nowhere/")).isEqualTo(":nofiles nospace\n");
    atmos.env("ATMOS_CHDIR", "there");
    assertThat(complete(atmos, "--config a")).isEqualTo("a.yaml\n:nofiles nospace\n");
    assertThat(complete(atmos, "--chdir ''")).isEqualTo(":directories\n");
  }

  @ParameterizedTest
  @EnumSource
  void names_ofTheConfiguration_areOfferedAsTheyAre(View view) {
    assertThat(complete(named(view), "aws eks token -i ''"))
        .isEqualTo("dev\ntwo words\na:b/c'd\"e$f\n:nofiles\n");
    assertThat(complete(named(view), "aws eks token --identity=d"))
        .isEqualTo("--identity=dev\n--identity=two words\n--identity=a:b/c'd\"e$f\n:nofiles\n");
    assertThat(complete(named(view), "aws eks token --cluster-name ''"))
        .isEqualTo("demo\nde mo\n:nofiles\n");
  }

  @ParameterizedTest
  @EnumSource
  void names_ofTheConfigurationThatIsTyped_areOffered(View view) {
    String other = "auth:\n  identities:\n    other: {kind: ambient}\n";
    AtmosRun atmos = named(view).file("sub/atmos.yaml", other).file("my.yaml", other);
    for (String line :
        List.of(
            "--config my.yaml aws eks token -i ''",
            "aws --config=my.yaml eks token -i ''",
            "aws eks token --config my.yaml -i ''",
            "-C sub aws eks token -i ''",
            "aws eks token -Csub -i ''")) {
      assertThat(complete(atmos, line)).as(line).isEqualTo("other\n:nofiles\n");
    }
    assertThat(complete(atmos, "--config nowhere.yaml aws eks token -i ''")).isEqualTo(NOTHING);
    assertThat(complete(atmos.env("ATMOS_CHDIR", "sub"), "aws eks token -i ''"))
        .isEqualTo("other\n:nofiles\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken: [", "auth: 7", "auth:\n  identities: !exec leave a mark\n"})
  void names_ofABrokenConfiguration_areNone(String configuration) {
    for (View view : View.values()) {
      AtmosRun atmos = named(view).file("atmos.yaml", configuration);
      assertThat(complete(atmos, "aws eks token -i ''")).isEqualTo(NOTHING);
      assertThat(words(complete(atmos, "aws ''"))).isEqualTo("ecr|eks|profiles");
      assertThat(atmos.commandsRun()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"throw", "overflow"})
  void names_whoseServiceFails_areNone(String how) {
    for (View view : View.values()) {
      assertThat(complete(named(view).env("NAMES", how), "aws eks token -i ''")).isEqualTo(NOTHING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void names_lookedUpLoudly_comeInSilence(View view) {
    AtmosRun atmos =
        named(view)
            .file("atmos.yaml", PROJECT + "noise:\n  mark: !exec leave a mark\n")
            .env("NAMES", "loud")
            .env("ATMOS_LOGS_LEVEL", "Debug")
            .env("ATMOS_TRUSTED_PATHS", view == View.UNIX ? "/" : "C:\\");
    atmos.typing("yes");
    assertThat(complete(atmos, "aws eks token -i ''")).startsWith("dev\n").doesNotContain("noise");
    assertThat(atmos.commandsRun()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws eks token", "auth exec", "auth shell", "auth env", "auth console"})
  void regions_ofAws_areKnown(String command) {
    assertThat(complete(AtmosRun.unix(), command + " --region ''").lines())
        .hasSizeGreaterThan(30)
        .contains("us-east-2", "eu-central-1", "cn-north-1", "us-gov-west-1")
        .last()
        .isEqualTo(":nofiles");
  }

  @Test
  void alias_ofMoreThanTheProgram_isCompletedFromThere() {
    assertThat(words(AtmosRun.unix().run("aws", "__complete", "--", "").answer()))
        .isEqualTo("ecr|eks|profiles");
    assertThat(words(AtmosRun.unix().run("-C", ".", "aws", "__complete", "--", "eks", "").answer()))
        .isEqualTo("clusters|convert-kubeconfig|doctor|token|update-kubeconfig");
    AtmosRun.unix().run("version", "__complete", "--", "").failedSaying(2, "takes no word");
  }

  @Test
  void completion_whereTheIndexOfPluginsIsBroken_isSilent() {
    AtmosRun atmos = AtmosRun.in(new RealDirectories(root));
    atmos.file("../data/atmos/plugins/index.properties", "plugins=x\nx/version=?\n");
    assertThat(atmos.run("--help").stderr()).contains("left out");
    assertThat(words(complete(atmos, "aws ''"))).isEqualTo("ecr|eks|profiles");
  }

  private AtmosRun with(GuestPlugin plugin) {
    RealDirectories directories = new RealDirectories(root);
    plugin.install(directories.data().orElseThrow());
    return AtmosRun.in(directories);
  }

  @Test
  void group_ofAGuest_isCompletedWithoutItsCode() {
    AtmosRun atmos = with(GuestPlugin.withCommand("return 0;").withoutJar());
    assertThat(complete(atmos, "acme ''")).isEqualTo("hello\tSay hello\n:nofiles\n");
    assertThat(complete(atmos, "acme hello ''")).isEqualTo(NOTHING);
  }

  @Test
  void command_ofAGuestByAnnotations_isCompleted() {
    AtmosRun atmos =
        with(
            GuestPlugin.withMembers(GuestPlugin.commands("new Hello()"))
                .source("Colour", "", "enum Shade { RED, GREEN }")
                .source(
                    "Names",
                    "extends ArrayList<String>",
                    "public Names() { super(List.of(\"a\", \"b c\")); }")
                .source(
                    "Endless",
                    "implements Iterable<String>",
                    """
                    public Iterator<String> iterator() {
                      return new Iterator<String>() {
                        int i;
                        public boolean hasNext() { return true; }
                        public String next() { return "n" + i++; }
                      };
                    }
                    """)
                .source(
                    "Failing",
                    "implements Iterable<String>",
                    "public Iterator<String> iterator() { throw BOOM; }")
                .source(
                    "Hello",
                    "implements Callable<Integer>",
                    """
                    @picocli.CommandLine.Option(names = {"-n", "--name"},
                        completionCandidates = Names.class,
                        description = "A @|bold name|@ at 100%%.%nMore.") String name;
                    @picocli.CommandLine.Option(names = "--names", split = ",",
                        completionCandidates = Names.class) List<String> names;
                    @picocli.CommandLine.Option(names = "--shade") Colour.Shade shade;
                    @picocli.CommandLine.Option(names = "--colour", negatable = true)
                        boolean colour;
                    @picocli.CommandLine.Option(names = "--secret", hidden = true) String secret;
                    @picocli.CommandLine.Option(names = "--out") java.nio.file.Path out;
                    @picocli.CommandLine.Option(names = "--in", paramLabel = "<file>") String in;
                    @picocli.CommandLine.Option(names = "--at", paramLabel = "DIRECTORY") String at;
                    @picocli.CommandLine.Option(names = "--pair", arity = "1..2",
                        completionCandidates = Names.class) List<String> pair;
                    @picocli.CommandLine.Option(names = "--maybe", arity = "0..1",
                        completionCandidates = Names.class) String maybe;
                    @picocli.CommandLine.Option(names = "-x") boolean x;
                    @picocli.CommandLine.Option(names = "--endless",
                        completionCandidates = Endless.class) String endless;
                    @picocli.CommandLine.Option(names = "--failing",
                        completionCandidates = Failing.class) String failing;
                    @picocli.CommandLine.Parameters(index = "0", paramLabel = "WHO",
                        completionCandidates = Names.class, arity = "0..1") String who;
                    @picocli.CommandLine.Parameters(index = "1..*", paramLabel = "PATH",
                        arity = "0..*") List<String> paths;
                    @picocli.CommandLine.Command(name = "loud", description = "Say it loud.")
                    int loud(@picocli.CommandLine.Option(names = "--times") int times) { return 0; }
                    @picocli.CommandLine.Command(name = "never", hidden = true)
                    int never() { return 0; }
                    public Integer call() { return 0; }
                    """));
    assertThat(complete(atmos, "acme hello ''")).isEqualTo("loud\tSay it loud\na\nb c\n:nofiles\n");
    assertThat(complete(atmos, "acme hello --name=")).isEqualTo("--name=a\n--name=b c\n:nofiles\n");
    assertThat(complete(atmos, "acme hello -xn ''")).isEqualTo("a\nb c\n:nofiles\n");
    assertThat(complete(atmos, "acme hello --names a,")).isEqualTo("a,b c\n:nofiles\n");
    assertThat(complete(atmos, "acme hello --names a --names ''")).isEqualTo("b c\n:nofiles\n");
    assertThat(complete(atmos, "acme hello --shade ''")).isEqualTo("RED\nGREEN\n:nofiles\n");
    assertThat(complete(atmos, "acme hello --no-colour --out ''")).isEqualTo(":files\n");
    assertThat(complete(atmos, "acme hello --in=x")).isEqualTo(":files\t--in=\n");
    assertThat(complete(atmos, "acme hello --at ''")).isEqualTo(":directories\n");
    assertThat(complete(atmos, "acme hello --pair a ''")).startsWith("b c\nloud\tSay it loud\na\n");
    assertThat(complete(atmos, "acme hello --pair a b ''")).startsWith("loud\t");
    assertThat(complete(atmos, "acme hello --maybe ''"))
        .isEqualTo("a\nb c\nloud\tSay it loud\n:nofiles\n");
    assertThat(complete(atmos, "acme hello --maybe loud --")).startsWith("--times\n");
    assertThat(complete(atmos, "acme hello x ''")).startsWith("loud\t").endsWith("\n:files\n");
    assertThat(complete(atmos, "acme hello x y z ''")).endsWith("\n:files\n");
    assertThat(complete(atmos, "acme hello loud ''")).isEqualTo("--times\n:nofiles\n");
    assertThat(complete(atmos, "acme hello loud --times 3 ''")).isEqualTo(NOTHING);
    assertThat(complete(atmos, "acme hello loud x ''")).isEqualTo(NOTHING);
    assertThat(complete(atmos, "acme hello --endless ''").lines()).hasSize(10_001);
    assertThat(complete(atmos, "acme hello --failing ''")).isEqualTo(NOTHING);
    assertThat(complete(atmos, "acme hello --secret x --failing=")).isEqualTo(NOTHING);
    assertThat(complete(atmos, "acme hello -"))
        .contains("-n\tA name at 100%\n--name\tA name at 100%\n", "--shade\n", "-x\n", "--help\t")
        .doesNotContain("--secret");
  }

  @Test
  void command_ofAGuestThatFails_hasNoCandidates() {
    AtmosRun atmos =
        with(
            GuestPlugin.withMembers(GuestPlugin.commands("(Object) Objects.requireNonNull(null)")));
    assertThat(complete(atmos, "acme hello --")).isEqualTo(NOTHING);
    assertThat(words(complete(atmos, "acme ''"))).isEqualTo("hello");
  }

  @Test
  void command_withAnOptionByAGlobalName_hasNone() {
    AtmosRun atmos =
        with(
            GuestPlugin.withMembers(GuestPlugin.commands("new Hello()"))
                .source(
                    "Hello",
                    "implements Callable<Integer>",
                    """
                    @picocli.CommandLine.Option(names = "--config") int config;
                    public Integer call() { return 0; }
                    """));
    assertThat(complete(atmos, "acme hello ''")).isEqualTo(NOTHING);
  }

  @Test
  void subcommand_ofAGuest_hasTheGlobalOptions() {
    AtmosRun atmos =
        with(GuestPlugin.withMembers(GuestPlugin.commands("new Hello()"))
                .source(
                    "Hello",
                    "implements Callable<Integer>",
                    """
                    @picocli.CommandLine.Command int place(
                        @picocli.CommandLine.Option(names = "--own") String own) { return 0; }
                    public Integer call() { return 0; }
                    """)
                .annotated("Hello", "@picocli.CommandLine.Command"))
            .file("sub/x/y", "");
    assertThat(words(complete(atmos, "acme hello place --"))).startsWith("--own|--config|");
    assertThat(complete(atmos, "acme hello place ''")).isEqualTo("--own\n:nofiles\n");
    assertThat(complete(atmos, "acme hello place --chdir ''")).isEqualTo(":directories\n");
    assertThat(complete(atmos, "acme hello place -C sub --config ''")).startsWith("x/\n");
  }
}
