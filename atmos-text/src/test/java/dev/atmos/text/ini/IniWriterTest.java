package dev.atmos.text.ini;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IniWriterTest {

  @Test
  void file_thatIsWritten_isReadBack() {
    String text =
        new IniWriter()
            .comment("kept by a test")
            .section("dev")
            .property("a", "b=c/+")
            .property("d", "e")
            .section("ops")
            .text();
    assertThat(text).isEqualTo("; kept by a test\n[dev]\na = b=c/+\nd = e\n[ops]\n");
    IniReader reader = IniReader.read(text, false);
    assertThat(reader.problem()).isNull();
    assertThat(reader.profiles())
        .isEqualTo(Map.of("dev", Map.of("a", "b=c/+", "d", "e"), "ops", Map.of()));
  }
}
