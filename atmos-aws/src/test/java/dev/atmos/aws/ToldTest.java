package dev.atmos.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToldTest {

  @Test
  void line_ofSeveral_isTheFirst() {
    assertThat(Told.line("\n  Not so. \r\nSecret")).isEqualTo("Not so");
  }

  @Test
  void line_withWhatSteersTerminals_isPlain() {
    assertThat(Told.line("a\u001b[31mb\tc \u202ed  e\u2028f")).isEqualTo("a?[31mb c ?d e?f");
  }

  @Test
  void word_thatIsLongerThanNames_isLeftOut() {
    assertThat(Told.line("the token " + "x".repeat(201) + " is bad"))
        .isEqualTo("the token [...] is bad");
    String arn = "arn:aws:sts::111122223333:assumed-role/" + "x".repeat(64) + "/" + "y".repeat(64);
    assertThat(Told.line("User: " + arn)).isEqualTo("User: " + arn);
  }

  @Test
  void line_thatIsLong_isCut() {
    assertThat(Told.line("word ".repeat(500))).hasSize(403).endsWith("...");
  }

  @Test
  void line_ofNothing_isEmpty() {
    assertThat(Told.line(" \n ")).isEmpty();
    assertThat(Told.line(".")).isEmpty();
  }
}
