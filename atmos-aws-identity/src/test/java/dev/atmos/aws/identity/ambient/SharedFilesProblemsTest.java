package dev.atmos.aws.identity.ambient;

import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.testkit.FakeFiles;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared files that are missing, broken or don't have what is asked for. */
class SharedFilesProblemsTest {
  private static final String CREDENTIALS = ".aws/credentials";
  private static final String CONFIG = ".aws/config";

  @Test
  void profile_unknown_isRefused() {
    AmbientScenario scenario =
        new AmbientScenario()
            .home(CONFIG, SharedFilesTest.profile("profile prod", "AKIDPROD"))
            .set("AWS_PROFILE", "prd");
    assertThat(scenario.failure(USAGE))
        .isEqualTo(
            "no profile 'prd' in /home/dev/.aws/credentials or /home/dev/.aws/config"
                + " | did you mean prod?");
    assertThat(scenario.set("AWS_PROFILE", "else\nwhere").failure(USAGE))
        .isEqualTo(
            "no profile 'else?where' in /home/dev/.aws/credentials or /home/dev/.aws/config");
  }

  @Test
  void profile_unknownByTheWindowsView_showsItsPaths() {
    assertThat(new AmbientScenario(FakeFiles.windows()).set("AWS_PROFILE", "x").failure(USAGE))
        .isEqualTo(
            "no profile 'x' in C:\\Users\\dev\\.aws\\credentials or C:\\Users\\dev\\.aws\\config");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[default]\nregion = us-east-2\n", "[other]\nx = y\n"})
  void nothing_anywhere_saysWhereItLooked(String credentials) {
    assertThat(new AmbientScenario().home(CREDENTIALS, credentials).failure(SIGN_IN_REQUIRED))
        .isEqualTo(
            "no AWS credentials: AWS_ACCESS_KEY_ID is not set, profile 'default' has no credentials"
                + " in /home/dev/.aws/credentials or /home/dev/.aws/config,"
                + " and the instance metadata service is not asked"
                + " | set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
                + " or AWS_PROFILE to a profile with credentials");
  }

  @ParameterizedTest
  @ValueSource(strings = {CREDENTIALS, CONFIG})
  void keys_oneWithoutTheOther_areRefused(String file) {
    String where = "profile 'default' in /home/dev/" + file + " has ";
    assertThat(
            new AmbientScenario()
                .home(file, "[default]\naws_access_key_id = AKID\naws_secret_access_key =\n")
                .failure(SIGN_IN_REQUIRED))
        .isEqualTo(
            where
                + "aws_access_key_id without aws_secret_access_key"
                + " | add aws_secret_access_key to that profile");
    assertThat(
            new AmbientScenario()
                .home(file, "[default]\naws_secret_access_key = " + KindScenario.SECRET + "\n")
                .failure(SIGN_IN_REQUIRED))
        .isEqualTo(
            where
                + "aws_secret_access_key without aws_access_key_id"
                + " | add aws_access_key_id to that profile");
  }

  @Test
  void keyId_thatCantBe_isRefused() {
    assertThat(
            new AmbientScenario()
                .home(CREDENTIALS, SharedFilesTest.profile("default", "AK ID"))
                .failure(USAGE))
        .isEqualTo(
            "the credentials of profile 'default' in /home/dev/.aws/credentials"
                + " hold a character that is not allowed in credentials");
  }

  @Test
  void file_thatCantBeRead_isRefused() throws IOException {
    AmbientScenario scenario = new AmbientScenario();
    Files.createDirectories(scenario.services().directories().path("/home/dev/.aws/config"));
    assertThat(scenario.failure(USAGE))
        .isEqualTo("can't read /home/dev/.aws/config: is a directory");
    assertThat(scenario.keys("AKIDENV").keyId()).isEqualTo("AKIDENV");
  }

  @Test
  void file_largerThanItMayBe_isRefused() {
    assertThat(
            new AmbientScenario().home(CREDENTIALS, "#".repeat(8 * 1024 * 1024 + 1)).failure(USAGE))
        .isEqualTo("can't read /home/dev/.aws/credentials: larger than 8388608 bytes");
    assertThat(
            new AmbientScenario()
                .home(CREDENTIALS, "#".repeat(8 * 1024 * 1024))
                .failure(SIGN_IN_REQUIRED))
        .startsWith("no AWS credentials: ");
  }

  @Test
  void file_malformed_isRefusedWithItsLine() {
    assertThat(
            new AmbientScenario()
                .home(CREDENTIALS, "[default]\r\n\r\n" + KindScenario.SECRET + "\r\n")
                .failure(USAGE))
        .isEqualTo("/home/dev/.aws/credentials:3: a property must have an '='");
  }

  @Test
  void variable_thatIsNoPath_isRefused() {
    assertThat(new AmbientScenario().set("AWS_CONFIG_FILE", "a\0b").failure(USAGE))
        .isEqualTo("AWS_CONFIG_FILE is not a path");
    assertThat(
            new AmbientScenario(FakeFiles.windows()).set("AWS_CONFIG_FILE", "a?b").failure(USAGE))
        .isEqualTo("AWS_CONFIG_FILE is not a path");
  }

  @Test
  void failures_keepTheirCause() {
    AmbientScenario scenario = new AmbientScenario().set("AWS_CONFIG_FILE", "/home");
    scenario.home("x", "");
    assertThat(catchThrowable(() -> scenario.credentials()))
        .isInstanceOf(AtmosException.class)
        .hasCauseInstanceOf(IOException.class);
  }
}
