package dev.atmos.auth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.command.ValidateRun;
import dev.atmos.auth.list.ListRun;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind, written out in full, and what is known of it: {@code good.txt} has, behind each
 * {@code ===}, a file that is valid, and behind {@code ---} the tree that lists it and the
 * descriptions of its definitions.
 */
class GoodExamplesTest {

  static Stream<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    for (String each : Pattern.compile("(?m)^=== ").split(text(), -1)) {
      if (!each.isEmpty()) {
        int name = each.indexOf('\n');
        int answer = each.indexOf("\n---\n");
        cases.add(
            arguments(
                each.substring(0, name),
                each.substring(name + 1, answer + 1),
                each.substring(answer + 5)));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void goodExample_isValid_listedAndDescribed(String name, String file, String known) {
    ValidateRun run = ValidateRun.of(file, "--strict");
    assertThat(run.said()).endsWith(": no errors and no warnings\n").hasLineCount(1);
    assertThat(run.exitCode()).isZero();

    assertThat(known(file)).isEqualTo(known).doesNotContain("CANARY");
  }

  /** What is known of the definitions of a file. */
  static String known(String file) {
    FakeServices services =
        AuthTestContext.addBuiltInKinds(new FakeServices().withConfig(YamlConfig.root(file)));
    StringBuilder known = new StringBuilder(ListRun.over(services).with().answer());
    for (AuthEntry entry : AuthGraph.of(services).all()) {
      Description description = entry.description();
      StringBuilder line = new StringBuilder();
      description.account().ifPresent(account -> line.append(", account ").append(account));
      description.principal().ifPresent(who -> line.append(", principal ").append(who));
      description.region().ifPresent(region -> line.append(", region ").append(region));
      description.subject().ifPresent(subject -> line.append(", subject ").append(subject));
      description.alias().ifPresent(alias -> line.append(", alias ").append(alias));
      if (!line.isEmpty()) {
        known.append(entry).append(": ").append(line.substring(2)).append('\n');
      }
    }
    return known.toString();
  }

  @Test
  void cases_haveEveryBuiltInKind() throws IOException {
    FakeServices services = AuthTestContext.addBuiltInKinds(new FakeServices());
    String text = text();

    for (AuthPart part : AuthPart.values()) {
      for (String kind : part.kinds(services.kinds()).builtInNames()) {
        assertThat(text).containsPattern("kind: " + Pattern.quote(kind) + "[\\n},]");
      }
    }
  }

  private static String text() throws IOException {
    try (InputStream stream = GoodExamplesTest.class.getResourceAsStream("good.txt")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
