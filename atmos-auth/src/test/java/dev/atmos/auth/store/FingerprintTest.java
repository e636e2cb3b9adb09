package dev.atmos.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.auth.store.Fingerprint.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static final Step SSO =
      new Step(
          "aws/iam-identity-center",
          Map.of("start_url", "https://corp.awsapps.com/start", "region", "eu-west-1"));
  private static final Step ROLE =
      new Step("aws/permission-set", Map.of("account", "123456789012", "name", "Admin"));

  private static String of(@Nullable String realm, Step... steps) {
    return Fingerprint.of(realm, List.of(steps)).hex();
  }

  /** Whoever changes the form signs everybody out, and means to. */
  @Test
  void fingerprint_ofKnownSteps_isAsItWasRecorded() {
    assertThat(of(null, SSO, ROLE))
        .isEqualTo("5763374618b75e7539f0bf2ab1f80b890ee9467d136024ec5217f911220dc737");
    assertThat(of("acme", SSO, ROLE))
        .isEqualTo("a17c42625c2e0e1aadcf9f71cec4c2c9034a5903ff5d61ad442d23eca078acad");
  }

  @Test
  void fingerprint_ofTheSameFieldsInAnotherOrder_isTheSame() {
    Map<String, String> other = new LinkedHashMap<>();
    other.put("region", "eu-west-1");
    other.put("nothing", "");
    other.put("start_url", "https://corp.awsapps.com/start");
    assertThat(of("", new Step(SSO.kind(), other), ROLE)).isEqualTo(of(null, SSO, ROLE));
  }

  @Test
  void fingerprint_ofAnythingElse_isAnother() {
    assertThat(
            List.of(
                of(null, SSO, ROLE),
                of("acme", SSO, ROLE),
                of(null, SSO),
                of(null, ROLE),
                of(null, ROLE, SSO),
                of(null, SSO, ROLE, ROLE),
                of(
                    null,
                    SSO,
                    new Step(ROLE.kind(), Map.of("account", "123456789013", "name", "Admin"))),
                of(
                    null,
                    SSO,
                    new Step(ROLE.kind(), Map.of("account", "123456789012", "name", "admin"))),
                of(null, SSO, new Step(ROLE.kind(), Map.of("account", "123456789012")))))
        .doesNotHaveDuplicates();
  }

  /** What is one text must not pass for two, wherever it is cut. */
  @Property(tries = 500)
  void fingerprint_ofTextsThatAreJoinedAlike_isAnother(
      @ForAll @Chars({':', '#', '1', '2', 'a', '='}) @StringLength(min = 2, max = 12) String text,
      @ForAll @Size(max = 3) Map<@AlphaChars @StringLength(min = 1, max = 3) String, String> more) {
    int cut = text.length() / 2;
    Map<String, String> joined = new LinkedHashMap<>(more);
    Map<String, String> parted = new LinkedHashMap<>(more);
    joined.put(text, "x");
    parted.put(text.substring(0, cut), text.substring(cut) + "x");
    assertThat(of(null, new Step("k", joined))).isNotEqualTo(of(null, new Step("k", parted)));
    assertThat(of(null, new Step(text, more)))
        .isNotEqualTo(
            of(
                null,
                new Step(text.substring(0, cut), more),
                new Step(text.substring(cut), Map.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../x",
        "0f",
        "\0",
        "0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F"
      })
  void fingerprint_thatIsNoDigest_isRefused(String text) {
    assertThatThrownBy(() -> new Fingerprint(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fingerprint_ofNoSteps_isRefused() {
    assertThatThrownBy(() -> Fingerprint.of(null, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
