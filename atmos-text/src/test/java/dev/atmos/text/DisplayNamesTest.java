package dev.atmos.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DisplayNamesTest {

  @Test
  void alternatives_areJoinedByOr() {
    assertThat(DisplayNames.alternatives(List.of("a"))).isEqualTo("a");
    assertThat(DisplayNames.alternatives(List.of("a", "b"))).isEqualTo("a or b");
    assertThat(DisplayNames.alternatives(List.of("a", "b\u202e", "c"))).isEqualTo("a, b? or c");
  }

  @Test
  void list_thatIsLong_saysHowManyMoreThereAre() {
    assertThat(DisplayNames.list(List.of())).isEmpty();
    assertThat(DisplayNames.list(List.of("a", "b"))).isEqualTo("a, b");
    assertThat(DisplayNames.list(Collections.nCopies(13, "a"))).endsWith("a, a and 3 more");
  }

  @Test
  void value_thatIsLongOrNotAscii_isNotShown() {
    assertThat(DisplayNames.withValue("--region", "")).isEqualTo("--region ''");
    assertThat(DisplayNames.withValue("--region", "europe")).isEqualTo("--region 'europe'");
    assertThat(DisplayNames.withValue("--region", "a\u202eb")).isEqualTo("--region");
    assertThat(DisplayNames.withValue("--region", "\u00e9")).isEqualTo("--region");
    assertThat(DisplayNames.withValue("--region", "x".repeat(61))).isEqualTo("--region");
  }

  @Property
  void anyName_isShownOnOneLine(@ForAll String name) {
    String shown = DisplayNames.quoted(name);
    assertThat(shown).hasSizeLessThan(110);
    assertThat(TerminalText.isVisible(shown)).isTrue();
  }
}
