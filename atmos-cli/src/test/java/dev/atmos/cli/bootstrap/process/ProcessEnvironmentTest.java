package dev.atmos.cli.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessEnvironmentTest {

  private static Map<String, String> restored(Map<String, String> variables) {
    Map<String, String> copy = new HashMap<>(variables);
    ProcessEnvironment.restore(copy);
    return copy;
  }

  @Test
  void restore_ofWhatTheLauncherKept_isWhatTheUserHad() {
    assertThat(
            restored(
                Map.of(
                    "ATMOS_LAUNCH_JAVA_TOOL_OPTIONS", "-Da=b",
                    "ATMOS_LAUNCH__JAVA_OPTIONS", "",
                    "ATMOS_LAUNCH_JDK_JAVA_OPTIONS", "-Dc=d",
                    "ATMOS_LAUNCH_LC_ALL", "de_DE.ISO-8859-1",
                    "LC_ALL", "C.UTF-8",
                    "OTHER", "x")))
        .isEqualTo(
            Map.of(
                "JAVA_TOOL_OPTIONS", "-Da=b",
                "_JAVA_OPTIONS", "",
                "JDK_JAVA_OPTIONS", "-Dc=d",
                "LC_ALL", "de_DE.ISO-8859-1",
                "OTHER", "x"));
  }

  @Test
  void restore_whereTheUserHadNoLocale_takesOursAway() {
    assertThat(restored(Map.of("ATMOS_LAUNCH_NO_LC_ALL", "1", "LC_ALL", "C.UTF-8"))).isEmpty();
  }

  @Test
  void restore_withoutTheLauncher_changesNothing() {
    Map<String, String> variables =
        Map.of("LC_ALL", "C", "JAVA_TOOL_OPTIONS", "-Da=b", "ATMOS_LAUNCH_PATH", "x");
    assertThat(restored(variables)).isEqualTo(variables);
  }
}
