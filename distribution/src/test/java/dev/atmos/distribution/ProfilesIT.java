package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The profiles that programs get, as botocore reads them in the AWS CLI. */
class ProfilesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String WHO = " sts get-caller-identity --query Arn --output text";

  private SignInScene scene;

  @BeforeEach
  void begin() throws Exception {
    scene = SignInScene.in(scratch.directory());
    scene.signIn("dev");
  }

  @AfterEach
  void end() {
    scene.close();
  }

  /** With the AWS CLI where its shim would look for it. */
  private static Launch withTools(Launch launch) throws Exception {
    return launch.env("PATH", Tools.aws().getParent() + ":" + Launch.SYSTEM_PATH);
  }

  private Launch shell(String script) throws Exception {
    return withTools(scene.run().command("/bin/sh", "-c", script));
  }

  @Test
  void programs_inOneRun_useTwoIdentitiesAndStartOthers() throws Exception {
    String aws = Tools.aws().toString();
    Launch.write(
        scene.home.resolve(".aws/credentials"),
        "[dev]\naws_access_key_id = AKIAEVILEVILEVIL0000\naws_secret_access_key = x\n");
    String atmos = Product.selfContained().launcher().toString();
    String script =
        "cd /; %1$s%2$s; %1$s --profile other%2$s; %3$s auth exec -i other -- %1$s%2$s; echo $AWS_PROFILE"
            .formatted(aws, WHO, atmos);
    Outcome outcome =
        withTools(scene.run("auth", "exec", "-i", "dev", "--", "/bin/sh", "-c", script))
            .env("AWS_REGION", "eu-west-3")
            .run()
            .succeeded();
    assertThat(outcome.stdout().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("_Admin_"),
            line -> assertThat(line).contains("_View_"),
            line -> assertThat(line).contains("_View_"),
            line -> assertThat(line).isEqualTo("atmos/dev"));
  }

  @Test
  void profiles_thatAreWritten_workOutsideOfExecAndSayWhoHasToSignIn() throws Exception {
    String aws = Tools.aws().toString();
    Path config = Launch.write(scene.home.resolve(".aws/config"), "[profile mine]\nregion=x");
    scene.run("aws", "profiles", "--write").run().succeeded();
    String command = aws + " --profile other" + WHO;
    Outcome outcome = shell("cd /; " + command).run().succeeded();
    assertThat(outcome.stdout()).contains("_View_");
    scene.run("auth", "logout", "--all").run().succeeded();
    Outcome signedOut = shell(command).run();
    assertThat(signedOut.exit()).isNotZero();
    assertThat(signedOut.stderr()).contains("atmos auth login other");
    scene.run("aws", "profiles", "--remove").run().succeeded();
    assertThat(Files.readString(config)).isEqualTo("[profile mine]\nregion=x");
  }
}
