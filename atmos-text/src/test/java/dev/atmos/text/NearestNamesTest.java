package dev.atmos.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "a, '', 1",
    "abc, abc, 0",
    "abc, abd, 1",
    "abc, acb, 1",
    "abc, ab, 1",
    "abc, xabc, 1",
    "kitten, sitting, 3",
    "ca, abc, 3",
  })
  void distance_countsEdits(String a, String b, int distance) {
    assertThat(NearestNames.distance(a, b)).isEqualTo(distance);
    assertThat(NearestNames.distance(b, a)).isEqualTo(distance);
  }

  @Property
  void distance_ofAnyTwo_isBoundedByTheLonger(
      @ForAll @AlphaChars @StringLength(max = 12) String a,
      @ForAll @AlphaChars @StringLength(max = 12) String b) {
    int distance = NearestNames.distance(a, b);
    assertThat(distance)
        .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    assertThat(distance == 0).isEqualTo(a.equals(b));
    assertThat(NearestNames.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void of_picksTheNearestInTheirOrder() {
    List<String> names = List.of("Prod-EU", "prod-us", "prod-ap", "dev", "dev");
    assertThat(NearestNames.of("prod-e", names)).containsExactly("Prod-EU");
    assertThat(NearestNames.of("prod-xx", names)).containsExactly("Prod-EU", "prod-us", "prod-ap");
    assertThat(NearestNames.of("DEVV", names)).containsExactly("dev");
    assertThat(NearestNames.of("staging", names)).isEmpty();
    assertThat(NearestNames.of("x".repeat(100_000), names)).isEmpty();
    assertThat(NearestNames.of("dev", List.of("x".repeat(100_000)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "asw, aws",
    "AWS, aws",
    "awss, aws",
    "startup, ",
    "startupcache, startup-cache",
    "start-up-cache, startup-cache",
    "verison, version",
    "ver, ",
    "x, ",
    "'', ",
  })
  void first_ofAWord_isTheNearestCandidate(String word, String nearest) {
    List<String> words = List.of("aws", "startup-cache", "version");
    assertThat(NearestNames.first(word, words).orElse(null)).isEqualTo(nearest);
  }

  @ParameterizedTest
  @CsvSource({"--idenity, --identity", "--regoin, --region", "-x, ", "-, ", "--, ", "--output, "})
  void option_thatIsMistyped_isNearToALongOne(String option, String nearest) {
    List<String> options = List.of("--identity", "-i", "--region", "-h");
    assertThat(NearestNames.option(option, options).orElse(null)).isEqualTo(nearest);
  }

  @Test
  void option_thatEndsAsAnotherDoes_isNearToIt() {
    assertThat(NearestNames.option("--name", List.of("-h", "--region", "--cluster-name")))
        .contains("--cluster-name");
    assertThat(NearestNames.option("--cluster-name", List.of("-n", "--region", "--name")))
        .contains("--name");
    assertThat(NearestNames.option("--filename", List.of("--name"))).isEmpty();
  }
}
