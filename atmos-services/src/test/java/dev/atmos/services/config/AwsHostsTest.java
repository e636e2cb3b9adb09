package dev.atmos.services.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsHostsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sts.amazonaws.com",
        "https://sts.us-east-1.amazonaws.com",
        "https://STS.us-east-1.AmazonAWS.com/",
        "HTTPS://sts.amazonaws.com:443/",
        "https://sts-fips.us-gov-west-1.amazonaws.com",
        "https://oidc.eu-central-1.amazonaws.com",
        "https://portal.sso.eu-central-1.amazonaws.com/federation",
        "https://api.ecr.us-west-2.amazonaws.com",
        "https://api.ecr-public.us-east-1.amazonaws.com",
        "https://eks.cn-north-1.amazonaws.com.cn",
        "https://sts.us-iso-east-1.c2s.ic.gov",
        "https://sts.us-isob-east-1.sc2s.sgov.gov",
        "https://sts.eu-isoe-west-1.cloud.adc-e.uk",
        "https://sts.us-isof-south-1.csp.hci.ic.gov",
        "https://sts.eusc-de-east-1.amazonaws.eu",
        "https://sts.us-east-1.api.aws",
        "https://oidc.cn-north-1.api.amazonwebservices.com.cn",
        "https://corp.awsapps.com/start",
        "https://d-9067000000.awsapps.com/start#/",
        "https://start.us-gov-home.awsapps.com/directory/d-9067000000",
        "https://start.home.awsapps.cn/directory/d-1",
        "https://ssoins-722300000000000a.portal.us-east-1.app.aws",
        "https://signin.aws.amazon.com/saml",
        "https://us-east-1.signin.aws.amazon.com/platform/saml/x"
      })
  void url_ofAws_isItsOwn(String url) {
    assertThat(AwsHosts.owns(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://acme.awsapps.com/start?x=1",
        "https://ACME.AWSAPPS.COM/start/#/",
        "https://acme.awsapps.com/start\\#/",
        "https://ssoins-722300000000000a.portal.us-east-1.app.aws/?x",
      })
  void startUrl_withWhatIsNotSent_isAws(String url) {
    assertThat(AwsHosts.ownsPortal(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sts.amazonaws.com/?x=1",
        "https://evil.example/?x=.awsapps.com/start",
        "https://evil.example#.awsapps.com/start",
        "https://evil.example\\#.awsapps.com/start",
        "https://evil.example\\.awsapps.com/start",
        "https://user@acme.awsapps.com/start?x",
        "http://acme.awsapps.com/start?x",
        "https://awsapps.com/start?x",
        "?",
      })
  void otherUrl_withWhatIsNotSent_isNot(String url) {
    assertThat(AwsHosts.ownsPortal(url)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https:",
        "https://",
        "sts.amazonaws.com",
        "//sts.amazonaws.com",
        "http://sts.amazonaws.com",
        "ftp://sts.amazonaws.com",
        "https:sts.amazonaws.com",
        "https://amazonaws.com",
        "https://awsapps.com.evil.example/start",
        "https://evil-amazonaws.com",
        "https://sts.amazonaws.com.evil.example",
        "https://evil.example/sts.amazonaws.com",
        "https://evil.example#.amazonaws.com",
        "https://evil.example?.amazonaws.com",
        "https://evil.example\\.amazonaws.com",
        "https://evil.example\\@sts.amazonaws.com",
        "https://sts.amazonaws.com@evil.example",
        "https://u@sts.amazonaws.com",
        "https://u:p@sts.amazonaws.com",
        "https://@sts.amazonaws.com",
        "https://sts.amazonaws.com:8443",
        "https://sts.amazonaws.com:",
        "https://sts.amazonaws.com:0443",
        "https://sts.amazonaws.com.",
        "https://.amazonaws.com",
        "https://a..amazonaws.com",
        "https://-a.amazonaws.com",
        "https://a-.amazonaws.com",
        "https://%65vil.amazonaws.com",
        "https://sts.amazonaws.com?x=y",
        "https://sts.amazonaws.com/ x",
        " https://sts.amazonaws.com",
        "https://sts.amazonaws.com\n",
        "https://sts.ama\u200bzonaws.com",
        "https://sts.amazonaws\uff0ecom",
        "https://us-east-1.amazonaws.com",
        "https://127.0.0.1",
        "https://[::1]",
        "https://localhost",
        "https://abc123.execute-api.us-east-1.amazonaws.com",
        "https://abc123.execute-api.us-east-1.api.aws",
        "https://ec2-192-0-2-1.compute-1.amazonaws.com",
        "https://ec2-192-0-2-1.us-west-2.compute.amazonaws.com",
        "https://name-123.us-east-1.elb.amazonaws.com",
        "https://bucket.s3.amazonaws.com",
        "https://bucket.s3.us-east-1.amazonaws.com",
        "https://s3.us-east-1.amazonaws.com/bucket",
        "https://s3-website-us-east-1.amazonaws.com",
        "https://abc.gr7.us-east-1.eks.amazonaws.com",
        "https://abc.lambda-url.us-east-1.on.aws",
        "https://vpce-1.sts.us-east-1.vpce.amazonaws.com",
        "https://evil.portal.us-east-1.app.aws",
        "https://ssoins-1.portal.evil.app.aws",
        "https://x.ssoins-1.portal.us-east-1.app.aws"
      })
  void url_ofAnybodyElse_isNot(String url) {
    assertThat(AwsHosts.owns(url)).isFalse();
  }
}
