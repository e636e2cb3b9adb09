package dev.atmos.auth.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.testing.FakeCallbackListener;
import dev.atmos.services.testing.FakeCallbackListener.Sent;
import dev.atmos.services.testing.FakeServices;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How a browser comes to an address that only it may know. */
class PrivatePageTest {
  private static final Secret ADDRESS = Secret.of("https://signin.example/federation?token=canary");

  private final FakeServices services = new FakeServices();
  private final FakeCallbackListener listener = services.listening();
  private final List<Sent> answers = new ArrayList<>();

  private Browser browser() {
    services
        .processes()
        .program(
            "ff",
            Path.of("/bin/ff"),
            program -> {
              throw new AssertionError();
            });
    return new Browser(services, "ff", Optional::empty, null);
  }

  private void onLaunch(Consumer<String> target) {
    services.processes().onLaunch(words -> target.accept(URI.create(words.getLast()).getPath()));
  }

  private void open() {
    PrivatePage.open(services, browser(), ADDRESS, "run: the other");
  }

  @Test
  void browser_isLedToTheAddress_andNothingElseIs() {
    onLaunch(path -> {
      answers.add(listener.get("/favicon.ico"));
      answers.add(listener.send("POST", path, "127.0.0.1:5555"));
      answers.add(listener.send("GET", path, "evil.example:5555"));
      answers.add(listener.get(path + "?x"));
      answers.add(listener.get(path));
      answers.add(listener.get(path));
    });

    open();

    assertThat(answers.subList(0, 4)).extracting(Sent::status).containsOnly(404);
    assertThat(answers.subList(0, 4)).extracting(Sent::page).noneMatch(ADDRESS.reveal()::equals);
    assertThat(answers.get(4).status()).isEqualTo(302);
    assertThat(answers.get(4).page()).isEqualTo(ADDRESS.reveal());
    assertThat(answers.get(5).status()).isZero();
    assertThat(listener.isClosed()).isTrue();
  }

  @Test
  void browser_thatNeverAsks_isGivenUp() {
    onLaunch(path -> {});

    AtmosException late = catchThrowableOfType(AtmosException.class, this::open);

    assertThat(late.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(late.sentence()).isEqualTo("the browser hasn't opened the page within a minute");
    assertThat(late.hint()).contains("run: the other");
    assertThat(listener.isClosed()).isTrue();
    assertThat(services.console().said())
        .isEqualTo("Waiting for the browser to open the page, for up to a minute\n");
  }

  @Test
  void command_thatEndsWithoutAPage_isSaidOnce() {
    services.processes().endingLaunched(3);
    onLaunch(path -> {});

    assertThatThrownBy(this::open).isInstanceOf(AtmosException.class);

    assertThat(services.console().said())
        .isEqualTo(
            """
            Waiting for the browser to open the page, for up to a minute
            ff has ended with exit code 3; the page isn't open yet
            """);
  }
}
