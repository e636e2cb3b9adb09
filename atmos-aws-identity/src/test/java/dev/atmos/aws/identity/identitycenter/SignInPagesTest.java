package dev.atmos.aws.identity.identitycenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInPagesTest {
  private final SignInPages pages = new SignInPages(Set.of("127.0.0.1", "sso.corp.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        // aws
        "https://device.sso.us-east-1.amazonaws.com/",
        "https://device.sso.eu-central-1.amazonaws.com/?user_code=ABCD-EFGH",
        "https://DEVICE.sso.ap-southeast-3.amazonaws.com:443/",
        "https://device.sso.us-east-1.api.aws/",
        "https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH",
        "https://d-9067000000.awsapps.com/start/#/device",
        "https://view.awsapps.com/start/#/device?user_code=ABCD-EFGH",
        "https://ssoins-722300000000000a.portal.us-east-1.app.aws/#/device",
        // aws-cn
        "https://device.sso.cn-north-1.amazonaws.com.cn/",
        "https://device.sso.cn-northwest-1.amazonaws.com.cn/?user_code=ABCD-EFGH",
        "https://start.home.awsapps.cn/directory/d-1#/device",
        // aws-us-gov
        "https://device.sso.us-gov-west-1.amazonaws.com/",
        "https://device.sso.us-gov-east-1.amazonaws.com/",
        "https://start.us-gov-home.awsapps.com/directory/d-9067000000#/device",
        "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-9067000000#/device",
        // aws-iso, aws-iso-b, aws-iso-e, aws-iso-f
        "https://device.sso.us-iso-east-1.c2s.ic.gov/",
        "https://device.sso.us-isob-east-1.sc2s.sgov.gov/",
        "https://device.sso.eu-isoe-west-1.cloud.adc-e.uk/",
        "https://device.sso.us-isof-south-1.csp.hci.ic.gov/",
        // aws-eusc
        "https://device.sso.eusc-de-east-1.amazonaws.eu/",
        // the configuration's
        "http://127.0.0.1:4566/device?user_code=ABCD-EFGH",
        "https://sso.corp.example:8443/device",
      })
  void page_ofAwsOrTheConfiguration_isShown(String address) {
    assertThat(pages.contains(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "javascript:alert(1)",
        "https://evil.example/",
        "https://evil.example/device.sso.us-east-1.amazonaws.com",
        "https://device.sso.us-east-1.amazonaws.com.evil.example/",
        "https://device.sso.us-east-1.amazonaws.com@evil.example/",
        "https://evil.example@device.sso.us-east-1.amazonaws.com/",
        "https://evil.example\\@device.sso.us-east-1.amazonaws.com/",
        "https://evildevice.sso.us-east-1.amazonaws.com/",
        "https://device.sso.evil.amazonaws.com/",
        "https://device.sso.us-east-1.amazonaws.com:8443/",
        "http://device.sso.us-east-1.amazonaws.com/",
        "https://evil.execute-api.us-east-1.amazonaws.com/",
        "https://evil.s3.us-east-1.amazonaws.com/",
        "https://evil.lambda-url.us-east-1.on.aws/",
        "https://evil-awsapps.com/start",
        "https://awsapps.com.evil.example/start",
        "https://view.awsapps.com\u202e/start",
        "https://a.portal.evil.app.aws/",
        "https://portal.us-east-1.app.aws/",
        "http://sso.corp.example/device",
        "https://x.sso.corp.example/device",
        "http://localhost:4566/device",
        "http://[::1]:4566/device",
      })
  void page_ofAnotherHost_isNot(String address) {
    assertThat(pages.contains(address)).isFalse();
  }
}
