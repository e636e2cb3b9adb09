package dev.atmos.services.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://acme.awsapps.com/start",
        "https://acme.awsapps.com/start/",
        "https://acme.awsapps.com/start#",
        "https://acme.awsapps.com/start#/",
        "https://acme.awsapps.com/start/#/",
        "https://acme.awsapps.com/start/#/?tab=accounts",
        "https://acme.awsapps.com/start\\#/",
        "https://acme.awsapps.com/start?x=1",
        "https://acme.awsapps.com/start/?x=1#/saml",
        "HTTPS://Acme.AWSapps.com/start",
      })
  void spellings_ofOnePortal_areSentAsOne(String url) {
    assertThat(StartUrl.normalized(url)).isEqualTo("https://acme.awsapps.com/start");
  }

  @ParameterizedTest
  @CsvSource({
    "https://acme.awsapps.com/Start, https://acme.awsapps.com/Start",
    "https://ACME.awsapps.com, https://acme.awsapps.com",
    "https://acme.awsapps.com/start\\x, https://acme.awsapps.com/start\\x",
    "https://evil.example\\.awsapps.com/#, https://evil.example\\.awsapps.com",
    "no url, no url",
    "'', ''",
    "#, ''",
  })
  void otherText_keepsWhatMayLeadElsewhere(String url, String sent) {
    assertThat(StartUrl.normalized(url)).isEqualTo(sent);
  }
}
