package dev.atmos.distribution;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Ann's desk: a directory with her home and a configuration, and the stand-in for AWS, where she
 * may be two permission sets, of which one may assume a role. The Identity Center says yes at once
 * unless a test wants otherwise.
 */
final class SignInScene implements AutoCloseable {
  static final String ACCOUNT = "111122223333";
  static final String START_URL = "https://acme.awsapps.com/start";
  static final String CONFIGURATION =
      """
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://acme.awsapps.com/start
            region: us-east-1
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111122223333"}}
          other:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: View, account: {id: "111122223333"}}
          prod:
            kind: aws/assume-role
            via: {identity: dev}
            principal: {assume_role: arn:aws:iam::444455556666:role/Deploy}
      """;

  private static final Product product = Product.selfContained();

  final LoopbackAws aws;
  final IdentityCenterInstance center;
  final Path place;
  final Path home;

  private SignInScene(Path place) throws IOException {
    this.place = place;
    home = place.resolve("home");
    aws = LoopbackAws.start();
    center = aws.identityCenter(START_URL, "us-east-1").autoAllow("ann", 0);
    center.assign("ann", ACCOUNT, "dev", "Admin", "View");
    aws.add(Role.of("444455556666", "Deploy").trusting(center.roleArn(ACCOUNT, "Admin")));
    configure(CONFIGURATION);
  }

  /** In that directory. */
  static SignInScene in(Path place) throws IOException {
    return new SignInScene(place);
  }

  /** Another configuration in place of the usual one. */
  SignInScene configure(String yaml) throws IOException {
    Launch.write(place.resolve("cwd/atmos.yaml"), yaml);
    return this;
  }

  /** The product, for which AWS is the stand-in, and which keeps sign-ins in plain files. */
  Launch run(String... words) throws IOException {
    return remote(words).env("AWS_ENDPOINT_URL", aws.url());
  }

  /** The same with nothing that leads it to the stand-in. */
  Launch remote(String... words) throws IOException {
    return product
        .run(place, words)
        .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        .env("ATMOS_KEYRING_TYPE", "plain");
  }

  /** {@code aws eks token} of an identity. */
  Launch token(String identity, String... more) throws IOException {
    List<String> words = new ArrayList<>(Credentials.tokenCommand("--identity", identity));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  /** What somebody does over SSH. */
  Outcome signIn(String identity) throws Exception {
    return run("auth", "login", identity, "--no-browser").run().succeeded();
  }

  /** Where everything is kept. */
  Path state() {
    return home.resolve(".local/state/atmos/auth");
  }

  /** The files below a directory, with their content and the time of their last change. */
  static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(
              directory.relativize(file).toString(),
              Files.getLastModifiedTime(file)
                  + " "
                  + Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }

  @Override
  public void close() {
    aws.close();
  }
}
