package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.service.Cluster;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks on which an operation fails, each one in turn, while commands keep something there. */
final class FileErrorsRunTest {
  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp: {kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start, region: us-east-1}
        identities:
          dev:
            kind: aws/permission-set
            default: true
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}, region: us-east-2}
      """;

  @RegisterExtension final CorpCenter corp = new CorpCenter();

  @BeforeEach
  void addCluster() {
    corp.aws.add(
        Cluster.of("demo", CorpCenter.ACCOUNT, "us-east-2")
            .server("https://demo.example", Clusters.PEM));
  }

  /** Signed in, with credentials and a session that have to be renewed. */
  private AtmosRun signedIn() {
    AtmosRun atmos =
        corp.connect(
            AtmosRun.unix()
                .file("atmos.yaml", CONFIGURATION)
                .program("atmos", "bin/atmos")
                .knows(id -> corp.aws.credential(id).map(known -> known.key().secret())));
    AtmosRun.Result login = atmos.run("auth", "login", "dev", "--no-browser");
    assertThat(login.exitCode()).as(login.stderr()).isZero();
    atmos.machine().clock().advance(Duration.ofMinutes(58));
    return atmos;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws eks token --cluster-name demo --region us-east-2",
        "aws eks update-kubeconfig --name demo --region us-east-2",
        "auth login dev --no-browser",
        "auth env -i dev",
        "auth credential-process -i dev",
        "auth logout dev",
        "auth logout --all",
        "config trust --all"
      })
  void operation_thatFails_hasItsReason_andLosesNothing(String line) {
    boolean ends = line.contains("logout");
    for (boolean broken : new boolean[] {false, true}) {
      boolean reached = true;
      for (int i = 0; reached; i++) {
        AtmosRun atmos = signedIn();
        FailingDisk disk = new FailingDisk(i, broken);
        atmos.disk(disk::with);

        AtmosRun.Result result = atmos.unchecked(line.split(" ", -1));

        String told = "operation " + i + ": " + result;
        reached = disk.hasFailed();
        assertThat(result.exitCode()).as(told).isNotEqualTo(70);
        if (result.exitCode() != 0) {
          assertThat(result.stderr()).as(told).contains(disk.reason());
        }
        atmos.disk(files -> files);
        if (ends) {
          assertThat(atmos.run("auth", "logout", "--all").exitCode()).as(told).isZero();
          assertThat(atmos.files().keySet())
              .as(told)
              .noneMatch(file -> file.matches(".*/auth/(roles|sign-in)/.*"));
        } else {
          AtmosRun.Result token = atmos.token();
          assertThat(token.exitCode()).as(told + token).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth env -i dev -o /home/dev/own.env",
        "auth env -i dev -o /home/dev/own.json --format json",
        "auth env -i dev -o /home/dev/own.github --format github",
        "auth env --unset -o /home/dev/own.env"
      })
  void operation_onAFileOfTheUsers_thatFails_hasItsReason_andWritesNothing(String line) {
    AtmosRun atmos = signedIn();
    String file = line.split(" ", -1)[line.contains("--unset") ? 4 : 5];
    atmos.file(file, "before=1\n");
    FailingDisk disk;
    int i = 0;
    do {
      disk = new FailingDisk(i++, false);
      atmos.machine().userFiles(disk::with);

      AtmosRun.Result result = atmos.unchecked(line.split(" ", -1));

      if (disk.hasFailed()) {
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr())
            .isEqualTo("atmos: can't write " + file + ": " + disk.reason() + "\n");
        assertThat(atmos.content(file)).isEqualTo("before=1\n");
      } else {
        assertThat(result.exitCode()).as(result.stderr()).isZero();
      }
    } while (disk.hasFailed());
    assertThat(i).isGreaterThan(1);
  }
}
