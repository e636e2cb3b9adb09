package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

  /** What the operating system says of ENOSPC, EROFS, EIO, EMFILE, ELOOP, and so on. */
  private static final List<String> REASONS =
      List.of(
          "No space left on device",
          "Read-only file system",
          "Input/output error",
          "Too many open files",
          "Too many levels of symbolic links",
          "File name too long",
          "Disk quota exceeded");

  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(new FakeClock(AtmosRun.NOW));
    IdentityCenterInstance center =
        aws.identityCenter("https://corp.awsapps.com/start", "us-east-1").autoAllow("ann", 0);
    center.assign("ann", "111111111111", "dev account", "Admin");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  /** Signed in, with credentials and a session that have to be renewed. */
  private AtmosRun signedIn() {
    AtmosRun atmos =
        AtmosRun.unix()
            .file("atmos.yaml", CONFIGURATION)
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("ATMOS_KEYRING_TYPE", "plain")
            .program("atmos", "bin/atmos")
            .knows(id -> aws.credential(id).map(known -> known.key().secret()));
    aws.clock(atmos.machine().clock());
    login(atmos);
    atmos.machine().clock().advance(Duration.ofMinutes(58));
    return atmos;
  }

  private static void login(AtmosRun atmos) {
    AtmosRun.Result result = atmos.run("auth", "login", "dev", "--no-browser");
    assertThat(result.exitCode()).as(result.stderr()).isZero();
  }

  /** Fails at one of its operations, counted from 0, and at those after it if it is broken. */
  private static final class FailingDisk implements PrivateFiles {
    private final PrivateFiles files;
    private final int failing;
    private final boolean broken;
    private int operations;

    FailingDisk(PrivateFiles files, int failing, boolean broken) {
      this.files = files;
      this.failing = failing;
      this.broken = broken;
    }

    private void operation(Path file) throws IOException {
      int number = operations++;
      if (number == failing || (broken && number > failing)) {
        if (failing % (REASONS.size() + 1) == REASONS.size()) {
          throw new AccessDeniedException(file.toString());
        }
        throw new FileSystemException(
            file.toString(), null, REASONS.get(failing % (REASONS.size() + 1)));
      }
    }

    @Override
    public Optional<byte[]> read(Path file, int limit) throws IOException {
      operation(file);
      return files.read(file, limit);
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
      operation(file);
      files.write(file, content);
    }

    @Override
    public void reserve(Path file, int bytes) throws IOException {
      operation(file);
      files.reserve(file, bytes);
    }

    @Override
    public boolean delete(Path file) throws IOException {
      operation(file);
      return files.delete(file);
    }
  }

  private static String reason(int operation) {
    int number = operation % (REASONS.size() + 1);
    String text = number == REASONS.size() ? "Permission denied" : REASONS.get(number);
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws eks token --cluster-name demo --region us-east-2",
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
        int failing = i;
        FailingDisk[] disk = new FailingDisk[1];
        atmos.disk(files -> disk[0] = new FailingDisk(files, failing, broken));

        AtmosRun.Result result = atmos.unchecked(line.split(" ", -1));

        String told = "operation " + i + ": " + result;
        reached = disk[0] != null && disk[0].operations > failing;
        assertThat(result.exitCode()).as(told).isNotEqualTo(70);
        if (result.exitCode() != 0) {
          assertThat(result.stderr()).as(told).contains(reason(i));
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
}
