package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.protocol.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An {@code aws/login} at a terminal, by a browser that is signed in to the console. */
class ConsoleSignInIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private SignInScene scene;
  private Path browser;

  /** What the user copies from the page. */
  private Path shown;

  @BeforeEach
  void start() throws Exception {
    scene =
        SignInScene.in(scratch.directory())
            .configure(
                """
                auth:
                  identities:
                    dev: {kind: aws/login, principal: {account: {id: "111122223333"}}}
                """);
    IamUser ann = IamUser.of(SignInScene.ACCOUNT, "ann");
    scene.aws.add(ann).console().browserOf(ann);
    shown = scene.place.resolve("shown");
    browser =
        Launch.write(
            scene.place.resolve("browser"),
            """
            #!%s
            import os, re, sys, urllib.request
            page = urllib.request.urlopen(sys.argv[1]).read().decode()
            with open("%s.part", "w") as file:
                file.write(re.search("code: ([^<]+)<", page).group(1) + "\\n")
            os.rename("%s.part", "%s")
            """
                .formatted(Tools.python(), shown, shown, shown));
    Scratch.open(browser, "rwxr-xr-x");
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  /** In a browser that may be anywhere, so that it doesn't matter where the tests run. */
  private AtTerminal.Shown login(String opens) throws Exception {
    Launch launch =
        scene.run("auth", "login", "dev", "--device").env("TERM", "xterm").env("BROWSER", opens);
    return AtTerminal.of(scene.place, launch)
        .expect("The code that the page shows: ")
        .typeFrom(shown)
        .run(launch.words());
  }

  /** As if the quarter of an hour of the credentials were over. */
  private void forgetCredentials() throws IOException {
    for (String file : SignInScene.files(scene.state().resolve("roles")).keySet()) {
      Files.delete(scene.state().resolve("roles").resolve(file));
    }
  }

  @Test
  void signIn_isRenewedWithoutABrowser_untilItsSessionEnds() throws Exception {
    AtTerminal.Shown login = login(browser.toString());
    assertThat(login.exit()).as(login.screen()).isZero();
    assertThat(new Canaries(scene.aws.secrets()).in(login.screen())).isEmpty();

    for (int renewals = 0; renewals < 3; renewals++) {
      assertThat(scene.aws.count(Operation.CREATE_OAUTH2_TOKEN)).isEqualTo(1 + renewals);
      assertThat(scene.run("auth", "whoami", "dev").run().succeeded().stdout())
          .contains("arn:aws:iam::111122223333:user/ann");
      forgetCredentials();
      scene.token("dev").run().succeeded();
    }
    assertThat(scene.aws.count(Operation.CONSOLE_AUTHORIZE_PAGE)).isEqualTo(1);

    scene.aws.console().endSessions();
    forgetCredentials();
    Outcome over = scene.token("dev").run();
    assertThat(over.exit()).isEqualTo(4);
    assertThat(over.stderr())
        .contains("the console session of 'dev' has ended", "run: atmos auth login dev");
  }

  @Test
  void refusal_byTheUserOrOfACodeOfAnotherSignIn_leavesNothing() throws Exception {
    scene.aws.console().refuse(true);
    AtTerminal.Shown refused = login(browser.toString());
    assertThat(refused.exit()).as(refused.screen()).isEqualTo(1);
    assertThat(refused.screen()).contains("could not sign in to 'dev': AWS answered");

    // Of the first sign-in, which is over.
    AtTerminal.Shown other = login("/bin/true");
    assertThat(other.exit()).as(other.screen()).isEqualTo(2);
    assertThat(other.screen()).contains("that isn't the code of the sign-in to 'dev'");
    assertThat(scene.aws.count(Operation.CREATE_OAUTH2_TOKEN)).isEqualTo(1);
    assertThat(scene.token("dev").run().exit()).isEqualTo(4);
  }
}
