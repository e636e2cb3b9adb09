package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GNOME's keyring on a bus of its own, to which things happen between two commands. */
@EnabledOnOs(OS.LINUX)
class KeyringIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  /** Signs in, has something happen, asks for a token, undoes it, and asks again. */
  private static final String DAY =
      """
      unlock() {
        printf unlocked | gnome-keyring-daemon $1 --unlock --components=secrets >/dev/null 2>&1
      }
      daemon() {
        dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \\
          org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets |
          sed 's/.* //'
      }
      ask() {
        start=$(date +%s)
        "$@" >"$HOME/token" 2>"$HOME/said"
        echo "$step: $? after $(($(date +%s) - start)) s: $(cat "$HOME/said")"
      }
      launcher=$1 happens=$2 undo=$3
      shift 3
      unlock
      "$launcher" auth login dev --no-browser >/dev/null 2>"$HOME/said" || cat "$HOME/said"
      keyring=$(daemon)
      eval "$happens"
      step=then
      ask "$@"
      eval "$undo"
      step=afterwards
      ask "$@"
      kill "$(daemon)" 2>/dev/null
      """;

  private SignInScene scene;

  @BeforeEach
  void start() throws Exception {
    for (String program : List.of("secret-tool", "gnome-keyring-daemon", "dbus-run-session")) {
      Tools.program(program);
    }
    scene = SignInScene.in(scratch.directory());
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing | : | : | 0",
        "locked | dbus-send --session --print-reply --dest=org.freedesktop.secrets"
            + " /org/freedesktop/secrets org.freedesktop.Secret.Service.Lock"
            + " array:objpath:/org/freedesktop/secrets/collection/login >/dev/null"
            + " | unlock --replace | 6",
        "absent | bus=$DBUS_SESSION_BUS_ADDRESS DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere"
            + " | DBUS_SESSION_BUS_ADDRESS=$bus | 6",
        "slow | kill -STOP $keyring; (sleep 1; kill -CONT $keyring) & | : | 0",
        "hanging | kill -STOP $keyring | kill -CONT $keyring | 6",
        "gone | kill -9 $keyring; sleep 1 | unlock --replace | 6"
      })
  void keyring_toWhichThingsHappen_losesNothing_andIsNotWaitedForForever(
      String name, String happens, String undo, int code) throws Exception {
    Path runtime = Files.createDirectory(scene.place.resolve("run"));
    Scratch.open(runtime, "rwx------");
    Path script = Launch.write(scene.place.resolve("day"), DAY);
    Launch token = scene.token("other");
    List<String> words = new ArrayList<>(List.of("dbus-run-session", "--", "sh"));
    words.addAll(List.of(script.toString(), token.words().getFirst(), happens, undo));
    words.addAll(token.words());

    Outcome outcome =
        token
            .command(words)
            .env("ATMOS_KEYRING_TYPE", "system")
            .env("XDG_RUNTIME_DIR", runtime.toString())
            .run()
            .succeeded();

    Matcher then =
        Pattern.compile("then: ([0-9]+) after ([0-9]+) s: (.*)").matcher(outcome.stdout());
    assertThat(then.find()).as(outcome.stdout() + outcome.stderr()).isTrue();
    assertThat(Integer.parseInt(then.group(1))).as(then.group()).isEqualTo(code);
    // Three seconds of patience, and a busy machine.
    assertThat(Integer.parseInt(then.group(2))).as(then.group()).isLessThanOrEqualTo(10);
    if (code != 0) {
      assertThat(then.group(3))
          .contains("the keyring, which sign-ins are kept with, does not answer: ")
          .contains("ATMOS_KEYRING_TYPE=plain atmos auth login");
    }
    assertThat(outcome.stdout()).containsPattern("afterwards: 0 after [0-9]+ s: \n");
  }
}
