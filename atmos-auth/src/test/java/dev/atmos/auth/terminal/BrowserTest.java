package dev.atmos.auth.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserTest {
  private static final String URL = "https://corp.awsapps.com/start/#/device?user_code=A-B&x=1";

  private static FakeServices with(FakeServices context, String... programs) {
    for (String program : programs) {
      context
          .processes()
          .program(
              program,
              context.directories().path("/bin/" + program),
              run -> {
                throw new UnsupportedOperationException();
              });
    }
    return context;
  }

  private static List<List<String>> launched(FakeServices context) {
    boolean opened = new Browser(context, Optional::empty).open(URL);
    assertThat(opened).isEqualTo(!context.processes().launches().isEmpty());
    return context.processes().launches();
  }

  private static FakeServices everything() {
    return with(new FakeServices(), "xdg-open", "open", "wslview", "rundll32.exe", "ff", "lynx");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "DISPLAY, :0, /bin/xdg-open",
        "WAYLAND_DISPLAY, wayland-0, /bin/xdg-open",
        "WSL_DISTRO_NAME, Debian, /bin/wslview",
        "BROWSER, ff, /bin/ff",
        "BROWSER, nosuch:ff, /bin/ff",
        "BROWSER, nosuch, -",
        "PATH, /bin, -",
        "SSH_CONNECTION, 10.0.0.1, -"
      })
  void browser_isWhatTheSurroundingsSay(String variable, String value, String program) {
    FakeServices context = everything();
    context.environment().set(variable, value);
    List<List<String>> expected = new ArrayList<>();
    if (program != null) {
      expected.add(List.of(program, URL));
    }
    assertThat(launched(context)).isEqualTo(expected);
  }

  @Test
  void browser_withArguments_getsTheAddressInItsPlace() {
    FakeServices context = everything();
    context.environment().set("BROWSER", "ff --new 'my window' --url=%s");
    assertThat(launched(context))
        .containsExactly(List.of("/bin/ff", "--new", "my window", "--url=" + URL));
  }

  @Test
  void browser_whosePathHasBlanks_isOneProgram() {
    FakeServices context = new FakeServices();
    context.directories().write("/opt/my ff/ff", "");
    with(context, "/opt/my ff/ff").environment().set("BROWSER", "/opt/my ff/ff");
    assertThat(launched(context)).containsExactly(List.of("/opt/my ff/ff", URL));
  }

  @Test
  void browser_inWslWithoutItsOwnTool_isTheOneOfWindowsAndNoShell() {
    FakeServices context = with(new FakeServices(), "rundll32.exe");
    context.environment().set("WSL_INTEROP", "/run/WSL/1_interop");
    assertThat(launched(context))
        .containsExactly(List.of("/bin/rundll32.exe", "url.dll,FileProtocolHandler", URL));
  }

  @Test
  void browser_onAMac_isOpened() {
    FakeServices context = everything();
    context.directories().write("/System/Library/CoreServices/x", "");
    assertThat(launched(context)).containsExactly(List.of("/bin/open", URL));
  }

  @Test
  void browser_onAMacOverSsh_isNotOpenedAtTheDesk() {
    FakeServices context = everything();
    context.directories().write("/System/Library/CoreServices/x", "");
    context.environment().set("SSH_CONNECTION", "10.0.0.1");
    assertThat(launched(context)).isEmpty();
  }

  @Test
  void browser_onWindows_isStartedWithoutAShell() {
    FakeServices context = new FakeServices(FakeFiles.windows());
    context
        .processes()
        .program(
            "rundll32",
            context.directories().path("C:\\w\\rundll32.exe"),
            run -> {
              throw new UnsupportedOperationException();
            });
    assertThat(launched(context))
        .containsExactly(List.of("C:\\w\\rundll32.exe", "url.dll,FileProtocolHandler", URL));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, -, /bin/xdg-open",
        "ff, -, -, /bin/ff",
        "ff, lynx, open, /bin/ff",
        "-, lynx, open, /bin/lynx",
        "-, -, open, /bin/open",
        "none, lynx, open, -",
        "-, none, open, -",
        "-, -, none, -",
        "nosuch, lynx, open, -"
      })
  void browser_ofAtmosAlone_goesBeforeTheConfigurations_andThatBeforeAllPrograms(
      String own, String configured, String usual, String program) {
    FakeServices context = everything();
    context.environment().set("DISPLAY", ":0");
    if (own != null) {
      context.environment().set("ATMOS_BROWSER", own);
    }
    if (usual != null) {
      context.environment().set("BROWSER", usual);
    }
    Browser browser = new Browser(context, () -> Optional.ofNullable(configured));

    assertThat(browser.isLocal()).isEqualTo(program != null);
    assertThat(browser.open(URL)).isEqualTo(program != null);
    assertThat(context.processes().launches())
        .isEqualTo(program == null ? List.of() : List.of(List.of(program, URL)));
  }

  @Test
  void configuration_whereTheUserHasChosen_isNotAsked() {
    FakeServices context = everything();
    context.environment().set("ATMOS_BROWSER", "ff");
    Browser browser =
        new Browser(
            context,
            () -> {
              throw new AssertionError("asked");
            });

    assertThat(browser.isLocal()).isTrue();
    context.environment().set("CI", "true");
    assertThat(browser.isLocal()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "DISPLAY, :0, true",
    "BROWSER, ff, true",
    "SSH_CONNECTION, 10.0.0.1 22, false",
    "SSH_TTY, /dev/pts/1, false",
    "KUBERNETES_SERVICE_HOST, 10.0.0.1, false",
    "REMOTE_CONTAINERS, true, false",
    "CODESPACES, true, false",
    "container, podman, false",
    "GITHUB_ACTIONS, true, false",
    "WSL_DISTRO_NAME, Debian, true",
    "PATH, /bin, true"
  })
  void browser_ofALinuxDesktop_isLocal_unlessTheUserIsElsewhere(
      String variable, String value, boolean local) {
    FakeServices context = everything();
    context.environment().set("BROWSER", "ff").set(variable, value);
    assertThat(new Browser(context, Optional::empty).isLocal()).isEqualTo(local);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.dockerenv", "/run/.containerenv"})
  void browser_inAContainer_isElsewhere(String file) {
    FakeServices context = everything();
    context.environment().set("BROWSER", "ff");
    context.directories().write(file, "");
    assertThat(new Browser(context, Optional::empty).isLocal()).isFalse();
  }

  @Test
  void browser_ofWindows_isElsewhereForWsl() {
    FakeServices context = everything();
    context.environment().set("WSL_DISTRO_NAME", "Debian");
    Browser browser = new Browser(context, Optional::empty);
    assertThat(browser.isLocal()).isFalse();
    assertThat(browser.open(URL)).isTrue();
    context.environment().set("BROWSER", "/mnt/c/ff/firefox.exe");
    assertThat(browser.isLocal()).isFalse();
  }

  @Test
  void browser_thatIsNotThere_isNotLocal() {
    FakeServices context = new FakeServices();
    context.environment().set("DISPLAY", ":0");
    assertThat(new Browser(context, Optional::empty).isLocal()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"CI, true", "GITHUB_ACTIONS, true", "TF_BUILD, True"})
  void browser_ofAMachineThatBuilds_isNone(String variable, String value) {
    FakeServices context = everything();
    context.environment().set("BROWSER", "ff").set(variable, value);
    assertThat(launched(context)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH",
        "https://[::1]:8443/x",
        "http://127.0.0.1:8080/x?a=b&c=d",
        "http://localhost/x"
      })
  void address_ofAPage_isSafe(String address) {
    assertThat(Browser.isSafe(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://corp.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://a b",
        "https://a/\"x",
        "https://a/'x",
        "https://a/`id`",
        "https://a/\\x",
        "https://a/|x",
        "https://me:pass@a/",
        "https:///x",
        "https://",
        "-https://a/",
        "https://a/\n",
        "https://\u0430.example/"
      })
  void address_thatCouldBeAnythingElse_isNotOpened(String address) {
    assertThat(Browser.isSafe(address)).isFalse();
    FakeServices context = everything();
    context.environment().set("BROWSER", "ff");
    assertThat(new Browser(context, Optional::empty).open(address)).isFalse();
    assertThat(context.processes().launches()).isEmpty();
  }
}
