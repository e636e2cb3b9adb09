package dev.atmos.loopback.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority for a week, in memory only, that vouches for any host. The JDK can read
 * certificates, but has no public way to make one; this writes the few that a test needs (RFC 5280)
 * in a millisecond, where {@code keytool} takes half a second.
 */
public final class CertificateAuthority {
  private static final String COMMON_NAME = "550403";
  private static final String ECDSA_WITH_SHA256 = "2a8648ce3d040302";
  private static final String BASIC_CONSTRAINTS = "551d13";
  private static final String KEY_USAGE = "551d0f";
  private static final String SUBJECT_KEY_IDENTIFIER = "551d0e";
  private static final String AUTHORITY_KEY_IDENTIFIER = "551d23";
  private static final String EXTENDED_KEY_USAGE = "551d25";
  private static final String SERVER_AUTHENTICATION = "2b06010505070301";
  private static final String SUBJECT_ALTERNATIVE_NAME = "551d11";
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final char[] NO_PASSWORD = {};

  private final SecureRandom random = new SecureRandom();
  private final String name;
  private final KeyPair keys;
  private final Certificate certificate;
  private final Map<List<String>, SSLContext> servers = new ConcurrentHashMap<>();

  private CertificateAuthority() {
    name = "loopback test authority " + Long.toHexString(random.nextLong());
    keys = newKeys();
    certificate =
        certify(
            name,
            keys.getPublic(),
            List.of(
                extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true))),
                // keyCertSign and cRLSign
                extension(KEY_USAGE, true, Der.of(0x03, new byte[] {1, 0x06}))));
  }

  /** A new authority. */
  public static CertificateAuthority create() {
    return new CertificateAuthority();
  }

  /** The certificate to trust, in PEM. */
  public String pem() {
    try {
      byte[] der = certificate.getEncoded();
      String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
      return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * For a server with these names.
   *
   * @param hosts DNS names, or IP addresses of version 4
   */
  public SSLContext server(String... hosts) {
    return servers.computeIfAbsent(List.of(hosts), this::newServer);
  }

  private SSLContext newServer(List<String> hosts) {
    try {
      KeyPair own = newKeys();
      List<byte[]> names = new ArrayList<>();
      for (String host : hosts) {
        names.add(generalName(host));
      }
      Certificate leaf =
          certify(
              hosts.getFirst().length() > 64 ? "loopback" : hosts.getFirst(),
              own.getPublic(),
              List.of(
                  extension(BASIC_CONSTRAINTS, true, Der.sequence()),
                  // digitalSignature
                  extension(KEY_USAGE, true, Der.of(0x03, new byte[] {7, (byte) 0x80})),
                  extension(
                      EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(SERVER_AUTHENTICATION))),
                  extension(
                      SUBJECT_ALTERNATIVE_NAME,
                      false,
                      Der.sequence(names.toArray(byte[][]::new)))));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(
          "server", own.getPrivate(), NO_PASSWORD, new Certificate[] {leaf, certificate});
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, random);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Certificate certify(String subject, PublicKey key, List<byte[]> extensions) {
    try {
      Instant now = Instant.now();
      byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
      List<byte[]> all = new ArrayList<>(extensions);
      all.add(extension(SUBJECT_KEY_IDENTIFIER, false, Der.of(0x04, identifier(key))));
      all.add(
          extension(
              AUTHORITY_KEY_IDENTIFIER,
              false,
              Der.sequence(Der.of(0x80, identifier(keys.getPublic())))));
      byte[] content =
          Der.sequence(
              Der.of(0xa0, Der.integer(BigInteger.TWO)),
              Der.integer(new BigInteger(120, random).setBit(119)),
              algorithm,
              distinguishedName(name),
              Der.sequence(
                  Der.of(0x17, ascii(UTC_TIME.format(now.minus(Duration.ofDays(1))))),
                  Der.of(0x17, ascii(UTC_TIME.format(now.plus(Duration.ofDays(7)))))),
              distinguishedName(subject),
              key.getEncoded(),
              Der.of(0xa3, Der.sequence(all.toArray(byte[][]::new))));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] der = Der.sequence(content, algorithm, Der.bits(signature.sign()));
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
  }

  private static byte[] distinguishedName(String commonName) {
    byte[] attribute = Der.sequence(Der.oid(COMMON_NAME), Der.of(0x0c, ascii(commonName)));
    return Der.sequence(Der.of(0x31, attribute));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    byte[] octets = Der.of(0x04, value);
    return critical
        ? Der.sequence(Der.oid(oid), Der.bool(true), octets)
        : Der.sequence(Der.oid(oid), octets);
  }

  private static byte[] generalName(String host) {
    String[] parts = host.split("\\.", -1);
    byte[] address = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (parts.length != 4 || !parts[i].matches("\\d{1,3}")) {
        return Der.of(0x82, ascii(host));
      }
      address[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Der.of(0x87, address);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
