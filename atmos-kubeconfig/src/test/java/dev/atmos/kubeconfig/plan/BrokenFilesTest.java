package dev.atmos.kubeconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlDocument;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can't be changed without a doubt is refused, with its place, and without its content. */
class BrokenFilesTest {
  private static final String CANARY = "CANARY";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "users: [CANARY|1:8|the '[' is never closed",
        "users: 'CANARY|1:|the quotes are never closed",
        "users: CANARY: x|1:14|a ':' that can't stand here",
        "users:\\n\\t- name: CANARY|2:1|a tab where only spaces may stand",
        "' a: CANARY\\nb: c'|2:1|",
        "- CANARY|1:1|a kubeconfig holds a mapping",
        "CANARY|1:1|a kubeconfig holds a mapping",
        "null|1:1|a kubeconfig holds a mapping",
        "clusters: {}|1:11|'clusters' must be a list",
        "'kind: Config\\nusers: CANARY'|2:8|'users' must be a list",
        "'contexts:\\n- CANARY'|2:3|an entry of 'contexts' must be a mapping",
        "apiVersion: v2|1:13|'apiVersion' of a kubeconfig is v1",
        "kind: Pod|1:7|'kind' of a kubeconfig is Config",
        "'users:\\n- name: CANARY\\n- name: CANARY'|3:3|a second entry of 'users'",
        "'kind: Config\\nusers: []\\nusers: []'|3:1|this key is there twice",
        "'users:\\n- name: a\\n  user: {token: CANARY, token: b}'|3:25|this key is there twice",
        "'current-context: [CANARY]'|1:18|'current-context' must be a text",
        "a: *CANARY|1:4|an alias without an anchor",
        "'a: &x [*x]'|1:8|an alias without an anchor, or inside",
        "'x: &x {}\\n<<: *x'|1:1|a merge key",
        "'a: &CANARY\\n"
            + "  clusters: []\\nclusters: &c\\n- name: a\\nb: *c'|3:11|an alias refers to this",
        "'kind: Config\\nclusters: *x'|2:11|an alias without",
        "'clusters:\\n- name: a\\n"
            + "  cluster:\\n"
            + "    note: |\\n"
            + "      CANARY'|5:13|the last line isn't ended",
        "a: \"\\x07\"|1:5|",
        "a: !<CANARY b|1:|",
      })
  void file_thatIsNone_isRefusedWithItsPlace(String text, String place, String reason) {
    String real = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\x07", "\u0007");
    assertThatThrownBy(
            () -> Plans.plan(Plans.add(Access.to("demo")), YamlDocument.decode("f", bytes(real))))
        .isInstanceOfSatisfying(
            BrokenFileException.class,
            e -> {
              AtmosException told = e.toUser();
              String path = told.sentence().startsWith("f:") ? "f:" : "config:";
              assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED);
              assertThat(told.sentence())
                  .startsWith(path + place)
                  .contains(reason == null ? "" : reason)
                  .endsWith("; the file is left as it is")
                  .doesNotContain(CANARY);
              assertThat(told.getCause()).isNull();
            });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bytes_thatAreNotUtf8_areRefusedWithTheirPlace() {
    byte[] bytes = bytes("kind: Config\n# caf\u00e9?");
    bytes[bytes.length - 1] = (byte) 0xe9;
    assertThatThrownBy(() -> YamlDocument.decode("config", bytes))
        .asInstanceOf(InstanceOfAssertFactories.type(BrokenFileException.class))
        .extracting(e -> e.toUser().sentence())
        .isEqualTo("config:2:7: this is not UTF-8; the file is left as it is");
  }

  @Test
  void bytes_ofBrokenUtf16_areRefused() {
    byte[] odd = "\ufeffkind: Config".getBytes(StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> YamlDocument.decode("config", Arrays.copyOf(odd, odd.length - 1)))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage("the file is UTF-16, and must be UTF-8");
  }

  @Test
  void nesting_withoutEnd_isRefused() {
    assertThatThrownBy(() ->
            Plans.plan(Plans.add(Access.to("demo")), "a: " + "[".repeat(5000) + "]".repeat(5000)))
        .isInstanceOf(BrokenFileException.class);
  }
}
