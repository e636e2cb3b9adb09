package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.protocol.Operation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The accounts and roles of a large organization, whose portal refuses what comes too fast. */
class DiscoveryIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String MEASURED =
      """
      import resource, subprocess, sys, time
      start = time.monotonic()
      code = subprocess.run(sys.argv[1:]).returncode
      used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
      print("%.1f seconds, %d KiB" % (time.monotonic() - start, used), file=sys.stderr)
      sys.exit(code)
      """;

  private SignInScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = SignInScene.in(scratch.directory());
    scene.aws.limitPortal(20);
    scene.configure(
        SignInScene.CONFIGURATION.replace(
            "region: us-east-1", "region: us-east-1\n      auto_provision_identities: true"));
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private void accounts(int count) {
    for (int i = 1; i < count; i++) {
      scene.center.assign(
          "ann", String.valueOf(500_000_000_000L + i), "team " + i, "Admin", "Audit", "View");
    }
  }

  private int lists() {
    return scene.aws.count(Operation.LIST_ACCOUNT_ROLES);
  }

  @Test
  void fiveHundredAccounts_areListedInTime_andAfterTheSignIn() throws Exception {
    accounts(500);
    Launch login =
        scene
            .run("auth", "login", "dev", "--no-browser")
            .env("TERM", "xterm")
            .through(Tools.python().toString(), "-c", MEASURED);

    AtTerminal.Shown shown =
        AtTerminal.of(scene.place, login)
            .expect("Signed in: dev")
            .expect(" of 500")
            .run(login.words());

    assertThat(shown.exit()).as(shown.screen()).isZero();
    assertThat(shown.screen()).contains("Provider 'corp' offers 1499 identities");
    assertThat(lists()).as("nothing was refused").isEqualTo(500);
    Matcher used = Pattern.compile("([0-9.]+) seconds, ([0-9]+) KiB").matcher(shown.screen());
    assertThat(used.find()).as(shown.screen()).isTrue();
    assertThat(Double.parseDouble(used.group(1))).isLessThan(40);
    assertThat(Integer.parseInt(used.group(2))).isLessThan(150 * 1024);
    scene.token("team 321/Audit").run().succeeded().quiet();

    scene.center.unassign("ann", "500000000007");
    Outcome again = scene.run("auth", "login", "dev").run().succeeded();
    assertThat(again.stderr()).contains("Signed in already").doesNotContain("offers");
    assertThat(lists()).isEqualTo(500);
  }

  @Test
  void listThatIsKilled_goesOnWhereItWas() throws Exception {
    accounts(120);
    Launch.Running first = scene.run("auth", "login", "dev", "--no-browser").start();
    while (lists() < 90 && first.process().isAlive()) {
      Thread.sleep(50);
    }
    first.finish(0);
    int before = lists();
    assertThat(before).isBetween(90, 119);

    Outcome second = scene.run("auth", "login", "dev").run().succeeded();

    assertThat(second.stderr()).contains("Provider 'corp' offers 359 identities");
    // Two seconds' work at most, and what was on its way.
    assertThat(lists()).isLessThanOrEqualTo(120 + 2 * 18 + 8);
  }

  @Test
  void listThatTheUserInterrupts_takesNothingAway() throws Exception {
    accounts(3);
    scene.signIn("dev");
    accounts(200);
    Launch login = scene.run("auth", "login", "dev", "--refresh").env("TERM", "xterm");

    AtTerminal.Shown shown =
        AtTerminal.of(scene.place, login).expect("##").type("\u0003").run(login.words());

    assertThat(shown.exit()).as(shown.screen()).isEqualTo(130);
    assertThat(List.of(shown.screen().split("\r\n"))).noneMatch(line -> line.contains("\tat "));
    scene.token("team 2/Audit").run().succeeded().quiet();
    assertThat(scene.token("team 150/Audit").run().exit()).isEqualTo(2);
  }
}
