package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A zoo of broken plugins: each costs nothing but its own command, which fails with exit code 7 and
 * one line that names the plugin.
 */
final class BrokenPluginsRunTest {
  private static final String HELLO = "context.console().answer(\"hello\\n\"); return 0;";
  private static final String NEXT_TO_IT =
      """
      auth:
        identities:
          own:
            kind: aws/user
            default: true
            credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: !env SECRET}
          guest:
            kind: acme/static
      """;

  record Row(String name, String part, GuestPlugin plugin) implements Arguments {
    @Override
    public Object[] get() {
      return new Object[] {this};
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @TempDir Path root;

  private static Row row(String name, String part, GuestPlugin plugin) {
    return new Row(name, part, plugin);
  }

  private static GuestPlugin hello() {
    return GuestPlugin.withCommand(HELLO);
  }

  private static Row command(String name, String part, String body) {
    return row(name, part, GuestPlugin.withCommand(body));
  }

  private static Row factory(String name, String part, String expression) {
    return row(name, part, GuestPlugin.withMembers(GuestPlugin.commands(expression)));
  }

  private static Row members(String name, String part, String members) {
    return row(name, part, GuestPlugin.withMembers(members + GuestPlugin.commands("new Object()")));
  }

  static List<Row> brokenCommands() {
    return List.of(
        row("missing class", "Hello", hello().missing("Hello")),
        row(
            "missing superclass",
            "Base",
            GuestPlugin.withMembers("")
                .source("Base", "", "")
                .source(
                    "AcmePlugin",
                    "extends Base implements Plugin",
                    GuestPlugin.commands("new Object()"))
                .missing("Base")),
        row("missing class of the plugin", "acme.AcmePlugin", hello().missing("AcmePlugin")),
        row("another class in the index", "acme.Other", hello().with("class", "acme.Other")),
        row("a class that is no plugin", "acme.Hello", hello().serviceFile("acme.Hello\n")),
        row("no service file", "acme.AcmePlugin", hello().serviceFile("")),
        row("a broken service file", "acme", hello().serviceFile("acme AcmePlugin\n")),
        row("no jar", "acme-1.0.jar", hello().withoutJar()),
        row("a jar without its end", "acme-1.0.jar", hello().truncatedBy(100)),
        row("newer class files", "99", hello().classVersion(99)),
        row("a newer API", "0.3", hello().with("api", "0.3")),
        row("an API of another major version", "1.0", hello().with("api", "1.0")),
        members("throwing static initialiser", "boom", "static { if (true) throw BOOM; }"),
        members("throwing constructor", "boom", "public AcmePlugin() { throw BOOM; }"),
        members("private constructor", "AcmePlugin", "private AcmePlugin() {}"),
        row(
            "another constructor",
            "AcmePlugin",
            GuestPlugin.withMembers(
                "public AcmePlugin(String x) {}" + GuestPlugin.commands("new Object()"))),
        row("no commands", "acme hello", GuestPlugin.withMembers("")),
        row(
            "null for its commands",
            "NullPointerException",
            GuestPlugin.withMembers("public List<PluginCommand> commands() { return null; }")),
        row(
            "throwing list of commands",
            "boom",
            GuestPlugin.withMembers("public List<PluginCommand> commands() { throw BOOM; }")),
        row(
            "a command that is named wrongly",
            "Acme Hello",
            GuestPlugin.withMembers(
                "public List<PluginCommand> commands() {"
                    + " return List.of(PluginCommand.of(\"Acme Hello\", c -> c)); }")),
        factory("throwing factory", "boom", "{ throw BOOM; }"),
        factory("null from the factory", "acme hello", "null"),
        factory("rubbish from the factory", "String", "\"rubbish\""),
        factory(
            "a specification of nothing",
            "not a Method, Runnable or Callable",
            "CommandSpec.create()"),
        factory(
            "an object that can't be run",
            "not a Method, Runnable or Callable",
            "new Object() {" + "@picocli.CommandLine.Option(names = \"--x\") String x; }"),
        factory(
            "two options of one name",
            "--twice",
            "new Object() {"
                + "@picocli.CommandLine.Option(names = \"--twice\") String x;"
                + "@picocli.CommandLine.Option(names = \"--twice\") String y; }"),
        factory(
            "two subcommands of one name",
            "twice",
            "CommandSpec.create().addSubcommand(\"twice\", CommandSpec.create())"
                + ".addSubcommand(\"twice\", CommandSpec.create())"),
        factory(
            "an option that picocli refuses",
            "InitializationException",
            "new Object() { @picocli.CommandLine.Option(names = \"\") String x; }"),
        command("exception", "boom", "throw BOOM;"),
        command("checked exception", "boom", "throw new java.io.IOException(\"boom\");"),
        command(
            "exception without a message",
            "NullPointerException",
            "throw new NullPointerException();"),
        command("error", "boom", "throw new Error(\"boom\");"),
        command("assertion", "boom", "throw new AssertionError(\"boom\");"),
        command("linkage error", "boom", "throw new NoSuchMethodError(\"boom\");"),
        command("error of a service", "boom", "throw new ServiceConfigurationError(\"boom\");"),
        command("out of memory", "boom", "throw new OutOfMemoryError(\"boom\");"),
        command(
            "stack overflow",
            "StackOverflowError",
            "return new Object() { int deep(int n) { return deep(n + 1) + 1; } }.deep(0);"),
        command(
            "exception in a circle",
            "boom",
            "Exception a = new Exception(\"boom\"); Exception b = new Exception(\"boom\", a);"
                + " a.initCause(b); throw a;"),
        command(
            "exception that throws",
            "failed",
            "throw new RuntimeException() { public String getMessage() { throw BOOM; } };"),
        command(
            "message of many lines",
            "IllegalStateException: first line\n",
            "throw new IllegalStateException(\"first line\\n  second\\n\\u001b[2J\");"),
        command(
            "endless message",
            "boom",
            "throw new IllegalStateException(\"boom\".repeat(100000));"));
  }

  static List<Row> brokenIdentities() {
    return List.of(
        identity("linkage error", "boom", "throw new NoSuchMethodError(\"boom\");"),
        identity("exception", "boom", "throw BOOM;"),
        identity("error", "boom", "throw new AssertionError(\"boom\");"),
        identity("null for the identity", "IdentityType.create returned null", "return null;"),
        identity(
            "null for the credentials", "Identity.grant returned null", "return request -> null;"),
        identity("exception of the credentials", "boom", "return request -> { throw BOOM; };"),
        identity(
            "linkage error of the credentials",
            "boom",
            "return request -> { throw new NoClassDefFoundError(\"boom\"); };"),
        identity(
            "bad credentials",
            "empty",
            "return request -> AwsCredentials.of(\"\", Secret.of(\"x\"), null, null);"),
        row(
            "a kind that the code doesn't have",
            "acme/static",
            GuestPlugin.withMembers("").with("identities", "acme/static")),
        row(
            "null for its kinds",
            "NullPointerException",
            GuestPlugin.withMembers("public List<IdentityType> identities() { return null; }")
                .with("identities", "acme/static")),
        row("a newer API", "0.3", hello().with("api", "0.3").with("identities", "acme/static")),
        row("no jar", "acme-1.0.jar", hello().withoutJar().with("identities", "acme/static")));
  }

  private static Row identity(String name, String part, String create) {
    return row(
        name,
        part,
        GuestPlugin.withMembers(
                "public List<IdentityType> identities() { return List.of(new Static()); }")
            .withIdentity(
                "public Identity create(Definition definition, PluginContext context) { "
                    + create
                    + " }"));
  }

  private AtmosRun atmosWith(GuestPlugin plugin) {
    RealDirectories directories = new RealDirectories(root);
    plugin.install(directories.data().orElseThrow());
    return AtmosRun.in(directories).file("atmos.yaml", NEXT_TO_IT).env("SECRET", AtmosRun.SECRET);
  }

  private static void costsOnlyItself(AtmosRun atmos, AtmosRun.Result broken, String part) {
    broken.failedSaying(7, "atmos: plugin acme 1.0 ", part);
    assertThat(broken.stderr()).hasSizeLessThan(600);
    AtmosRun bare = AtmosRun.unix().file("atmos.yaml", NEXT_TO_IT).env("SECRET", AtmosRun.SECRET);
    assertThat(atmos.token()).isEqualTo(bare.token());
    assertThat(atmos.token().answer()).contains("ExecCredential");
    assertThat(atmos.run("version")).isEqualTo(bare.run("version"));
  }

  @ParameterizedTest
  @MethodSource("brokenCommands")
  void brokenCommand_whenAddressed_costsOnlyItself(Row row) {
    AtmosRun atmos = atmosWith(row.plugin());
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    costsOnlyItself(atmos, atmos.run("acme", "hello"), row.part());
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    assertThat(atmos.run("acme").answer()).contains("\n  hello  Say hello\n");
  }

  @ParameterizedTest
  @MethodSource("brokenIdentities")
  void brokenIdentity_whenUsed_costsOnlyItself(Row row) {
    AtmosRun atmos = atmosWith(row.plugin());
    costsOnlyItself(atmos, atmos.token("-i", "guest"), row.part());
  }

  static List<Row> endlessIdentities() {
    String forever =
        "while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { } }";
    return List.of(
        identity("creation", "IdentityType.create", "if (true) " + forever + " return null;"),
        identity("grant", "Identity.grant", "return request -> { " + forever + " };"),
        row(
            "class",
            "its identity kinds",
            GuestPlugin.withMembers("static { if (true) " + forever + " }")
                .with("identities", "acme/static")));
  }

  /** Ten seconds, of which the test waits for a twentieth; a renewal has twenty. */
  @ParameterizedTest
  @MethodSource("endlessIdentities")
  void endlessIdentity_whenUsed_isGivenUpAndNamed(Row row) {
    AtmosRun atmos = atmosWith(row.plugin());
    atmos.machine().hurryPlugins(20);
    atmos
        .token("-i", "guest")
        .failedSaying(7, "plugin acme 1.0 did not return within", "seconds: " + row.part());
  }
}
