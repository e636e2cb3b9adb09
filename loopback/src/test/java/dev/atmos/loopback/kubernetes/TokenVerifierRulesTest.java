package dev.atmos.loopback.kubernetes;

import static dev.atmos.loopback.aws.iam.Partition.AWS;
import static dev.atmos.loopback.aws.iam.Partition.AWS_CN;
import static dev.atmos.loopback.aws.iam.Partition.AWS_EUSC;
import static dev.atmos.loopback.aws.iam.Partition.AWS_ISO;
import static dev.atmos.loopback.aws.iam.Partition.AWS_ISO_B;
import static dev.atmos.loopback.aws.iam.Partition.AWS_ISO_E;
import static dev.atmos.loopback.aws.iam.Partition.AWS_ISO_F;
import static dev.atmos.loopback.aws.iam.Partition.AWS_US_GOV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.loopback.aws.iam.Partition;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row at least for every rule: each starts from a good token and changes one thing. */
class TokenVerifierRulesTest {
  private static final String URL = TokenVectors.byId("us-east-2/demo/nost").text("decoded_url");
  private static final String TEMPORARY =
      TokenVectors.byId("us-east-2/demo/st").text("decoded_url");
  private static final String HOST = "sts.us-east-2.amazonaws.com";
  private static final Instant NOW = TokenVectors.NOW;

  /** A token, the server it is shown to, and what has to come of it. */
  record Row(
      String rule,
      String what,
      String token,
      String fragment,
      Partition partition,
      @Nullable String ownRegion,
      Instant now) {
    static Row good(String rule, String what, String url) {
      return new Row(rule, what, TokenVectors.token(url), "", AWS, null, NOW);
    }

    static Row bad(String rule, String what, String url, String fragment) {
      return new Row(rule, what, TokenVectors.token(url), fragment, AWS, null, NOW);
    }

    static Row token(String rule, String what, String token, String fragment) {
      return new Row(rule, what, token, fragment, AWS, null, NOW);
    }

    static Row host(String rule, String host, Partition partition, String fragment) {
      String token = TokenVectors.token(with(HOST, host));
      return new Row(rule, partition.id() + " " + host, token, fragment, partition, null, NOW);
    }

    Row ofRegion(String region) {
      return new Row(rule, what, token, fragment, partition, region, now);
    }

    Row at(String time) {
      return new Row(rule, what, token, fragment, partition, ownRegion, Instant.parse(time));
    }

    VerifiedToken verify() {
      return verifier().verify(token);
    }

    TokenVerifier verifier() {
      return new TokenVerifier(partition, ownRegion, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Override
    public String toString() {
      return rule + " " + what;
    }
  }

  private static String with(String part, String replacement) {
    assertThat(URL).contains(part);
    return URL.replace(part, replacement);
  }

  private static String expires(String value) {
    return with("X-Amz-Expires=60", "X-Amz-Expires=" + value);
  }

  private static String date(String value) {
    return with("X-Amz-Date=20250115T120000Z", "X-Amz-Date=" + value);
  }

  static List<Row> good() {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.good("P1", "long-lived key", URL));
    rows.add(Row.good("P2", "temporary key", TEMPORARY));
    rows.add(Row.host("P3", "sts.amazonaws.com", AWS, ""));
    rows.add(Row.host("P4", "sts-fips.us-east-1.amazonaws.com", AWS, ""));
    rows.add(Row.host("P5", "sts.us-west-2.api.aws", AWS, ""));
    rows.add(Row.host("P5", "sts-fips.us-east-1.api.aws", AWS, ""));
    rows.add(Row.host("P6", "sts.cn-north-1.amazonaws.com.cn", AWS_CN, ""));
    rows.add(Row.host("P6", "sts.cn-north-1.api.amazonwebservices.com.cn", AWS_CN, ""));
    rows.add(Row.host("P7", "sts.us-gov-east-1.amazonaws.com", AWS_US_GOV, ""));
    rows.add(Row.host("P8", "sts.us-iso-east-1.c2s.ic.gov", AWS_ISO, ""));
    rows.add(Row.host("P8", "sts.us-isob-east-1.sc2s.sgov.gov", AWS_ISO_B, ""));
    rows.add(Row.host("P8", "sts.eu-isoe-west-1.cloud.adc-e.uk", AWS_ISO_E, ""));
    rows.add(Row.host("P8", "sts.us-isof-south-1.csp.hci.ic.gov", AWS_ISO_F, ""));
    rows.add(Row.host("P8", "sts.eusc-de-east-1.amazonaws.eu", AWS_EUSC, ""));
    rows.add(Row.host("P9", "sts.not-a-region.amazonaws.com", AWS, ""));
    rows.add(Row.host("P10", "sts.moon-1.amazonaws.com.cn", AWS_CN, "").ofRegion("moon-1"));
    rows.add(Row.host("P11", "sts.us-gov-west-1.amazonaws.com", AWS, ""));
    rows.add(
        Row.good(
            "P12",
            "names in any case",
            URL.replace("Action=", "action=")
                .replace("X-Amz-Date=", "x-amz-date=")
                .replace("Version=", "VERSION=")));
    String[] halves = URL.split("\\?", -1);
    List<String> reversed = List.of(halves[1].split("&", -1)).reversed();
    rows.add(Row.good("P13", "any order", halves[0] + "?" + String.join("&", reversed)));
    for (String expires : List.of("0", "60", "900", "060", "%2B60")) {
      rows.add(Row.good("P14", "expires " + expires, expires(expires)));
    }
    rows.add(Row.good("P15", "host not signed", with("host%3Bx-k8s-aws-id", "x-k8s-aws-id")));
    rows.add(Row.good("P16", "mixed case", with("x-k8s-aws-id", "X-K8s-AWS-Id")));
    rows.add(
        Row.good(
            "P17",
            "unsigned",
            "https://"
                + HOST
                + "/?Action=GetCallerIdentity&X-Amz-Date=20250115T120000Z&X-Amz-Expires=60"
                + "&X-Amz-SignedHeaders=x-k8s-aws-id"));
    rows.add(Row.good("P18", "14:59 old", URL).at("2025-01-15T12:14:59Z"));
    rows.add(Row.good("P18", "15:00 old", URL).at("2025-01-15T12:15:00Z"));
    rows.add(Row.good("P19", "of the future", URL).at("2024-01-01T00:00:00Z"));
    // Without padding, no base64 text is 4085 characters long: this is the longest token there is.
    rows.add(Row.good("P20", "4095 bytes", ofLength(3063)));
    rows.add(Row.good("P21", "upper-case scheme", with("https://", "HTTPS://")));
    rows.add(Row.good("other", "fragment", URL + "#fragment"));
    rows.add(Row.good("other", "empty parameters", URL.replace("&", "&&") + "&"));
    return rows;
  }

  static List<Row> bad() {
    List<Row> rows = new ArrayList<>();
    String token = TokenVectors.token(URL);
    String payload = token.substring("k8s-aws-v1.".length());
    rows.add(Row.bad("N1", "4099 bytes", ofLength(3065), "token is too large"));
    rows.add(Row.token("N1", "4097 bytes", "k".repeat(4097), "token is too large"));
    rows.add(Row.token("N4", "4096 bytes", token + "A".repeat(4096 - token.length()), "base64"));
    for (String prefix : List.of("k8s-aws-v2.", "K8S-AWS-V1.", "k8s-aws-v1", "")) {
      rows.add(Row.token("N2", "prefix " + prefix, prefix + payload, "missing expected"));
    }
    rows.add(Row.token("N2", "empty", "", "missing expected"));
    rows.add(Row.token("N3", "padding", token + "==", "illegal base64"));
    rows.add(Row.token("N4", "plus", token + "++++", "illegal base64"));
    rows.add(Row.token("N4", "slash", token + "////", "illegal base64"));
    rows.add(Row.token("N4", "line end", token + "\n", "illegal base64"));
    rows.add(Row.token("N4", "not ASCII", token + "\u00e9", "illegal base64"));
    for (String url : List.of(":ab:cd", "https://h:x/", "ht\ntps://h/", "https://a b/", "/%zz")) {
      rows.add(Row.bad("N5", url.replace("\n", "\\n"), url, "parse error"));
    }
    rows.add(Row.bad("N5", "colon in first segment", "1a:b", "colon"));
    rows.add(Row.bad("N6", "http", with("https://", "http://"), "unexpected scheme"));
    rows.add(Row.bad("N6", "no scheme", with("https://", "//"), "unexpected scheme"));
    rows.add(Row.bad("N6", "nothing", "", "unexpected scheme"));
    for (String host : List.of("google.com", "localhost", "")) {
      rows.add(Row.host("N7", host, AWS, "could not parse region"));
    }
    rows.add(Row.bad("N7", "opaque", "https:" + HOST, "could not parse region"));
    rows.add(Row.host("N8", "website.amazonaws.com", AWS, "unexpected hostname"));
    rows.add(Row.host("N8", "sts.amazonaws.com.cn", AWS, "unexpected hostname"));
    for (Partition partition : Partition.values()) {
      if (partition != AWS) {
        rows.add(Row.host("N9", "sts.amazonaws.com", partition, "global endpoint unsupported"));
      }
    }
    rows.add(Row.host("N10", "sts.cn-north-1.amazonaws.com.cn", AWS, "does not support hostname"));
    rows.add(Row.host("N10", "sts.us-east-2.amazonaws.com", AWS_CN, "does not support hostname"));
    rows.add(Row.host("N10", "sts.us-iso-east-1.c2s.ic.gov", AWS_CN, "does not support hostname"));
    rows.add(
        Row.host("N10", "sts.us-isob-east-1.amazonaws.com.cn", AWS_ISO_B, "unexpected hostname"));
    rows.add(Row.host("N10", "sts.moon-1.amazonaws.com.cn", AWS_CN, "unexpected hostname"));
    rows.add(
        Row.host("N10", "sts.moon-2.amazonaws.com.cn", AWS_CN, "unexpected hostname")
            .ofRegion("moon-1"));
    for (String host :
        List.of(
            "sts.us-east-2.amazonaws.com:443",
            "sts.us-east-2.amazonaws.com.",
            "STS.us-east-2.amazonaws.com",
            "sts.US-EAST-2.amazonaws.com",
            "sts.us-east-2.AmazonAWS.com",
            "sts.amazonaws.com:443")) {
      rows.add(Row.host("N11", host, AWS, "unexpected hostname"));
    }
    for (String host :
        List.of(
            "vpce-0a1b.sts.us-east-1.vpce.amazonaws.com",
            "127.0.0.1:4566",
            "sts.us-east-1.amazonaws.com.evil.com",
            "iam.us-east-1.amazonaws.com")) {
      rows.add(Row.host("N12", host, AWS, "unexpected hostname"));
    }
    // GovCloud's ordinary host is the FIPS one: there is no sts-fips.
    rows.add(
        Row.host("N10", "sts-fips.us-gov-west-1.amazonaws.com", AWS_US_GOV, "unexpected hostname"));
    rows.add(Row.host("N12", "sts.-x.example.com", AWS, "invalid region identifier"));
    for (String path : List.of("", "/abc", "//", "/.", "/%2F", "/;x")) {
      String url = with(".com/?", ".com" + path + "?");
      rows.add(Row.bad("N13", "path " + path, url, "unexpected path"));
    }
    for (String name : List.of("X-Amz-Content-Sha256", "X-Amz-User-Agent", "x-id", "")) {
      rows.add(Row.bad("N14", "parameter " + name, URL + "&" + name + "=1", "non-whitelisted"));
    }
    rows.add(Row.bad("N15", "twice", URL + "&Action=GetCallerIdentity", "multiple values"));
    rows.add(Row.bad("N16", "twice in other case", URL + "&x-amz-credential=a", "duplicate query"));
    rows.add(Row.bad("N16", "before N14", URL + "&x-amz-credential=a&x-id=1", "duplicate query"));
    for (String action : List.of("getcalleridentity", "AssumeRole", "")) {
      String url = with("Action=GetCallerIdentity", "Action=" + action);
      rows.add(Row.bad("N17", "action " + action, url, "unexpected action"));
    }
    rows.add(Row.bad("N17", "no action", with("Action=GetCallerIdentity&", ""), "unexpected"));
    for (String headers : List.of("host", "host%3Bx-k8s-aws-i", "", "host%2Cx-k8s-aws-id")) {
      rows.add(
          Row.bad("N18", "signs " + headers, with("host%3Bx-k8s-aws-id", headers), "did not sign"));
    }
    rows.add(Row.bad("N19", "semicolon", with("host%3Bx", "host;x"), "malformed query parameter"));
    for (String value : List.of("%gh", "%", "%4")) {
      rows.add(Row.bad("N19", value, expires(value), "malformed query parameter"));
    }
    rows.add(Row.bad("N20", "absent", with("&X-Amz-Expires=60", ""), "invalid X-Amz-Expires"));
    for (String value :
        List.of("", "-1", "901", "9999999", "99999999999999999999", "60.0", "abc", "+60", "-")) {
      rows.add(Row.bad("N20", "expires " + value, expires(value), "invalid X-Amz-Expires"));
    }
    rows.add(Row.bad("N21", "absent", with("&X-Amz-Date=20250115T120000Z", ""), "must be present"));
    for (String value :
        List.of(
            "xxxxxxx",
            "2025-01-15T12:00:00Z",
            "20250115T120000z",
            "20250115T120000%2B0000",
            "20250115T120000",
            "20251315T120000Z",
            "20250230T120000Z",
            "20250115T240000Z",
            "20250115T120060Z")) {
      rows.add(Row.bad("N22", "date " + value, date(value), "error parsing"));
    }
    rows.add(Row.bad("N23", "15:00.001 old", URL, "is expired").at("2025-01-15T12:15:00.001Z"));
    rows.add(Row.bad("N23", "a year old", URL, "is expired").at("2026-01-15T12:00:00Z"));
    return rows;
  }

  private static String ofLength(int bytes) {
    return URL + "&X-Amz-Security-Token=" + "A".repeat(bytes - URL.length() - 22);
  }

  @ParameterizedTest
  @MethodSource("good")
  void verify_withAGoodToken_acceptsIt(Row row) {
    VerifiedToken token = row.verify();

    assertThat(token.length()).isEqualTo(row.token().length());
    assertThat(token.signedAt()).isEqualTo(TokenVectors.SIGNED_AT);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void verify_withABadToken_namesTheRule(Row row) {
    InvalidTokenException refused =
        catchThrowableOfType(InvalidTokenException.class, () -> row.verify());

    assertThat(refused).isNotNull();
    assertThat(refused.rule()).isEqualTo(row.rule());
    assertThat(refused).hasMessageContaining(row.fragment());
  }

  @Test
  void tables_haveARowForEveryRule() {
    List<String> rules = new ArrayList<>();
    good().forEach(row -> rules.add(row.rule()));
    bad().forEach(row -> rules.add(row.rule()));

    for (int i = 1; i <= 23; i++) {
      assertThat(rules).contains("N" + i);
    }
    for (int i = 1; i <= 21; i++) {
      assertThat(rules).contains("P" + i);
    }
  }

  /** URLs that pass the rules before the network and that STS refuses, each for its own reason. */
  static List<Row> refusedBySts() {
    String global = with(HOST, "sts.amazonaws.com");
    return List.of(
        Row.bad("N24", "signature changed", with("Signature=d", "Signature=e"), "not that of"),
        Row.bad("N24", "parameter changed", expires("61"), "not that of"),
        Row.bad("N24", "session token added", URL + "&X-Amz-Security-Token=x", "not that of"),
        Row.bad(
            "N24",
            "no signature",
            URL.substring(0, URL.indexOf("&X-Amz-Signature")),
            "not that of"),
        Row.bad("N25", "content-type", signs("content-type%3Bhost%3Bx-k8s-aws-id"), "is signed"),
        Row.bad("N25", "x-amz-date", signs("host%3Bx-amz-date%3Bx-k8s-aws-id"), "is signed"),
        Row.bad("N25", "user-agent", signs("host%3Buser-agent%3Bx-k8s-aws-id"), "is signed"),
        Row.bad("N26", "other host", with(HOST, "sts.us-west-2.amazonaws.com"), "valid region"),
        Row.bad("N26", "global host", global, "valid region"),
        Row.bad("P19", "15:01 ahead", URL, "not yet current").at("2025-01-15T11:44:59Z"),
        Row.bad("STS", "P15: host not signed", signs("x-k8s-aws-id"), "SignedHeader"),
        Row.bad("STS", "P16: mixed case", signs("host%3BX-K8s-Aws-Id"), "SignedHeader"),
        Row.bad("STS", "order", signs("x-k8s-aws-id%3Bhost"), "SignedHeader"),
        Row.bad("STS", "P12: name in other case", with("X-Amz-Date", "x-amz-date"), "scope"),
        Row.bad("STS", "P17: no version", with("&Version=2011-06-15", ""), "Version"),
        Row.bad("STS", "P17: no algorithm", with("X-Amz-Algorithm=AWS4-HMAC-SHA256&", ""), "Algo"),
        Row.bad("STS", "other algorithm", with("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"), "Algo"),
        Row.bad("STS", "credential", with("%2Faws4_request", ""), "X-Amz-Credential"),
        Row.bad("STS", "terminator", with("aws4_request", "aws5_request"), "terminator"),
        Row.bad("STS", "service", with("%2Fsts%2F", "%2Fs3%2F"), "service"),
        Row.bad("STS", "day", with("%2F20250115%2F", "%2F20250116%2F"), "Date in Credential"),
        Row.bad("STS", "unknown key", with("AKIDEXAMPLE", "AKIDOTHER"), "not known"),
        Row.bad("STS", "user name", with("https://", "https://a:b@"), "user name"));
  }

  private static String signs(String headers) {
    return with("host%3Bx-k8s-aws-id", headers);
  }

  @ParameterizedTest
  @MethodSource("refusedBySts")
  void verifySignature_whereStsWouldRefuse_namesTheRule(Row row) {
    VerifiedToken token = row.verify();

    InvalidTokenException refused =
        catchThrowableOfType(
            InvalidTokenException.class,
            () -> row.verifier().verifySignature(token, "demo", TokenVerifierRulesTest::secret));

    assertThat(refused).isNotNull();
    assertThat(refused.rule()).isEqualTo(row.rule());
    assertThat(refused).hasMessageContaining(row.fragment());
  }

  @Test
  void verifySignature_forAnotherCluster_isN24() {
    Row row = Row.good("N24", "other cluster", URL);
    VerifiedToken token = row.verify();

    InvalidTokenException refused =
        catchThrowableOfType(
            InvalidTokenException.class,
            () -> row.verifier().verifySignature(token, "demo2", TokenVerifierRulesTest::secret));

    assertThat(refused.rule()).isEqualTo("N24");
    assertThat(refused).hasMessageContaining("demo2").hasMessageNotContaining(TokenVectors.SECRET);
  }

  @Test
  void verifySignature_afterTheTokensTime_isN23() {
    VerifiedToken token = Row.good("N23", "kept", URL).verify();
    TokenVerifier later = Row.good("N23", "later", URL).at("2025-01-15T12:15:01Z").verifier();

    InvalidTokenException refused =
        catchThrowableOfType(
            InvalidTokenException.class,
            () -> later.verifySignature(token, "demo", TokenVerifierRulesTest::secret));

    assertThat(refused.rule()).isEqualTo("N23");
  }

  @Test
  void toString_ofATemporaryToken_holdsNoSecret() {
    VerifiedToken token = Row.good("P2", "temporary", TEMPORARY).verify();

    String sessionToken = token.sessionToken();
    assertThat(sessionToken).isNotNull().startsWith("AQoDYXdzEPT/");
    assertThat(token.toString())
        .contains("temporary=true")
        .doesNotContain("AQoDYXdzEPT")
        .doesNotContain(token.signature());
  }

  private static Optional<String> secret(String accessKeyId) {
    return accessKeyId.equals(TokenVectors.KEY_ID)
        ? Optional.of(TokenVectors.SECRET)
        : Optional.empty();
  }
}
