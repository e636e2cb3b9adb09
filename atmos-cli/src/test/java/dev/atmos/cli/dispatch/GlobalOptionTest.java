package dev.atmos.cli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.testkit.PluginContract;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class GlobalOptionTest {
  /** What the testkit, which can't see the program, tells authors of plugins. */
  private abstract static class Contract extends PluginContract {
    static final Set<String> RESERVED = RESERVED_OPTIONS;
  }

  @Test
  void names_ofAllOptions_areReservedByTheTestkit() {
    Set<String> names = new TreeSet<>();
    for (GlobalOption option : GlobalOption.values()) {
      names.addAll(Set.of(option.spec().names()));
    }
    assertThat(Contract.RESERVED).containsExactlyInAnyOrderElementsOf(names);
  }
}
