package dev.atmos.aws.eks.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class Sha256Test {

  /** RFC 4231, 4.2 to 4.8; case 5 is of a code cut to 128 bits. */
  @ParameterizedTest
  @CsvSource({
    "1, '0b*20', '4869205468657265',"
        + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "2, '4a656665', '7768617420646f2079612077616e7420666f72206e6f7468696e673f',"
        + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "3, 'aa*20', 'dd*50'," + " 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    "4, '0102030405060708090a0b0c0d0e0f10111213141516171819', 'cd*50',"
        + " 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    "5, '0c*20', '546573742057697468205472756e636174696f6e', a3b6167473100ee06e0c796c2955552b",
    "6, 'aa*131', '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65"
        + "204b6579202d2048617368204b6579204669727374',"
        + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    "7, 'aa*131', '5468697320697320612074657374207573696e672061206c6172676572207468616e"
        + "20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d"
        + "73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265"
        + "666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e',"
        + " 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
  })
  void hmac_ofRfc4231Vector_isItsCode(int number, String key, String message, String code) {
    assertThat(HexFormat.of().formatHex(new Sha256().hmac(bytes(key), bytes(message))))
        .as("case %d", number)
        .startsWith(code);
  }

  static IntStream keyLengths() {
    return IntStream.rangeClosed(1, 130);
  }

  @ParameterizedTest
  @MethodSource("keyLengths")
  void hmac_underAKeyOfAnyLength_isTheJdks(int length) throws Exception {
    byte[] bytes = new byte[length + 50];
    new Random(length).nextBytes(bytes);
    byte[] key = Arrays.copyOf(bytes, length);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    assertThat(new Sha256().hmac(key, bytes)).isEqualTo(mac.doFinal(bytes));
  }

  @Test
  void hmac_ofEmptyKeyAndMessage_isKnown() {
    assertThat(HexFormat.of().formatHex(new Sha256().hmac(new byte[0], new byte[0])))
        .isEqualTo("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  }

  @Test
  void hash_afterAnHmac_startsAnew() {
    Sha256 sha256 = new Sha256();
    byte[] before = sha256.hash("abc".getBytes(StandardCharsets.US_ASCII));
    sha256.hmac(new byte[1], new byte[1]);
    assertThat(sha256.hash("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(before);
    assertThat(HexFormat.of().formatHex(before))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  /** Hexadecimal digits, or a byte and how often. */
  private static byte[] bytes(String text) {
    int star = text.indexOf('*');
    return HexFormat.of()
        .parseHex(
            star < 0
                ? text
                : text.substring(0, star).repeat(Integer.parseInt(text.substring(star + 1))));
  }
}
