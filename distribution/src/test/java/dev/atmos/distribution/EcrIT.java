package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.ConnectProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registries of ECR, as skopeo and docker's own client use them. */
class EcrIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String ACCOUNT = "111122223333";
  private static final String HOST = ACCOUNT + ".dkr.ecr.us-east-2.amazonaws.com";
  private static final String OTHERS = "{ \"credHelpers\": {\"gcr.io\": \"gcloud\"}, \"n\": 1e2 }";
  private static final String CONFIGURATION =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            credentials: {access_key_id: %s, secret_access_key: %s}
        integrations:
          images:
            kind: aws/ecr
            via: {identity: dev}
            spec: {registry: {account_id: "%s", region: us-east-2}}
      """
          .formatted(Credentials.KEY_ID, Credentials.SECRET, ACCOUNT);

  private final Product product = Product.selfContained();
  private LoopbackAws aws;
  private ConnectProxy proxy;
  private Path place;
  private Path docker;

  @BeforeEach
  void start() throws Exception {
    aws =
        LoopbackAws.start()
            .add(IamUser.of(ACCOUNT, "dev").key(Credentials.KEY_ID, Credentials.SECRET));
    proxy = aws.startProxy(null);
    place = scratch.directory();
    docker = Files.createDirectories(place.resolve("docker")).resolve("config.json");
    Files.writeString(docker, OTHERS);
    Launch.write(place.resolve("atmos.yaml"), CONFIGURATION);
    Launch.write(place.resolve("ca.pem"), aws.caPem());
  }

  @AfterEach
  void stop() {
    proxy.close();
    aws.close();
  }

  private Launch in(Launch launch) {
    return launch
        .env("AWS_ENDPOINT_URL", aws.url())
        .env("DOCKER_CONFIG", docker.resolveSibling("").toString())
        .env("ATMOS_KEYRING_TYPE", "plain")
        .env("NO_PROXY", "127.0.0.1");
  }

  private Launch atmos(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("--config", place.resolve("atmos.yaml").toString()));
    all.addAll(List.of(words));
    return in(product.run(place, all));
  }

  /** A program that reaches the registry, and has the launcher on its PATH. */
  private Launch client(Path program, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    return in(Launch.in(place).command(command))
        .env("PATH", product.launcher().resolveSibling("") + ":" + Launch.SYSTEM_PATH)
        .env("HTTPS_PROXY", proxy.url())
        .env("SSL_CERT_FILE", place.resolve("ca.pem").toString());
  }

  private Outcome inspect() throws Exception {
    return client(Tools.program("skopeo"), "inspect", "docker://" + HOST + "/app:latest").run();
  }

  @Test
  void skopeo_withTheHelper_getsAPasswordWheneverItAsks() throws Exception {
    assertThat(inspect().exit()).isNotZero();
    atmos("aws", "ecr", "configure-docker").run().succeeded();

    assertThat(inspect().succeeded().stdout()).contains(HOST + "/app");
    assertThat(inspect().exit()).isZero();
    assertThat(aws.count(Operation.GET_ECR_AUTHORIZATION_TOKEN)).isEqualTo(1);
    atmos("auth", "logout", "dev").run().succeeded();
    assertThat(inspect().exit()).isZero();
    assertThat(aws.count(Operation.GET_ECR_AUTHORIZATION_TOKEN)).isEqualTo(2);
    assertThat(Files.readString(docker)).doesNotContain("auths");

    atmos("aws", "ecr", "configure-docker", "--remove").run().succeeded();
    assertThat(docker).hasContent(OTHERS);
    assertThat(inspect().exit()).isNotZero();
  }

  @Test
  void signIn_givesDockerAPassword_andALogoutTakesItAway() throws Exception {
    atmos("auth", "login", "dev").run().succeeded();

    assertThat(inspect().succeeded().stdout()).contains(HOST + "/app");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(docker)))
        .isEqualTo("rw-------");
    atmos("auth", "logout", "dev").run().succeeded();
    assertThat(docker).hasContent(OTHERS);
    assertThat(inspect().exit()).isNotZero();
  }

  @Test
  void dockersFile_thatIsALink_isChangedWhereItIs() throws Exception {
    Path file = place.resolve("dotfiles.json");
    Files.move(docker, file);
    Files.createSymbolicLink(docker, file);

    atmos("aws", "ecr", "login", "images").run().succeeded();
    assertThat(docker).isSymbolicLink();
    assertThat(Files.readString(file)).contains(HOST);
    atmos("aws", "ecr", "logout").run().succeeded();
    assertThat(file).hasContent(OTHERS);
  }

  @Test
  void helper_withStoresThatKeepNothing_keepsNothing() throws Exception {
    atmos("aws", "ecr", "configure-docker").run().succeeded();
    Outcome refused = atmos("aws", "ecr", "login").env("ATMOS_KEYRING_TYPE", "none").run();
    assertThat(refused.exit()).isEqualTo(0);

    for (String store : List.of("none", "memory")) {
      client(Tools.program("skopeo"), "inspect", "docker://" + HOST + "/app:latest")
          .env("ATMOS_KEYRING_TYPE", store)
          .run()
          .succeeded();
    }

    assertThat(aws.count(Operation.GET_ECR_AUTHORIZATION_TOKEN)).isGreaterThan(2);
    Optional<String> secret =
        aws.secrets().stream().filter(each -> each.length() > 200).filter(this::isOnDisk).findAny();
    assertThat(secret).isEmpty();
  }

  private boolean isOnDisk(String secret) {
    try (var tree = Files.walk(place)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file).contains(secret)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
