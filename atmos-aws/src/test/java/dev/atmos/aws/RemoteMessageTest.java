package dev.atmos.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemoteMessageTest {

  @Test
  void line_ofSeveral_isTheFirst() {
    assertThat(RemoteMessage.line("\n  Not so. \r\nSecret")).isEqualTo("Not so");
  }

  @Test
  void line_withWhatSteersTerminals_isPlain() {
    assertThat(RemoteMessage.line("a\u001b[31mb\tc \u202ed  e\u2028f"))
        .isEqualTo("a?[31mb c ?d e?f");
  }

  @Test
  void word_thatIsLongerThanNames_isLeftOut() {
    assertThat(RemoteMessage.line("the token " + "x".repeat(201) + " is bad"))
        .isEqualTo("the token [...] is bad");
    String arn = "arn:aws:sts::111122223333:assumed-role/" + "x".repeat(64) + "/" + "y".repeat(64);
    assertThat(RemoteMessage.line("User: " + arn)).isEqualTo("User: " + arn);
  }

  @Test
  void line_thatIsLong_isCut() {
    assertThat(RemoteMessage.line("word ".repeat(500))).hasSize(403).endsWith("...");
  }

  @Test
  void line_ofNothing_isEmpty() {
    assertThat(RemoteMessage.line(" \n ")).isEmpty();
    assertThat(RemoteMessage.line(".")).isEmpty();
  }
}
