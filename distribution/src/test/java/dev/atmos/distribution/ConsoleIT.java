package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The web console in a real browser. */
class ConsoleIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private SignInScene scene;

  @BeforeEach
  void signIn() throws Exception {
    scene = SignInScene.in(scratch.directory());
    scene.signIn("dev");
  }

  @AfterEach
  void stop() {
    Chromium.kill(scene.place);
    scene.close();
  }

  private Set<Path> profiles() throws IOException {
    Path all = scene.home.resolve(".local/share/atmos/console");
    if (!Files.exists(all)) {
      return Set.of();
    }
    try (Stream<Path> each = Files.list(all)) {
      return new TreeSet<>(each.toList());
    }
  }

  @Test
  void browser_showsTheConsole_andNobodyElseSeesItsAddress() throws Exception {
    Path command = Chromium.command(scene.place);

    Outcome outcome =
        scene.run("auth", "console", "s3", "-i", "dev", "--browser", "'" + command + "'").run();

    try (Chromium browser = Chromium.startedIn(scene.place)) {
      outcome.succeeded();
      String page = browser.until("Signed in to the console");
      assertThat(page)
          .contains("assumed-role/AWSReservedSSO_Admin", "console.aws.amazon.com/s3/home");
      assertThat(browser.arguments()).contains("http://127.0.0.1:").doesNotContain("SigninToken");
    }
    assertThat(new Canaries(scene.aws.secrets()).in(outcome.stderr() + outcome.stdout())).isEmpty();
  }

  @Test
  void isolated_keepsTwoIdentitiesApart() throws Exception {
    Path command = Chromium.commandAt(scene.place.resolve("bin/chromium"));
    String[] names = {"dev", "prod"};
    String[] roles = {"AWSReservedSSO_Admin", "Deploy"};
    Set<Path> before = Set.of();
    for (int i = 0; i < roles.length; i++) {
      Outcome outcome =
          scene
              .run(
                  "auth", "console", "-i", names[i], "--isolated", "--browser", "'" + command + "'")
              .run();

      Set<Path> added = new TreeSet<>(profiles());
      added.removeAll(before);
      assertThat(added).as(outcome.stderr()).hasSize(1);
      before = profiles();
      try (Chromium browser = Chromium.startedAt(added.iterator().next())) {
        assertThat(browser.until("onsole")).contains("Signed in to the console", roles[i]);
      }
    }
  }
}
