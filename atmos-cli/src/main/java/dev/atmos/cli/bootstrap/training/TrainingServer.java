package dev.atmos.cli.bootstrap.training;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Stands in for AWS while a start-up cache is trained: on this machine, by TLS, and only for as
 * long. What it gives away is good for nothing, and so short-lived that each run asks again.
 */
public final class TrainingServer implements AutoCloseable {
  private static final String CLUSTER =
      """
      {"cluster":{"name":"demo","arn":"arn:aws:eks:us-east-2:111122223333:cluster/demo",\
      "status":"ACTIVE","endpoint":"https://demo.invalid","certificateAuthority":{"data":"\
      LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBQUEKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}}}
      """;

  private static final String CALLER =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\
      <GetCallerIdentityResult><Arn>arn:aws:sts::111122223333:assumed-role/far/ann</Arn>\
      <UserId>AROAEXAMPLE:ann</UserId><Account>111122223333</Account>\
      </GetCallerIdentityResult></GetCallerIdentityResponse>
      """;

  private static final char[] PASSWORD = "training".toCharArray();
  private static final int SECONDS = 120;

  private final ServerSocket server;
  private final Path authority;

  /**
   * @param place an empty directory, for a certificate that is made for this run
   */
  public TrainingServer(Path place) throws IOException {
    authority = place.resolve("authority.pem");
    try {
      server =
          context(place)
              .getServerSocketFactory()
              .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    Thread.ofPlatform().daemon().start(this::serve);
  }

  /** Java has no other door to making a certificate than its tool. */
  private SSLContext context(Path place) throws IOException, GeneralSecurityException {
    Path file = place.resolve("key");
    Process tool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                    "-m",
                    "java.base/sun.security.tools.keytool.Main",
                    "-genkeypair",
                    "-alias",
                    "training",
                    "-keyalg",
                    "RSA",
                    "-dname",
                    "CN=training",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    new String(PASSWORD)))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    tool.getOutputStream().close();
    tool.onExit().join();
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
    String pem =
        Base64.getMimeEncoder().encodeToString(store.getCertificate("training").getEncoded());
    Files.writeString(
        authority, "-----BEGIN CERTIFICATE-----\n" + pem + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Its URL. */
  public String url() {
    return "https://127.0.0.1:" + server.getLocalPort();
  }

  /** A file with the certificate of the authority that vouches for it. */
  public Path authority() {
    return authority;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String request = line(in); !request.isEmpty(); request = line(in)) {
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
          String[] parts = header.toLowerCase(Locale.ROOT).split(": *", 2);
          length = parts[0].equals("content-length") ? Integer.parseInt(parts[1]) : length;
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        byte[] answer = answer(request.split(" ", -1)[1], body).getBytes(StandardCharsets.UTF_8);
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(answer[0] == '<' ? "text/xml" : "application/json", answer.length);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(answer);
        out.flush();
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  /** A line without its end; empty at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private String answer(String target, String body) {
    Instant end = Instant.now().plusSeconds(SECONDS);
    return switch (target.split("\\?", 2)[0]) {
      case "/federation/credentials" ->
          """
          {"roleCredentials":{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":"example",\
          "sessionToken":"example","expiration":%d}}
          """
              .formatted(end.toEpochMilli());
      case "/client/register" ->
          """
          {"clientId":"example","clientSecret":"example","clientSecretExpiresAt":%d}
          """
              .formatted(end.getEpochSecond() + 86_400);
      case "/device_authorization" ->
          """
          {"deviceCode":"example","userCode":"ABCD-EFGH","verificationUri":"%1$s",\
          "verificationUriComplete":"%1$s/?user_code=ABCD-EFGH","expiresIn":60,"interval":1}
          """
              .formatted(url());
      case "/token" ->
          """
          {"accessToken":"example","refreshToken":"example","tokenType":"Bearer","expiresIn":%d}
          """
              .formatted(SECONDS);
      case "/logout" -> "{}";
      case "/" -> {
        if (body.equals("{}")) {
          yield """
          {"authorizationData":{"authorizationToken":"QVdTOmV4YW1wbGU=","expiresAt":%d}}
          """
              .formatted(end.getEpochSecond() + 36_000);
        }
        yield body.contains("Action=AssumeRole&") ? assumedRole(end) : CALLER;
      }
      default -> CLUSTER;
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static String assumedRole(Instant end) {
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>\
    <Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>example\
    </SecretAccessKey><SessionToken>example</SessionToken><Expiration>%s</Expiration>\
    </Credentials></AssumeRoleResult></AssumeRoleResponse>
    """
        .formatted(end);
  }
}
