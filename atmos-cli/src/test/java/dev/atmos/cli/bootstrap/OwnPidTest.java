package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnPidTest {

  @Test
  void number_ofThisProcess_isTheOneThatJavaTells() {
    assertThat(OwnPid.get()).isEqualTo(ProcessHandle.current().pid());
  }
}
