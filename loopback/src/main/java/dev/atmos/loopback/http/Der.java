package dev.atmos.loopback.http;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.HexFormat;

/** Writes ASN.1 in DER (X.690), as much of it as certificates need. */
final class Der {
  private Der() {}

  /** A value with its tag and its length. */
  static byte[] of(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length > 0xff) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 0x7f) {
      out.write(0x81);
    }
    out.write(length & 0xff);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... values) {
    return of(0x30, values);
  }

  static byte[] integer(BigInteger value) {
    return of(0x02, value.toByteArray());
  }

  static byte[] bool(boolean value) {
    return of(0x01, new byte[] {(byte) (value ? 0xff : 0)});
  }

  /** Whole octets as a bit string. */
  static byte[] bits(byte[] octets) {
    return of(0x03, new byte[] {0}, octets);
  }

  /** An object identifier, of its encoded content in hexadecimal. */
  static byte[] oid(String content) {
    return of(0x06, HexFormat.of().parseHex(content));
  }
}
