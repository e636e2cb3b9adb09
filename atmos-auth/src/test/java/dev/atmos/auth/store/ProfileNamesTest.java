package dev.atmos.auth.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"dev", "default", "core-root.admin_1", "Dev", "0"})
  void name_thatEveryToolTakes_isItself(String name) {
    assertThat(ProfileNames.of(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "acme prod/AdministratorAccess, acme-prod-AdministratorAccess-",
    "acme-prod/AdministratorAccess, acme-prod-AdministratorAccess-",
    "../x, x-",
    "'a]\n[b', a-b-",
    "-dash, dash-",
    "größe, gr-e-",
    "漢字, ''"
  })
  void name_thatSomeToolRefuses_isWhatIsLeftOfItAndADigest(String name, String start) {
    String safe = ProfileNames.of(name);
    assertThat(safe).startsWith(start).hasSize(start.length() + 8);
    assertThat(ProfileNames.of(safe)).as("safe as it is").isEqualTo(safe);
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 300, 100_000})
  void name_thatIsLong_isCut(int length) {
    assertThat(ProfileNames.of("x".repeat(length))).hasSizeLessThan(80);
    assertThat(ProfileNames.of("x".repeat(length)))
        .isNotEqualTo(ProfileNames.of("x".repeat(length + 1)));
  }

  @Property
  void name_ofAnyText_isSafe_andAnotherForAnotherText(@ForAll String one, @ForAll String other) {
    assertThat(ProfileNames.of(one)).matches("[0-9A-Za-z][0-9A-Za-z._-]{0,79}");
    if (!one.equals(other)) {
      assertThat(ProfileNames.of(one)).isNotEqualTo(ProfileNames.of(other));
    }
  }
}
