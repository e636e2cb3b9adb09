package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.protocol.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way in {@code flow: auto} takes, by what is around the product. */
class FlowChoiceIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private SignInScene scene;
  private Path desktop;

  /** A desktop's programs, whose browser follows where a page leads it. */
  @BeforeEach
  void start() throws Exception {
    scene = SignInScene.in(scratch.directory());
    desktop = Files.createDirectories(scene.place.resolve("desktop"));
    Path opener =
        Launch.write(
            desktop.resolve("xdg-open"),
            """
            #!%s
            import sys, urllib.request
            open(%s, "a").write(sys.argv[1] + "\\n")
            urllib.request.urlopen(sys.argv[1]).read()
            """
                .formatted(Tools.python(), "\"" + opened() + "\""));
    Scratch.open(opener, "rwxr-xr-x");
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private Path opened() {
    return scene.place.resolve("opened");
  }

  private Launch login(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("auth", "login", "dev"));
    words.addAll(List.of(more));
    return scene
        .run(words.toArray(String[]::new))
        .env("TERM", "xterm")
        .env("PATH", desktop + ":" + Launch.SYSTEM_PATH);
  }

  private void assertSignedIn(AtTerminal.Shown shown, boolean opens, boolean byCode)
      throws IOException {
    assertThat(shown.exit()).as(shown.screen()).isZero();
    assertThat(shown.screen())
        .contains("Signed in: dev", byCode ? "/device?user_code=" : "/authorize?");
    assertThat(scene.aws.count(Operation.START_DEVICE_AUTHORIZATION)).isEqualTo(byCode ? 1 : 0);
    // The browser writes before it asks, and asks before the sign-in by PKCE ends.
    if (!opens || !byCode) {
      assertThat(Files.exists(opened())).isEqualTo(opens);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "DISPLAY, :0, -, -, true, false",
        "WAYLAND_DISPLAY, wayland-0, -, -, true, false",
        "-, -, -, -, false, true",
        "DISPLAY, :0, SSH_CONNECTION, 10.0.0.1 50000 10.0.0.2 22, true, true",
        "DISPLAY, :0, SSH_TTY, /dev/pts/1, true, true",
        "DISPLAY, :0, container, podman, true, true",
        "DISPLAY, :0, CODESPACES, true, true, true",
        "DISPLAY, :0, ATMOS_BROWSER, none, false, true"
      })
  void browser_isTaken_unlessTheUserIsMostLikelyElsewhere(
      String desk, String display, String variable, String value, boolean opens, boolean byCode)
      throws Exception {
    Launch launch = login();
    if (desk != null) {
      launch.env(desk, display);
    }
    if (variable != null) {
      launch.env(variable, value);
    }

    AtTerminal.Shown shown = AtTerminal.of(scene.place, launch).run(launch.words());

    assertSignedIn(shown, opens, byCode || isContainer());
  }

  /** Docker and Podman leave one of these; the product finds them as well. */
  private static boolean isContainer() {
    return Stream.of("/.dockerenv", "/run/.containerenv").map(Path::of).anyMatch(Files::exists);
  }

  @Test
  void container_ofPodman_isElsewhere() throws Exception {
    String[] namespace = {"unshare", "-r", "-m"};
    if (!Tools.hasNamespaces(namespace)) {
      return;
    }
    Launch launch = login().env("DISPLAY", ":0");
    List<String> words =
        new ArrayList<>(
            List.of(
                "/usr/bin/unshare",
                "-r",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs none /run && : >/run/.containerenv && exec \"$@\"",
                "sh"));
    words.addAll(launch.words());

    assertSignedIn(AtTerminal.of(scene.place, launch).run(words), true, true);
  }

  @Test
  void buildMachine_opensNothing_andWaitsOnlyWhereItIsAsked() throws Exception {
    Launch launch = login().env("DISPLAY", ":0").env("CI", "true");
    AtTerminal.Shown refused = AtTerminal.of(scene.place, launch).run(launch.words());
    assertThat(refused.exit()).as(refused.screen()).isEqualTo(4);
    assertThat(refused.screen()).contains("--no-browser").doesNotContain("user_code=");
    assertThat(Files.exists(opened())).isFalse();

    Launch asked = login("--no-browser").env("DISPLAY", ":0").env("CI", "true");
    AtTerminal.Shown shown = AtTerminal.of(scene.place, asked).run(asked.words());
    assertThat(shown.screen()).contains("/device?user_code=", "Signed in: dev");
    assertThat(Files.exists(opened())).isFalse();
  }

  @Test
  void shellsBackground_signsInAsWell_andTouchesNoSetting() throws Exception {
    scene.configure(
        SignInScene.CONFIGURATION.replace(
            "region: us-east-1", "region: us-east-1\n      flow: pkce"));
    Launch launch = login().env("DISPLAY", ":0");
    List<String> words =
        new ArrayList<>(
            List.of("/bin/bash", "-c", "set -m; \"$@\" & wait $!; echo \"ended: $?\"", "bash"));
    words.addAll(launch.words());

    AtTerminal.Shown shown = AtTerminal.of(scene.place, launch).run(words);

    assertThat(shown.screen()).contains("Signed in: dev", "ended: 0").doesNotContain("Waiting");
  }
}
