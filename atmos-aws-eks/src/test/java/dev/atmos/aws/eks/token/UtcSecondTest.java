package dev.atmos.aws.eks.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class UtcSecondTest {

  @Property
  void bothForms_ofAnySecond_areThoseOfInstant(
      @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long epochSecond) {
    String expected = Instant.ofEpochSecond(epochSecond).toString();
    assertThat(new UtcSecond(epochSecond).extended()).isEqualTo(expected);
    assertThat(new UtcSecond(epochSecond).basic())
        .isEqualTo(expected.replace("-", "").replace(":", ""));
  }
}
