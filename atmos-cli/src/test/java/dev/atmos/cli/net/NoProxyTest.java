package dev.atmos.cli.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoProxyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # entries                         | host                         | port | direct
          example.com                       | example.com                  | 443  | true
          example.com                       | EXAMPLE.com                  | 443  | true
          EXAMPLE.COM                       | example.com.                 | 443  | true
          example.com.                      | example.com                  | 443  | true
          example.com                       | a.b.example.com              | 443  | true
          example.com                       | badexample.com               | 443  | false
          example.com                       | example.com.evil             | 443  | false
          .example.com                      | a.example.com                | 443  | true
          .example.com                      | example.com                  | 443  | true
          .example.com                      | badexample.com               | 443  | false
          *.example.com                     | a.example.com                | 443  | true
          *.example.com                     | badexample.com               | 443  | false
          *                                 | anything.example             | 443  | true
          x, *                              | 10.0.0.1                     | 443  | true
          a.com,b.com                       | b.com                        | 443  | true
          a.com b.com                       | b.com                        | 443  | true
          '  a.com ,  b.com '               | b.com                        | 443  | true
          ,,                                | b.com                        | 443  | false
          .                                 | b.com                        | 443  | false
          b.com:443                         | b.com                        | 443  | true
          b.com:443                         | b.com                        | 8443 | false
          b.com:                            | b.com                        | 443  | false
          *:8443                            | b.com                        | 8443 | true
          10.0.0.1                          | 10.0.0.1                     | 443  | true
          10.0.0.1:443                      | 10.0.0.1                     | 443  | true
          10.0.0.1:80                       | 10.0.0.1                     | 443  | false
          10.0.0.1                          | 10.0.0.10                    | 443  | false
          0.0.1                             | 10.0.0.1                     | 443  | false
          10.0.0.0/8                        | 10.200.3.4                   | 443  | true
          10.0.0.0/8                        | 11.0.0.1                     | 443  | false
          10.16.0.0/12                      | 10.31.255.255                | 443  | true
          10.16.0.0/12                      | 10.32.0.0                    | 443  | false
          10.0.0.1/32                       | 10.0.0.1                     | 443  | true
          0.0.0.0/0                         | 93.184.215.14                | 443  | true
          10.0.0.0/8                        | ten.example                  | 443  | false
          10.0.0.0/33                       | 10.0.0.0                     | 443  | false
          10.0.0.0/-1                       | 10.0.0.0                     | 443  | false
          10.0.0.0/x                        | 10.0.0.0                     | 443  | false
          host/8                            | 10.0.0.0                     | 443  | false
          2001:db8::1                       | [2001:db8::1]                | 443  | true
          [2001:db8::1]                     | [2001:db8:0:0::1]            | 443  | true
          [2001:db8::1]:443                 | [2001:db8::1]                | 443  | true
          [2001:db8::1]:80                  | [2001:db8::1]                | 443  | false
          2001:db8::/32                     | [2001:db8:ffff::1]           | 443  | true
          2001:db8::/32                     | [2001:db9::1]                | 443  | false
          10.0.0.0/8                        | [2001:db8::1]                | 443  | false
          eks.amazonaws.com,.vpce.amazonaws.com | sts.us-east-2.amazonaws.com | 443 | false
          """)
  void host_byEntries_isDirectOrNot(String entries, String host, int port, boolean direct) {
    assertThat(new NoProxy(entries).covers(host, port)).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "localhost.",
        "api.localhost",
        "127.0.0.1",
        "127.9.9.9",
        "[::1]",
        "0.0.0.0",
        "169.254.169.254",
        "169.254.170.2",
        "[fe80::1]",
        "[fd00:ec2::254]"
      })
  void host_thatIsHere_isDirectWhateverTheEntries(String host) {
    assertThat(new NoProxy("").covers(host, 80)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost.example.com", "mylocalhost", "128.0.0.1", "[fd00::1]", "10.0.0.1"})
  void host_thatIsElsewhere_isNotDirectWithoutEntries(String host) {
    assertThat(new NoProxy("").covers(host, 80)).isFalse();
  }
}
