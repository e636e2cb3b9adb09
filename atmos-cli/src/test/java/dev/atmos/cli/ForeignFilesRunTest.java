package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a command says of a file that it passed over because of its owner. */
final class ForeignFilesRunTest {
  private static final String FILE = "/srv/x/atmos.yaml";
  private static final String IDENTITY =
      "auth: {identities: {dev: {kind: aws/user, credentials: {access_key_id: AKIDEXAMPLE,"
          + " secret_access_key: !env DEV_SECRET}}}}\n";
  private static final String PASSED_OVER =
      FILE
          + " was passed over, because it belongs to another user (uid 1001); if you trust its"
          + " owner, set ATMOS_TRUSTED_PATHS="
          + FILE;

  private static AtmosRun below(int owner) {
    return AtmosRun.unix()
        .file(FILE, IDENTITY)
        .file("/srv/x/y/z", "")
        .owned(FILE, owner)
        .env("ATMOS_CHDIR", "/srv/x/y")
        .env("DEV_SECRET", AtmosRun.SECRET);
  }

  @Test
  void name_thatIsNotFound_namesTheFileThatMayHaveIt() {
    below(1001).token("--identity", "dev").failedSaying(2, "unknown", PASSED_OVER);
    below(1001).run("auth", "login", "dev").failedSaying(2, PASSED_OVER);
    below(1001).token().failedSaying(4, PASSED_OVER);
    below(0).token("--identity", "dev").token();
    below(0).token("--identity", "other").failedSaying(2, "unknown");
    assertThat(below(0).token("--identity", "other").stderr()).doesNotContain("passed over");
  }

  @Test
  void otherFailure_saysNothingOfIt() {
    AtmosRun run = below(1001).file("/srv/x/y/atmos.yaml", IDENTITY + "logs: {level: 5}\n");
    for (String words :
        List.of(
            "auth login dev --config missing.yaml",
            "auth exec -i dev -- nowhere",
            "config show --config missing.yaml")) {
      AtmosRun.Result result = run.run(words.split(" ", -1));
      assertThat(result.exitCode()).as(words).isNotZero();
      assertThat(result.stderr()).as(words).doesNotContain("passed over");
    }
    below(1001).run("config", "show", "nothing").failedSaying(2, "has no 'nothing'", PASSED_OVER);
  }

  @Test
  void success_saysNothingOfIt() {
    assertThat(below(1001).keys().token().stderr()).isEmpty();
    assertThat(below(1001).run("__complete", "--", "auth", "login", "").stderr()).isEmpty();
  }

  @Test
  void files_showsIt() {
    assertThat(below(1001).run("config", "files").answer())
        .contains(FILE, "skipped", "it belongs to another user (uid 1001)");
  }

  @Test
  void listAndValidate_nameIt() {
    assertThat(below(1001).run("auth", "list").stderr()).contains("atmos: " + PASSED_OVER + "\n");
    assertThat(below(1001).run("auth", "validate").stderr()).contains("warning: " + PASSED_OVER);
    assertThat(below(0).run("auth", "list").stderr()).doesNotContain("passed over");
  }
}
