package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * How a program ended.
 *
 * @param exit its exit code; 128 and the signal's number if it was one that ended it
 * @param stdout one character per byte
 * @param stderr one character per byte
 */
record Outcome(int exit, String stdout, String stderr) {

  /** Said nothing beside its answer. */
  Outcome quiet() {
    assertThat(stderr).as("standard error").isEmpty();
    return this;
  }

  /** Gave no answer, but this exit code and one line that begins with the program's name. */
  String failed(int code) {
    assertThat(stdout).as("standard output").isEmpty();
    assertThat(exit).as(stderr).isEqualTo(code);
    List<String> lines = stderr.lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).startsWith("atmos: ");
    return lines.getFirst();
  }

  /** Did what it was asked to. */
  Outcome succeeded() {
    assertThat(exit).as(stderr).isZero();
    return this;
  }
}
