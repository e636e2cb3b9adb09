package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.atmos.cli.bootstrap.process.ProcessEnvironment;
import dev.atmos.cli.bootstrap.process.SystemProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept on a real disk, by processes of their own. */
@DisabledOnOs(OS.WINDOWS)
class StoresOnDiskTest {
  private static final String CANARY = "canary-of-a-secret";
  private static final String JAVA =
      ProcessHandle.current().info().command().orElseGet(() -> fail("which Java is this?"));

  @TempDir private Path home;

  private record Run(int exitCode, String out, String err) {}

  private Path auth() {
    return home.resolve(".local/state/atmos/auth");
  }

  /** For a shell; said before it is what the child is to find. */
  private static String command(String before, String... words) {
    StringBuilder command = new StringBuilder(before);
    command
        .append(" exec '")
        .append(JAVA)
        .append("' -XX:+UseSerialGC -XX:-UsePerfData -cp '")
        .append(System.getProperty("java.class.path"))
        .append("' ")
        .append(StoreProcess.class.getName());
    for (String word : words) {
      command.append(" '").append(word).append("'");
    }
    return command.toString();
  }

  private Process shell(String command, Map<String, String> variables) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder
        .environment()
        .keySet()
        .removeIf(name ->
            name.startsWith("XDG_")
                || name.startsWith("ATMOS_")
                || name.startsWith("DBUS_")
                || name.equals("DISPLAY"));
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static Run end(Process process) throws Exception {
    process.getOutputStream().close();
    String out = StoreProcess.text(process.getInputStream().readAllBytes());
    String err = StoreProcess.text(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(err).doesNotContain(CANARY);
    return new Run(process.exitValue(), out, err);
  }

  private Run run(String before, Map<String, String> variables, String... words) throws Exception {
    return end(shell(command(before, words), variables));
  }

  private Map<String, String> modes() throws IOException {
    Map<String, String> modes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(home.resolve(".local"))) {
      for (Path path : all.toList()) {
        modes.put(
            home.relativize(path).toString(),
            (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "d" : "-")
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return modes;
  }

  @ParameterizedTest
  @CsvSource({"plain, 000", "plain, 077", "file, 000", "file, 077"})
  void everyFileAndDirectory_underAnyMask_isTheOwnersOnly(String store, String mask)
      throws Exception {
    Map<String, String> variables =
        Map.of("ATMOS_KEYRING_TYPE", store, "ATMOS_KEYRING_PASSWORD", "correct horse");
    Run run = run("umask " + mask + ";", variables, "write:" + CANARY, "role:ASIAONE", "read");
    assertThat(run)
        .isEqualTo(new Run(0, "write:" + CANARY + "\nrole:asiaone\n" + CANARY + "\n", ""));
    assertThat(modes())
        .containsKeys(
            ".local/state/atmos/auth/sign-in/" + store + "/sso-session_a1",
            ".local/state/atmos/auth/roles/" + StoreProcess.ROLE + "/credentials")
        .allSatisfy((path, mode) -> assertThat(mode).as(path).isIn("drwx------", "-rw-------"));
    Run rest = run("", variables, "removeAll");
    assertThat(rest).isEqualTo(new Run(0, "removeall\n", ""));
    assertThat(modes().values()).as("no file is left").doesNotContain("-rw-------");
  }

  /** Each time at another point of whatever it was doing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 9, 14})
  void process_thatIsKilledWhileItWrites_leavesWholeFiles(int after) throws Exception {
    Map<String, String> variables = Map.of("ATMOS_KEYRING_TYPE", "plain");
    Process process = shell(command("", "forever"), variables);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i <= after; i++) {
        assertThat(lines.readLine()).isEqualTo(Integer.toString(i));
      }
      process.destroyForcibly().waitFor();
    }
    Run run = run("", variables, "read", "removeAll");
    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().toList();
    String value = lines.get(0);
    String first = value.substring(0, value.indexOf(' ', "value ".length()) + 1);
    assertThat(value).isEqualTo(first.repeat(2000).strip() + " ");
    assertThat(modes().values()).as("whatever it left").doesNotContain("-rw-------");
  }

  @Test
  void disk_thatIsFull_leavesTheOldFile_andNoLitter() throws Exception {
    Map<String, String> variables = Map.of("ATMOS_KEYRING_TYPE", "plain");
    assertThat(run("", variables, "write:" + CANARY).exitCode()).isZero();
    List<String> before = new ArrayList<>(modes().keySet());
    Run full = run("ulimit -f 8;", variables, "large:200000");
    assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
    assertThat(full.err()).contains("can't write ").contains("sso-session_a1: ");
    assertThat(modes().keySet()).containsExactlyElementsOf(before);
    assertThat(run("", variables, "read").out()).isEqualTo(CANARY + "\n");
  }

  @Test
  void home_thatAllCanChange_isRefused() throws Exception {
    Path local = Files.createDirectory(home.resolve(".local"));
    Files.setPosixFilePermissions(local, PosixFilePermissions.fromString("rwxrwxrwx"));
    Run run = run("", Map.of("ATMOS_KEYRING_TYPE", "plain"), "write:" + CANARY);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(local + " can be changed by other users");
    assertThat(modes().values()).doesNotContain("-rw-------");
  }

  /** The keyring of a desktop that nobody sits at: GNOME's, on a bus of its own. */
  @Test
  void keyring_ofADesktop_keepsTheKey_andWithoutItNothingIsLost() throws Exception {
    for (String program : List.of("secret-tool", "gnome-keyring-daemon", "dbus-run-session")) {
      if (new SystemProcesses(new ProcessEnvironment(), null).find(program).isEmpty()) {
        absent("there is no " + program + " on PATH");
      }
    }
    Path runtime = Files.createDirectory(home.resolve("run"));
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> variables = Map.of("XDG_RUNTIME_DIR", runtime.toString());
    String desk =
        "printf unlocked | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;";
    Run signIn = onABus(desk, variables, "write:" + CANARY, "read");
    assertThat(signIn.exitCode()).as(signIn.err()).isZero();
    assertThat(signIn.out()).endsWith(CANARY + "\n");
    assertThat(signIn.err()).doesNotContain("No keyring");
    assertThat(auth().resolve("sign-in/store")).hasContent("system");
    assertThat(Files.readString(auth().resolve("sign-in/system/sso-session_a1")))
        .contains("\nkdf: none\n");
    Run overSsh = run("", variables, "read");
    assertThat(overSsh.exitCode()).isEqualTo(6);
    assertThat(overSsh.err()).contains("does not answer: secret-tool: ").hasLineCount(1);
    Run again = onABus(desk, variables, "read");
    assertThat(again.out()).endsWith(CANARY + "\n");
    Run logout = onABus(desk, variables, "removeAll", "read");
    assertThat(logout.out()).endsWith("removeall\nnothing\n");
    assertThat(modes().keySet()).noneMatch(path -> path.contains("sign-in/system/"));
    Run left =
        end(
            shell(
                "exec dbus-run-session -- /bin/sh -c '"
                    + desk
                    + " secret-tool search --all application dev.atmos 2>&1'",
                variables));
    assertThat(left.out()).as("the keyring has forgotten the key").isEmpty();
  }

  private Run onABus(String before, Map<String, String> variables, String... words)
      throws Exception {
    Path script = Files.writeString(home.resolve("on-a-bus"), command(before, words));
    return end(shell("exec dbus-run-session -- /bin/sh '" + script + "'", variables));
  }

  private static void absent(String reason) {
    if (System.getProperty("atmos.skips", "allow").equals("fail")) {
      fail(reason);
    }
    Assumptions.abort(reason);
  }
}
