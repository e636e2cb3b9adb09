package dev.atmos.text.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlScalarsTest {

  @Property
  void anyText_written_isReadAsThatText(@ForAll("texts") String text) {
    String written = YamlScalars.write(text);
    String quoted = YamlScalars.quote(text);

    assertThat(Readers.yaml11("- " + written)).isEqualTo(List.of(text));
    assertThat(Readers.yaml12("- " + written)).isEqualTo(List.of(text));
    assertThat(Readers.yaml12("[" + quoted + "]")).isEqualTo(List.of(text));
    assertThat(Readers.json("[" + quoted + "]")).isEqualTo(List.of(text));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("aeEbxofnyt0179.-+_:/=@<~# '\"\\\n\t,[]{}&*!|>%\u00e9\u202e\u0007\u3164")
        .ofMaxLength(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:eks:us-east-2:111122223333:cluster/demo",
        "https://ABC.gr7.us-east-2.eks.amazonaws.com",
        "client.authentication.k8s.io/v1beta1",
        "--cluster-name",
        "/usr/bin/atmos",
        "LS0tLS1CRUdJTi+/=",
        "us-east-2",
        "two words",
        "1password",
        "Gr\u00fc\u00dfe"
      })
  void text_thatNoReaderMistakes_hasNoQuotes(String text) {
    assertThat(YamlScalars.write(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y",
        "1e3",
        "",
        "~",
        "=",
        "12:30",
        "2025-01-15",
        "<<",
        "-.inf",
        "Infinity",
        "0x1f",
        "+1"
      })
  void plainText_thatSomeReaderMistakes_isAmbiguous(String text) {
    assertThat(YamlScalars.isAmbiguous(text)).isTrue();
    assertThat(YamlScalars.isPlain(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes-no", "-i", "1password", "0abcg", "a1", "https://x?y"})
  void plainText_thatIsOneToAll_isNotAmbiguous(String text) {
    assertThat(YamlScalars.isAmbiguous(text)).isFalse();
  }

  @Test
  void quote_ofACharacterThatIsNotVisible_escapesIt() {
    assertThat(YamlScalars.quote("a\u202eb\u0007")).isEqualTo("\"a\\u202eb\\u0007\"");
  }
}
