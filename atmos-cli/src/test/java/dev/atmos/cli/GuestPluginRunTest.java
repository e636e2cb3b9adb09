package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.cli.bootstrap.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs with a third party's plugin that works. */
final class GuestPluginRunTest {
  private static final String HELLO = "context.console().answer(\"hello\\n\"); return 0;";
  private static final String GIVES_A_KEY =
      """
      public Identity create(Definition definition, PluginContext context) {
        return request -> AwsCredentials.of(
            "AKIDACME", definition.secret("secret").orElseThrow(), null, null);
      }
      """;
  private static final String KINDS =
      "public List<IdentityType> identities() { return List.of(new Static()); }";

  @TempDir Path root;
  private RealDirectories directories;
  private AtmosRun atmos;

  @BeforeEach
  void start() {
    directories = new RealDirectories(root);
    atmos = AtmosRun.in(directories);
  }

  private void install(GuestPlugin plugin) {
    plugin.install(data());
  }

  private Path data() {
    return directories.data().orElseThrow();
  }

  @Test
  void command_ofAGuest_answers() {
    install(GuestPlugin.withCommand(HELLO));
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("hello\n");
    assertThat(atmos.run("--logs-level=Info", "acme", "--config=x", "hello").answer())
        .isEqualTo("hello\n");
  }

  @Test
  void command_ofAGuest_endsWithItsOwnCode() {
    install(GuestPlugin.withCommand("context.console().say(\"atmos: no\"); return 3;"));
    assertThat(atmos.run("acme", "hello")).isEqualTo(new Result(3, "", "atmos: no\n"));
  }

  @Test
  void command_ofAGuest_isPartOfHelpAndOfSuggestions() {
    install(GuestPlugin.withCommand(HELLO).withoutJar());
    assertThat(atmos.run("--help").answer())
        .contains("\n  acme           Work with Acme\n", "\n  aws            Work with AWS\n");
    assertThat(atmos.run("acme").answer())
        .startsWith("Usage: atmos acme <command> [options]\n\nWork with Acme\n")
        .contains("\n  hello  Say hello\n");
    atmos
        .run("acme", "helo")
        .failed(2, "'helo' is not a command of atmos acme; did you mean: atmos acme hello");
  }

  @Test
  void command_ofAGuest_hasHelpAndTheGlobalOptions() {
    install(GuestPlugin.withCommand(HELLO));
    assertThat(atmos.run("acme", "hello", "--help").answer())
        .startsWith("Usage: atmos acme hello")
        .contains("--config=FILE", "--logs-level=LEVEL", "-h, --help");
    atmos
        .run("acme", "hello", "--wrold")
        .failed(2, "unknown option '--wrold'; see atmos acme hello --help");
  }

  @Test
  void command_madeByAnnotations_takesItsOptions() {
    install(
        GuestPlugin.withMembers(GuestPlugin.commands("new Hello(context)"))
            .source(
                "Hello",
                "implements Callable<Integer>",
                """
                final PluginContext context;
                Hello(PluginContext context) { this.context = context; }
                @picocli.CommandLine.Option(names = "--name", required = true) String name;
                public Integer call() {
                  context.console().answer("hello " + name + "\\n");
                  return 0;
                }
                """));
    assertThat(atmos.run("acme", "hello", "--name", "you").answer()).isEqualTo("hello you\n");
    atmos.run("acme", "hello").failedSaying(2, "--name", "see atmos acme hello --help");
  }

  /** A command whose class has these attributes of its annotation, and these members. */
  private static GuestPlugin annotated(String attributes, String relations, String members) {
    return GuestPlugin.withMembers(GuestPlugin.commands("new Hello(context)"))
        .source(
            "Hello",
            relations,
            """
            final PluginContext context;
            Hello(PluginContext context) { this.context = context; }
            """
                + members)
        .annotated("Hello", "@picocli.CommandLine.Command(" + attributes + ")");
  }

  @Test
  void command_thatIsARunnable_endsWell() {
    install(
        annotated(
            "",
            "implements Runnable",
            "public void run() { context.console().answer(\"ran\\n\"); }"));
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("ran\n");
  }

  @Test
  void command_withPicoclisHelpOptions_hasThem() {
    install(
        annotated(
                "mixinStandardHelpOptions = true, versionProvider = Version.class,"
                    + " description = \"Greets ${COMMAND-FULL-NAME}.\"",
                "implements Callable<Integer>",
                "public Integer call() { " + HELLO + " }")
            .source(
                "Version",
                "implements picocli.CommandLine.IVersionProvider",
                "public String[] getVersion() { return new String[] {\"acme 9\", \"of today\"};"
                    + " }"));
    for (String help : List.of("-h", "--help")) {
      assertThat(atmos.run("acme", "hello", help).answer())
          .startsWith("Usage: atmos acme hello [options]")
          .contains("Greets atmos acme hello.", "-h, --help", "-V, --version", "--config=FILE")
          .doesNotContain("${");
    }
    for (String version : List.of("-V", "--version")) {
      assertThat(atmos.run("acme", "hello", version).answer()).isEqualTo("acme 9\nof today\n");
    }
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("hello\n");
  }

  @Test
  void version_thatACommandDoesNotSay_isThatOfItsPlugin() {
    install(
        annotated(
            "mixinStandardHelpOptions = true",
            "implements Callable<Integer>",
            "public Integer call() { " + HELLO + " }"));
    assertThat(atmos.run("acme", "hello", "--version").answer()).isEqualTo("plugin acme 1.0\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new picocli.CommandLine.ParameterException(spec.commandLine(), \"no such place\");",
        "throw new picocli.CommandLine.ParameterException("
            + "spec.commandLine(), \"no such place\\nand more\", BOOM);",
      })
  void command_thatFindsItsWordsWrong_endsAsWrongUsage(String body) {
    install(
        annotated(
            "",
            "implements Callable<Integer>",
            "@picocli.CommandLine.Spec CommandSpec spec; public Integer call() { " + body + " }"));
    atmos.run("acme", "hello").failed(2, "no such place; see atmos acme hello --help");
  }

  private static GuestPlugin nested(String options) {
    return annotated(
        "",
        "implements Callable<Integer>",
        """
        public Integer call() { context.console().answer("parent\\n"); return 0; }
        @picocli.CommandLine.Command(description = "Greets a place.")
        int place(@picocli.CommandLine.Option(names = {OPTIONS}) String name,
            @picocli.CommandLine.Parameters String word) {
          if (word.equals("fail")) { throw new AtmosException(ExitCode.DENIED, "no entry"); }
          context.console().answer(word + " of " + name + "\\n");
          return 0;
        }
        """
            .replace("OPTIONS", options));
  }

  @Test
  void subcommand_ofAGuest_hasHelpAndTheGlobalOptions() {
    install(nested("\"--name\""));
    assertThat(atmos.run("acme", "hello", "place", "--name=x", "y").answer()).isEqualTo("y of x\n");
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("parent\n");
    assertThat(atmos.run("acme", "hello", "place", "--help").answer())
        .startsWith("Usage: atmos acme hello place ")
        .contains("Greets a place.", "--name=", "--config=FILE", "-C, --chdir=DIR", "-h, --help");
    for (List<String> words :
        List.of(
            List.of("--logs-level=Debug", "acme", "hello", "place", "y"),
            List.of("acme", "hello", "--profile=a", "place", "--profile=b", "-C", ".", "y"),
            List.of("acme", "--base-path", ".", "hello", "place", "y", "--config", "x"))) {
      assertThat(atmos.run(words.toArray(new String[0])).answer()).isEqualTo("y of null\n");
    }
    atmos
        .run("acme", "hello", "place", "y", "--chdir=nowhere")
        .failedSaying(2, "nowhere that --chdir names doesn't exist");
    atmos
        .run("acme", "hello", "place", "y", "--nmae", "x")
        .failed(2, "unknown option '--nmae'; did you mean --name");
    atmos
        .run("acme", "hello", "place")
        .failedSaying(2, "is required; see atmos acme hello place --help");
    atmos.run("acme", "hello", "place", "fail").failed(5, "no entry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--config",
        "--config-path",
        "--base-path",
        "--chdir",
        "-C",
        "--profile",
        "--logs-level",
        "--help",
        "-h"
      })
  void option_byTheNameOfOneThatAllCommandsHave_isRefused(String name) {
    install(nested("\"--own\", \"" + name + "\""));
    atmos
        .run("acme", "hello", "place", "y")
        .failed(
            7,
            "plugin acme 1.0 gives the command atmos acme hello place an option "
                + name
                + " of its own, which every command of atmos has already");
    assertThat(atmos.run("acme").answer()).contains("\n  hello  Say hello\n");
  }

  @Test
  void failure_ofAGuest_isPassedOnAsItIs() {
    install(
        GuestPlugin.withCommand(
            "throw new AtmosException(ExitCode.DENIED, \"acme says no\", \"ask acme\");"));
    atmos.run("acme", "hello").failed(5, "acme says no; ask acme");
  }

  @Test
  void identity_ofAGuest_makesTokensThatServersTake() {
    install(GuestPlugin.withMembers(KINDS).without("command.acme.hello").withIdentity(GIVES_A_KEY));
    atmos
        .file(
            "atmos.yaml",
            "auth:\n  identities:\n    guest: {kind: acme/static, secret: acme-secret}\n")
        .knows("AKIDACME", "acme-secret");
    assertThat(atmos.token().keyId()).isEqualTo("AKIDACME");
    assertThat(atmos.token("-i", "GUEST").keyId()).isEqualTo("AKIDACME");
  }

  @Test
  void credentials_ofTheHost_canBeUsedByAGuest() {
    install(
        GuestPlugin.withCommand(
            """
            AwsCredentials credentials = context.service(Identities.class).credentials(null);
            context.console().answer(credentials.accessKeyId() + "\\n" + credentials + "\\n");
            return 0;
            """));
    assertThat(atmos.keys().run("acme", "hello").answer()).startsWith(AtmosRun.KEY_ID + "\n");
    AtmosRun.in(new RealDirectories(root)).run("acme", "hello").failedSaying(4, "credentials");
  }

  @Test
  void guest_whereverItIsCalled_hasItsOwnContextClassLoader() {
    String own =
        "Thread.currentThread().getContextClassLoader() == AcmePlugin.class.getClassLoader()";
    install(
        GuestPlugin.withMembers(
                """
                static String seen = "class " + (OWN);
                public AcmePlugin() { seen += ", constructor " + (OWN); }
                public List<PluginCommand> commands() {
                  seen += ", commands " + (OWN);
                  return List.of(PluginCommand.of("acme hello", context -> {
                    seen += ", factory " + (OWN);
                    return new Hello(context);
                  }));
                }
                public List<IdentityType> identities() {
                  seen += ", identities " + (OWN);
                  return List.of(new Static());
                }
                """
                    .replace("OWN", own))
            .source(
                "Hello",
                "implements Callable<Integer>",
                """
                final PluginContext context;
                Hello(PluginContext context) { this.context = context; }
                @picocli.CommandLine.Option(names = "--ask") boolean ask;
                public Integer call() {
                  AcmePlugin.seen += ", call " + (OWN);
                  context.service(Identities.class).credentials(null);
                  AcmePlugin.seen += ", after " + (OWN);
                  context.console().answer(AcmePlugin.seen + "\\n");
                  return 0;
                }
                """
                    .replace("OWN", own))
            .withIdentity(
                """
                public Identity create(Definition definition, PluginContext context) {
                  AcmePlugin.seen += ", create " + (OWN);
                  return request -> {
                    AcmePlugin.seen += ", credentials " + (OWN);
                    return AwsCredentials.of("AKIDACME", Secret.of("acme-secret"), null, null);
                  };
                }
                """
                    .replace("OWN", own)));
    atmos.file("atmos.yaml", "auth:\n  identities:\n    guest: {kind: acme/static}\n");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    assertThat(atmos.run("acme", "hello").answer())
        .isEqualTo(
            "class true, constructor true, commands true, factory true, call true, identities true,"
                + " create true, credentials true, after true\n");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    atmos.run("acme", "hello", "--unknown").failedSaying(2, "unknown option");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void guest_lookingForClasses_seesTheJdkItsOwnAndTheApi() {
    install(
        GuestPlugin.withCommand(
            """
            for (String name : List.of(
                "acme.AcmePlugin", "dev.atmos.plugin.base.Secret", "dev.atmos.plugin.auth.Identities",
                "picocli.CommandLine", "org.jspecify.annotations.Nullable", "java.sql.Connection",
                "java.net.http.HttpClient", "java.util.logging.Logger",
                "org.yaml.snakeyaml.Yaml", "dev.atmos.cli.Atmos", "dev.atmos.cli.host.PluginHost",
                "dev.atmos.cli.bootstrap.Main", "dev.atmos.auth.AuthPlugin",
                "dev.atmos.aws.eks.EksPlugin", "dev.atmos.loopback.kubernetes.TokenVerifier",
                "org.junit.jupiter.api.Test", "dev.atmos.pluginfoo.Foo")) {
              String found = "";
              for (ClassLoader loader : List.of(
                  Hello.class.getClassLoader(), Thread.currentThread().getContextClassLoader())) {
                try {
                  Class.forName(name, false, loader);
                  found += "+";
                } catch (ClassNotFoundException e) {
                  found += "-";
                }
              }
              context.console().answer(found + " " + name + "\\n");
            }
            int services = 0;
            for (Plugin plugin : ServiceLoader.load(Plugin.class)) {
              services++;
            }
            context.console().answer(services + " plugin\\n");
            Enumeration<java.net.URL> metadata =
                Hello.class.getClassLoader().getResources("META-INF/atmos/plugin.properties");
            context.console().answer(Collections.list(metadata).size() + " metadata\\n");
            return 0;
            """));
    assertThat(atmos.run("acme", "hello").answer())
        .isEqualTo(
            """
            ++ acme.AcmePlugin
            ++ dev.atmos.plugin.base.Secret
            ++ dev.atmos.plugin.auth.Identities
            ++ picocli.CommandLine
            ++ org.jspecify.annotations.Nullable
            ++ java.sql.Connection
            ++ java.net.http.HttpClient
            ++ java.util.logging.Logger
            -- org.yaml.snakeyaml.Yaml
            -- dev.atmos.cli.Atmos
            -- dev.atmos.cli.host.PluginHost
            -- dev.atmos.cli.bootstrap.Main
            -- dev.atmos.auth.AuthPlugin
            -- dev.atmos.aws.eks.EksPlugin
            -- dev.atmos.loopback.kubernetes.TokenVerifier
            -- org.junit.jupiter.api.Test
            -- dev.atmos.pluginfoo.Foo
            1 plugin
            1 metadata
            """);
  }

  @Test
  void guest_withABuiltInPluginsNames_shadowsNothing() {
    install(
        GuestPlugin.withMembers(
                """
                public List<PluginCommand> commands() { throw new IllegalStateException("shadowed"); }
                public List<IdentityType> identities() { throw new IllegalStateException("shadowed"); }
                """)
            .as("auth")
            .with("command.version", "Shadowed")
            .with("command.version.acme", "Shadowed")
            .with("command.aws", "Shadowed")
            .with("command.aws.eks", "Shadowed")
            .with("command.aws.eks.token", "Shadowed")
            .with("group.aws", "Shadowed")
            .with("group.aws.eks", "Shadowed")
            .with("identities", "aws/user,mock/aws")
            .with("services", "dev.atmos.plugin.auth.Identities"));
    AtmosRun bare = AtmosRun.unix().keys();
    atmos.keys();
    assertThat(atmos.token()).isEqualTo(bare.token());
    assertThat(atmos.run("version")).isEqualTo(bare.run("version"));
    assertThat(atmos.run("aws")).isEqualTo(bare.run("aws"));
    assertThat(atmos.run("aws", "eks", "--help")).isEqualTo(bare.run("aws", "eks", "--help"));
    assertThat(atmos.run("--help").answer()).doesNotContain("Shadowed");
    atmos
        .file("atmos.yaml", "auth:\n  identities:\n    test: {kind: mock/aws}\n")
        .knows("MOCK_ACCESS_KEY_ID", "MOCK_SECRET_ACCESS_KEY");
    assertThat(atmos.token().keyId()).isEqualTo("MOCK_ACCESS_KEY_ID");
  }

  @Test
  void guest_withABuiltInPluginsId_doesNotTakeItsServices() {
    install(
        GuestPlugin.withCommand(
                """
                context.console().answer(
                    context.service(Identities.class).credentials(null).accessKeyId() + "\\n");
                return 0;
                """)
            .as("auth"));
    assertThat(atmos.keys().run("acme", "hello").answer()).isEqualTo(AtmosRun.KEY_ID + "\n");
  }

  @Test
  void guest_besideABuiltInGroup_addsToIt() {
    install(
        GuestPlugin.withCommand(HELLO)
            .source("AcmePlugin", "implements Plugin", lists("aws acme"))
            .without("command.acme.hello")
            .with("command.aws.acme", "Say hello to AWS"));
    assertThat(atmos.run("aws", "acme").answer()).isEqualTo("hello\n");
    assertThat(atmos.run("aws").answer())
        .contains("\n  acme      Say hello to AWS\n  ecr       Work with Amazon ECR registries\n");
  }

  @Test
  void guests_withTheSameClasses_doNotSeeEachOther() {
    install(GuestPlugin.withCommand(HELLO));
    install(
        GuestPlugin.withCommand(HELLO.replace("hello", "other"))
            .as("other")
            .source("AcmePlugin", "implements Plugin", lists("other hello"))
            .without("command.acme.hello")
            .with("command.other.hello", "Say another hello"));
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("hello\n");
    assertThat(atmos.run("other", "hello").answer()).isEqualTo("other\n");
  }

  private static String lists(String path) {
    return GuestPlugin.commands("CommandSpec.wrapWithoutInspection(new Hello(context))")
        .replace("acme hello", path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plugins=../evil\n",
        "plugins=acme\n",
        "plugins=acme\nacme/version=1.0\nacme/api=0.2\nacme/class=X\nacme/jars=../../evil.jar\n",
        "plugins=\\u12\n",
        "plugins=a\\u001b[2J\n",
      })
  void index_thatCannotBeRead_costsTheGuestsOnlyAndIsSaidOnce(String index) throws IOException {
    Files.createDirectories(data().resolve("plugins"));
    Files.writeString(data().resolve("plugins/index.properties"), index);
    AtmosRun bare = AtmosRun.unix().keys();
    atmos.keys();
    assertThat(atmos.token()).isEqualTo(bare.token());
    assertThat(atmos.run("version")).isEqualTo(bare.run("version"));
    Result help = atmos.run("--help");
    assertThat(help.stdout()).isEqualTo(bare.run("--help").answer());
    assertThat(help.stderr().lines())
        .singleElement()
        .asString()
        .startsWith("atmos: ")
        .contains(" left out: ", "index.properties")
        .doesNotContainPattern("\\p{Cntrl}");
    Result unknown = atmos.run("acme", "hello");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.stderr()).hasLineCount(2);
  }

  @Test
  void index_thatIsADirectory_costsTheGuestsOnly() throws IOException {
    Files.createDirectories(data().resolve("plugins/index.properties"));
    Result help = atmos.run("--help");
    assertThat(help.stderr()).hasLineCount(1).contains("is a directory");
    assertThat(help.stdout()).contains("\n  aws ");
  }

  @Test
  void standardOutput_inARealProcess_takesTheAnswerOnly() throws Exception {
    install(
        GuestPlugin.withCommand(
            """
            System.out.println("noise of the command");
            context.console().answer("hello\\n");
            System.out.printf("more noise%n");
            return 0;
            """));
    Path out = root.resolve("out");
    Path err = root.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "acme",
                    "hello"))
            .directory(directories.workingDirectory().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("XDG_DATA_HOME", root.resolve("data").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    assertThat(Files.readString(out, StandardCharsets.UTF_8)).isEqualTo("hello\n");
    assertThat(Files.readString(err, StandardCharsets.UTF_8))
        .contains("noise of the command", "more noise");
  }

  @Test
  void kind_thatAcceptsNothing_isNotUsedBehindAnIdentity() {
    install(
        GuestPlugin.withMembers(KINDS)
            .withIdentity(
                GIVES_A_KEY
                    + "public Accepts accepts() { return Accepts.nothing(); }"
                    + "public Schema schema() { return Schema.object(\"A key.\")"
                    + ".optional(\"secret\", Schema.secret(\"Its secret.\")); }"));
    atmos
        .file(
            "atmos.yaml",
            """
            auth:
              identities:
                first: {kind: acme/static, secret: a}
                guest: {kind: acme/static, secret: b, via: {identity: first}}
            """)
        .token("-i", "guest")
        .failedShowing(2, "atmos.yaml:4:", "is of kind acme/static, which takes no 'via'");
  }

  @Test
  void kind_thatCannotBeUsedHere_saysWhy() {
    install(
        GuestPlugin.withMembers(KINDS)
            .withIdentity(
                GIVES_A_KEY
                    + "public Optional<String> unavailable(PluginContext context) {"
                    + " return Optional.of(\"the moon is down\"); }"));
    atmos
        .file("atmos.yaml", "auth: {identities: {guest: {kind: acme/static, secret: a}}}")
        .token("-i", "guest")
        .failed(4, "identity 'guest' can't be used here: the moon is down");
  }

  /** On the token path, no schema stands between a definition and its kind. */
  @Test
  void field_thatIsMissing_isSaidInPlaceOfWhatTheKindMadeOfIt() {
    install(
        GuestPlugin.withMembers(KINDS)
            .withIdentity(
                GIVES_A_KEY
                    + "public Schema schema() { return Schema.object(\"A key.\")"
                    + ".required(\"secret\", Schema.secret(\"Its secret.\")); }"));
    atmos
        .file("atmos.yaml", "auth: {identities: {guest: {kind: acme/static}}}")
        .token("-i", "guest")
        .failedShowing(2, "atmos.yaml:1:", "'secret' is missing");
  }
}
