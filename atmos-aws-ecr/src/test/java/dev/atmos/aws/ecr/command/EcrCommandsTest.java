package dev.atmos.aws.ecr.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.aws.ecr.DockerScene;
import dev.atmos.aws.ecr.docker.DockerLogins;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class EcrCommandsTest {
  private static final String HOST = DockerScene.HOST;
  private static final String OWN = "{\n  \"psFormat\": \"x\",\n  \"auths\": {\"x\": {}}\n}\n";

  private DockerScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new DockerScene();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private int run(CommandSpec spec, String... words) {
    CommandLine line = new CommandLine(spec);
    line.setExecutionExceptionHandler((e, command, result) -> {
      throw e;
    });
    line.parseArgs(words);
    try {
      return ((Callable<?>) spec.userObject()).call() instanceof Integer code ? code : -1;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void login(String... words) {
    assertThat(run(EcrLoginCommand.spec(scene.services), words)).isZero();
  }

  private void configure(String... words) {
    assertThat(run(ConfigureDockerCommand.spec(scene.services), words)).isZero();
  }

  /** What the helper answers, and its exit code. */
  private String ask(String verb, String host) {
    String before = scene.services.console().answered();
    scene.services.terminal().type(host);
    int code = run(new CredentialHelperCommand(scene.services).spec(), verb);
    return code + " " + scene.services.console().answered().substring(before.length());
  }

  @Test
  void login_andLogout_changeNothingElse() {
    scene.docker(OWN);

    login("--registry", HOST, "--public");

    assertThat(DockerScene.text(scene.docker()))
        .startsWith(OWN.substring(0, OWN.indexOf("}}") + 1))
        .contains("\"" + HOST + "\": {")
        .contains("\"public.ecr.aws\": {");
    assertThat(scene.services.console().said())
        .contains(
            "docker can use " + HOST + " for 12 h\n", "docker can use public.ecr.aws for 12 h");
    assertThat(run(EcrLogoutCommand.spec(scene.services))).isZero();
    assertThat(DockerScene.text(scene.docker())).isEqualTo(OWN);
  }

  @Test
  void login_whereDockerHasNoFile_makesOne() {
    login("--registry", HOST);

    assertThat(DockerScene.text(scene.docker())).startsWith("{\n\t\"auths\": {\n\t\t\"1111");
  }

  @Test
  void logoutOfAnIdentity_leavesWhatOthersHavePutThere() {
    login("--registry", HOST, "--public");
    String mine = DockerScene.text(scene.docker());
    int auth = mine.indexOf("\"auth\": \"") + 9;
    scene.docker(mine.substring(0, auth) + "bXk6b3du" + mine.substring(mine.indexOf('"', auth)));

    DockerLogins logins = new DockerLogins(scene.services);
    assertThat(logins.removal("prod").changes()).isEmpty();
    assertThat(logins.removal("dev").changes())
        .containsExactly("sign docker out of " + HOST, "sign docker out of public.ecr.aws");
    var _ = logins.removal("dev").apply();

    assertThat(DockerScene.text(scene.docker())).contains("bXk6b3du").doesNotContain("public.ecr");
    assertThat(logins.removal(null).changes()).isEmpty();
  }

  @Test
  void login_whereDockerHasAStore_tellsTheStore() {
    scene.docker("{\"credsStore\":\"desktop\"}");
    scene
        .services
        .processes()
        .program(
            "docker-credential-desktop",
            Path.of("/usr/bin/docker-credential-desktop"),
            program -> Processes.Outcome.of(0, Secret.of("")));

    login("--registry", HOST);
    var _ = new DockerLogins(scene.services).removal("dev").apply();

    assertThat(DockerScene.text(scene.docker())).isEqualTo("{\"credsStore\":\"desktop\"}");
    List<Processes.Program> runs = scene.services.processes().runs();
    assertThat(runs.stream().map(program -> program.words().getLast()))
        .containsExactly("store", "erase");
    assertThat(input(runs.getFirst()))
        .contains("\"ServerURL\":\"" + HOST + "\"", "\"Username\":\"AWS\"", "\"Secret\":\"");
    assertThat(input(runs.getLast())).isEqualTo(HOST);
  }

  private static String input(Processes.Program program) {
    return Objects.requireNonNull(program.input()).reveal();
  }

  @Test
  void podmansFile_whereThereIsOne_getsTheSame() throws Exception {
    Path podman =
        Files.createDirectories(scene.docker().resolveSibling("podman")).resolve("a.json");
    Files.writeString(podman, "{}");
    scene.services.environment().set("REGISTRY_AUTH_FILE", podman.toString());

    login("--registry", HOST);
    assertThat(DockerScene.text(podman)).contains(HOST);
    var _ = new DockerLogins(scene.services).removal(null).apply();
    assertThat(DockerScene.text(podman)).isEqualTo("{}");
    configure("--registry", HOST);
    assertThat(DockerScene.text(podman)).contains("\"" + HOST + "\": \"atmos\"");
  }

  @Test
  void login_whereNothingIsKept_isRefused() {
    scene.keeps = false;

    assertThatThrownBy(() -> login("--registry", HOST))
        .isInstanceOf(AtmosException.class)
        .hasMessageContaining("the configuration keeps no secrets");
    assertThat(scene.docker()).doesNotExist();
  }

  @Test
  void configuration_takenBack_bringsTheOtherHelperBack() {
    String other = "{\"credHelpers\":{\"" + HOST + "\":\"ecr-login\"},\"x\":1}";
    scene.docker(other);
    assertThatThrownBy(() -> login("--registry", HOST))
        .hasMessage("docker asks docker-credential-ecr-login for passwords of " + HOST);

    configure("--registry", HOST);
    configure("--registry", HOST);

    assertThat(DockerScene.text(scene.docker())).isEqualTo(other.replace("ecr-login", "atmos"));
    configure("--remove");
    assertThat(DockerScene.text(scene.docker())).isEqualTo(other);
    assertThat(ask("get", HOST)).isEqualTo("1 credentials not found in native keychain\n");
  }

  @Test
  void helper_askedForAPassword_makesOneAndKeepsItForItsTime() {
    configure("--registry", HOST);

    String first = ask("get", "https://" + HOST + "/v2/");

    assertThat(first)
        .startsWith("0 {\"ServerURL\":\"" + HOST + "\",\"Username\":\"AWS\",\"Secret\":\"");
    assertThat(ask("get", HOST)).isEqualTo(first);
    scene.services.clock().advance(Duration.ofHours(12).minusMinutes(6));
    assertThat(ask("get", HOST)).isEqualTo(first);
    scene.services.clock().advance(Duration.ofMinutes(2));
    assertThat(ask("get", HOST)).isNotEqualTo(first).startsWith("0 ");
    assertThat(scene.aws.count(Operation.GET_ECR_AUTHORIZATION_TOKEN)).isEqualTo(2);
    assertThat(ask("erase", HOST)).isEqualTo("0 ");
    assertThat(scene.kept).isEmpty();
    assertThat(ask("list", "")).isEqualTo("0 {\"" + HOST + "\":\"AWS\"}\n");
  }

  @Test
  void password_isNotUsedBeyondTheCredentials() {
    configure("--registry", HOST);
    scene.credentialsEnd = scene.services.clock().instant().plusSeconds(3600);

    String first = ask("get", HOST);
    scene.services.clock().advance(Duration.ofMinutes(56));

    assertThat(ask("get", HOST)).isNotEqualTo(first);
  }

  @Test
  void helper_whereNobodyIsSignedIn_saysSoOfPrivateRegistriesOnly() {
    configure("--registry", HOST, "--public");
    scene.signedIn = false;

    assertThat(ask("get", HOST)).isEqualTo("1 atmos: you have to sign in; sign in\n");
    assertThat(ask("get", "https://public.ecr.aws/"))
        .isEqualTo("1 credentials not found in native keychain\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get|docker.io|credentials not found in native keychain",
        "get|../../x|credentials not found in native keychain",
        "get|''|atmos: no credentials server URL",
        "store|{}|atmos: atmos makes the passwords of this registry when docker asks for them, and"
            + " stores none; to sign in by hand: atmos aws ecr configure-docker --remove",
        "version|''|atmos: docker asks for get, list, store or erase, and nothing else"
      })
  void helper_askedForAnythingElse_answersAsItsProtocolHasIt(
      String verb, String input, String answer) {
    assertThat(ask(verb, input)).isEqualTo("1 " + answer + "\n");
    assertThat(scene.services.console().said()).isEmpty();
  }

  @Test
  void aws_thatIsBusyOnce_isAskedAgain() {
    scene.aws.failNext(Operation.GET_ECR_AUTHORIZATION_TOKEN, Fault.unavailable());

    login("--registry", HOST);

    assertThat(scene.aws.count(Operation.GET_ECR_AUTHORIZATION_TOKEN)).isEqualTo(2);
  }

  @Test
  void aws_thatRefuses_isQuoted() {
    scene.aws.deny("*", Operation.GET_ECR_AUTHORIZATION_TOKEN);

    assertThatThrownBy(() -> login("--registry", HOST))
        .hasMessageStartingWith("could not get a password of " + HOST + ": AccessDenied")
        .extracting(e -> ((AtmosException) e).exitCode())
        .isEqualTo(ExitCode.DENIED);
    assertThat(scene.docker()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{\"auths\": []}"})
  void dockersFile_thatCannotBeUsed_staysAsItIs(String content) {
    scene.docker(content);

    assertThatThrownBy(() -> login("--registry", HOST))
        .isInstanceOf(AtmosException.class)
        .hasMessageContaining("config.json");
    assertThat(DockerScene.text(scene.docker())).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x --public; an integration has a registry of its own",
        "x -i dev; an integration has an identity of its own",
        "--registry docker.io; is not a registry of Amazon ECR"
      })
  void options_thatMakeNoSense_areRefused(String words, String why) {
    assertThatThrownBy(() -> login(words.split(" ", -1)))
        .hasMessageContaining(why)
        .extracting(e -> ((AtmosException) e).exitCode())
        .isEqualTo(ExitCode.USAGE);
  }
}
