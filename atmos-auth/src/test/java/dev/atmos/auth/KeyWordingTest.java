package dev.atmos.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.config.AuthReader;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.testing.FakeServices;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who checks the section and who signs with a key say the same of it. */
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
  void badKey_isToldOfInTheSameWords(String credentials) {
    ConfigMap auth =
        TestYaml.auth(
            "auth: {identities: {me: {kind: aws/user, credentials: " + credentials + "}}}");
    ConfigMap fields = auth.map("identities").orElseThrow().map("me").orElseThrow();

    AtmosException failure =
        catchThrowableOfType(
            AtmosException.class,
            () ->
                new UserIdentityType()
                    .create(new IdentitySpec("me", "aws/user", fields), new FakeServices()));
    List<ConfigProblem> problems = new AuthReader(auth).problems();

    assertThat(problems).hasSize(1);
    assertThat(failure.sentence()).isEqualTo(problems.get(0).failure().sentence());
  }
}
