package dev.atmos.cli.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes of a child that is followed. */
class FollowedProcessTest {

  @Test
  void child_thatEnds_givesItsLinesAndItsCode() throws Exception {
    Process child = new ProcessBuilder("sh", "-c", "echo a; echo b >&2; printf c; exit 3").start();
    List<String> lines = new ArrayList<>();
    int code = new FollowedProcess(child, (line, isError) -> lines.add(line + isError)).exitCode();
    assertThat(code).isEqualTo(3);
    assertThat(lines).containsExactlyInAnyOrder("afalse", "btrue", "cfalse");
  }

  @Test
  void child_thatIsStopped_endsWithTheCodeOfItsSignal() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();
    child.getInputStream().close();
    child.getErrorStream().close();
    child.destroy();
    assertThat(new FollowedProcess(child, (line, isError) -> {}).exitCode()).isEqualTo(143);
  }
}
