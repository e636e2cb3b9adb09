package dev.atmos.aws.identity.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.testing.YamlConfig;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checking the configuration and using the key report the same problem in the same words. */
class KeyWordingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{access_key_id: AKID}",
        "{secret_access_key: s}",
        "{access_key_id: '', secret_access_key: s}",
        "{access_key_id: AKID, secret_access_key: ''}",
        "{access_key_id: ''}",
        "{access_key_id: 'A B', secret_access_key: s}",
        "{access_key_id: Ä, secret_access_key: s}",
        "{access_key_id: AKID, secret_access_key: ~}",
      })
  void badKey_whenCheckedAndWhenUsed_isReportedInTheSameWords(String credentials) {
    String yaml = "{credentials: " + credentials + "}";

    AtmosException failure =
        KindScenario.failure(() ->
            new UserIdentityType()
                .create(new KindScenario().definition("me", yaml), new KindScenario().services()));
    List<ConfigProblem> problems =
        SchemaCheck.check(new UserIdentityType().schema(), YamlConfig.root(yaml), "me");

    assertThat(problems).hasSize(1);
    assertThat(withoutPosition(failure.sentence()))
        .isEqualTo(withoutPosition(problems.get(0).failure().sentence()));
  }

  /** A check points at the value of a text that is malformed, a definition at its key. */
  private static String withoutPosition(String sentence) {
    String line = sentence.lines().findFirst().orElseThrow();
    return line.substring(line.indexOf("'"));
  }
}
