package dev.atmos.services.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pattern of a policy matches, and which account a key's name holds. */
final class AllowedValuesTest {

  @ParameterizedTest
  @CsvSource({
    "eu-*, eu-west-1, true",
    "eu-*, eu-, false",
    "eu-*, eu, false",
    "eu-*, us-east-1, false",
    "eu-west-1, eu-west-1, true",
    "eu-west-1, eu-west-12, false",
    "https://a.example/start, https://a.example/start/, true",
    "https://a.example/start, https://a.example/start/#, true",
    "https://a.example/start, https://a.example/start#, true",
    "https://a.example/start, https://a.example/start/#/, true",
    "https://a.example/start, https://a.example/start//, false",
    "https://a.example/start, https://a.example/start/##, true",
    "https://a.example/*, https://a.example/start//, false",
    "https://a.example/start, https://a.example/starter, false",
    "https://*.a.example/start, https://b.a.example/start, true",
    "https://*.a.example/start, https://a.example/start, false",
    "https://*.a.example/start, https://.a.example/start, false",
    "https://*.a.example/start, https://c.b.a.example/start, false",
    "https://*.a.example/start, https://evil.example/.a.example/start, false",
    "https://*.a.example/start, https://evil.example?.a.example/start, false",
    "https://*.a.example/start, https://evil@b.a.example/start, false",
    "https://*.a.example/start, https://evil:b.a.example/start, false",
    "https://*.a.example/start, https://evil\\.a.example/start, false",
    "https://a.example/*, https://a.example/start, true",
    "https://a.example/*, https://a.example, false",
    "https://a.example/*, https://a.example/, false",
    "https://a.example/*, https://a.example.evil/start, false",
    "https://a.example/*, https://a.example@evil/start, false",
    "https://a.example/*, https://a.example/start/../other, false",
    "https://a.example/*, https://a.example/../other, false",
    "https://a.example/*, https://a.example/start/.., false",
    "https://a.example/start, https://a.example/./start, false",
    "https://a.example/start, https://a.example//start, false",
    "https://a.example/start, https://a.example/%73tart, false",
    "https://a.example/*, https://a.example/%2e%2e/other, false",
    "https://a.example/*, https://a.example\\@evil.example/start, false",
    "https://a.example/start, https://a.example/start?x=1, true",
    "https://a.example/start, https://a.example/start#x, true",
    "https://a.example/start, HTTPS://A.Example/start, true",
    "https://A.example/start, https://a.example/start, true",
    "https://a.example/start, https://a.example/Start, false",
    "https://a.example/start, https://a.example:443/start, true",
    "https://a.example:443/start, https://a.example/start, true",
    "https://a.example/start, https://a.example:80/start, false",
    "https://a.example/start, https://a.example:4443/start, false",
    "https://a.example/start, https://a.example./start, false",
    "https://a.example, https://a.example/, true",
    "http://127.0.0.1:80, http://127.0.0.1/, true",
    "https://a.example/x/../start, https://a.example/x/../start, false",
    "eu-west-1, EU-west-1, false",
    "'111122223333', '111122223333', true",
    "'111122223333', '', false",
  })
  void pattern_ofAPolicy_matchesWholeLabels(String pattern, String value, boolean matches) {
    assertThat(AllowedPattern.matches(pattern, value)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "ASIAQNZGKIQY56JQ7WML, '029608264753'",
    "AKIAQNZGKIQY56JQ7WML, '029608264753'",
    "AKIAXYZDQCEN4B6JSJQI, '534261010715'",
    "AKIASP2TPHJSQH3FJRUX, '171436882533'",
    "AKIAIOSFODNN7EXAMPLE,",
    "AKIDEXAMPLE,",
    "ASIALOOPBACK00000002,",
    "ASIAQNZGKIQY56JQ7WM,",
    "AROAQNZGKIQY56JQ7WML,",
    "ASIAQ1ZGKIQY56JQ7WML,",
    "ASIA7777777777777777,",
  })
  void account_ofAKeyId_isItsNumber(String keyId, String account) {
    assertThat(AccessKeyAccount.of(keyId)).isEqualTo(account);
  }
}
