package dev.atmos.cli.config.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.trust.TrustRecord.Approval;
import java.util.Arrays;
import java.util.Set;
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
        new TrustRecord(
            path, Set.of(new Approval(DIGEST, "COMMAND " + key), new Approval(DIGEST, "READS ")));
    assertThat(TrustRecord.read(record.write())).isEqualTo(record);
  }

  @Property(tries = 200)
  void record_cutOff_approvesNothingElse(@ForAll @NumericChars String path) {
    Approval one = new Approval(DIGEST, "COMMAND k");
    TrustRecord whole = new TrustRecord(path, Set.of(one));
    byte[] bytes = whole.write();
    for (int i = 0; i < bytes.length; i++) {
      TrustRecord part = TrustRecord.read(Arrays.copyOf(bytes, i));
      assertThat(part == null || part.equals(new TrustRecord(path, Set.of()))).isTrue();
    }
  }
}
