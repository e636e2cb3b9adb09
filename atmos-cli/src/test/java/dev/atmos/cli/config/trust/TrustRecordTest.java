package dev.atmos.cli.config.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;

class TrustRecordTest {
  private static final String DIGEST = TrustRecord.sha256("x");

  @Property(tries = 300)
  void record_writtenAndRead_isTheSame(
      @ForAll @Chars({'\n', '\r', '\\', ' '}) @NumericChars @CharRange(from = 'a', to = 'z')
          String path,
      @ForAll @Chars({'\n', '\r', '\\', '"'}) @NumericChars String key) {
    TrustRecord record =
        new TrustRecord(path, DIGEST, Map.of("COMMAND " + key, DIGEST, "ENDPOINT ", DIGEST));
    assertThat(TrustRecord.read(record.write())).isEqualTo(record);
  }

  @Property(tries = 200)
  void record_cutOff_isNone(@ForAll @NumericChars String path) {
    byte[] whole = new TrustRecord(path, DIGEST, Map.of("COMMAND k", DIGEST)).write();
    String text = new String(whole, StandardCharsets.UTF_8);
    int cut = text.lastIndexOf('\n', text.length() - 2) + 1;
    for (int i = 0; i < whole.length; i++) {
      byte[] part = java.util.Arrays.copyOf(whole, i);
      if (i == cut) {
        // What is lost is what it asked for, and not what is trusted.
        continue;
      }
      assertThat(TrustRecord.read(part)).as(new String(part, StandardCharsets.UTF_8)).isNull();
    }
  }
}
