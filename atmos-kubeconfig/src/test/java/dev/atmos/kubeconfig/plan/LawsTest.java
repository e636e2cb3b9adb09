package dev.atmos.kubeconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.kubeconfig.yaml.Reading;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.UpdateMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every kubeconfig and every order of changes. */
class LawsTest {

  @Property(tries = 400)
  void anyAdditions_thenRemovedInAnyOrder_giveTheFileBack(
      @ForAll("kubeconfigs") String text, @ForAll("steps") List<Step> steps, @ForAll Random random)
      throws Exception {
    String now = text;
    Set<Access> added = new LinkedHashSet<>();
    for (Step step : steps) {
      now = Plans.after(Plans.add(UpdateMode.MERGE, step.contextSwitch(), step.access()), now);
      added.add(step.access());
    }
    List<Access> order = new ArrayList<>(added);
    Collections.shuffle(order, random);
    for (Access each : order) {
      now = Plans.after(Plans.remove(each), now);
    }
    assertThat(now).isEqualTo(text);
  }

  @Property(tries = 400)
  void adding_again_changesNothing_andAPlanIsEmptyExactlyThen(
      @ForAll("kubeconfigs") String text,
      @ForAll("steps") List<Step> steps,
      @ForAll UpdateMode update)
      throws Exception {
    String now = text;
    for (Step step : steps) {
      now = Plans.after(Plans.add(UpdateMode.REPLACE, step.contextSwitch(), step.access()), now);
    }
    for (Step step : steps) {
      KubeconfigPlan plan = Plans.plan(Plans.add(update, CurrentContext.NEVER, step.access()), now);
      assertThat(plan.lines()).isEmpty();
      assertThat(plan.isEmpty()).isTrue();
    }
  }

  @Property(tries = 400)
  void adding_toAnything_leavesTheRest(
      @ForAll("kubeconfigs") String text, @ForAll("steps") List<Step> steps) throws Exception {
    Access[] accesses = new Access[steps.size()];
    for (int i = 0; i < accesses.length; i++) {
      accesses[i] = steps.get(i).access();
    }
    KubeconfigPlan plan = Plans.plan(Plans.add(accesses), text);

    Reading.assertThatRestIsEqual(text, plan.files().get(0).preview().reveal());
  }

  /** A cluster that is added, and whether its context becomes the current one. */
  record Step(Access access, CurrentContext contextSwitch) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Access> accesses =
        Combinators.combine(
                Arbitraries.of("demo", "1e3", "Web_2"),
                Arbitraries.of("us-east-2", "eu-west-1"),
                Arbitraries.of("111122223333", "444455556666"),
                Arbitraries.of("dev", "core/ops", "y", "null", "007", "").injectNull(0.1))
            .as((cluster, region, account, identity) ->
                Access.to(cluster)
                    .in(region)
                    .of(account)
                    .as(identity == null || identity.isEmpty() ? null : identity));
    // One account for a cluster, region and identity: removal goes by these.
    return Combinators.combine(accesses, Arbitraries.of(CurrentContext.class))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(LawsTest::distinct);
  }

  private static List<Step> distinct(List<Step> steps) {
    List<Step> kept = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Step step : steps) {
      Access access = step.access();
      if (seen.add(access.cluster() + " " + access.region() + " " + access.identity())) {
        kept.add(step);
      } else {
        kept.stream()
            .filter(other -> other.access().equals(access))
            .findFirst()
            .ifPresent(other -> kept.add(step));
      }
    }
    return kept;
  }

  /** Kubeconfigs in every layout that we can think of. */
  @Provide
  Arbitrary<String> kubeconfigs() {
    return Arbitraries.longs().map(seed -> new Layout(new Random(seed)).kubeconfig());
  }

  /** Writes a kubeconfig as the dice fall. */
  private static final class Layout {
    private static final List<String> NAMES =
        List.of("prod", "'stage'", "\"dev\"", "kind-local", "\"y\"", "a b", "x:y", "\u00fcber");

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final int dash;
    private final int step;

    Layout(Random random) {
      this.random = random;
      this.dash = one(0, 0, 2, 4);
      this.step = one(2, 2, 4, 3);
    }

    @SafeVarargs
    private final <T> T one(T... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private boolean maybe() {
      return random.nextBoolean();
    }

    String kubeconfig() {
      String start = one("", "", "---\n", "# top\n\n", "%YAML 1.1\n---\n");
      out.append(start);
      List<Runnable> parts =
          new ArrayList<>(
              List.of(
                  () -> line("apiVersion: v1"),
                  () -> line("kind: Config"),
                  () -> list("cluster"),
                  () -> list("context"),
                  () -> list("user"),
                  () -> line("current-context: " + one("prod", "'prod'", "", "\"\"", "~", "gone")),
                  () -> line("preferences: {}"),
                  () -> line("x-mine: [1, 2, {a: b}]")));
      Collections.shuffle(parts, random);
      for (Runnable part : parts) {
        if (random.nextInt(5) > 0) {
          part.run();
        }
      }
      out.append(one("", "", "# end\n", "\n\n", "...\n", "---\nother: [\n"));
      String text = out.toString();
      // A literal text that the file ends with, without a line break, is refused.
      boolean literal = text.contains("b: |\n") || text.contains("b: |+\n");
      text = one(text, text, literal ? text : text.stripTrailing());
      text = one(text, text, text.replace("\n", "\r\n"));
      return one(text, text, text, "\ufeff" + text);
    }

    private void line(String text) {
      out.append(text).append(one("", "", "   # note")).append('\n');
      out.append(one("", "", "", "\n", "# between\n", "     # far\n"));
    }

    private void list(String kind) {
      String key = one(kind + "s", kind + "s", "\"" + kind + "s\"");
      int size = random.nextInt(4);
      if (size == 0) {
        line(key + ":" + one("", " []", " null", " ~", " [ ]", "  !!seq []"));
        return;
      }
      if (random.nextInt(6) == 0) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          items.add("{name: " + name(i) + ", " + kind + ": {}}");
        }
        line(key + ": [" + String.join(one(", ", ",\n  "), items) + one("", ",", " ") + "]");
        return;
      }
      line(key + ":");
      for (int i = 0; i < size; i++) {
        item(kind, i);
      }
    }

    private String name(int index) {
      return NAMES
          .get((index * 3 + (dash + step)) % NAMES.size())
          .replaceAll("([a-z])(['\"]?)$", "$1" + index + "$2");
    }

    private void item(String kind, int index) {
      String indent = " ".repeat(dash);
      String inner = indent + "  ";
      String body = inner + kind + ":";
      out.append(indent).append(one("- ", "- ", "-\n" + inner));
      if (maybe()) {
        line("name: " + name(index));
        body(body, inner);
      } else {
        out.append(kind).append(":");
        fields(inner);
        out.append(inner);
        line("name: " + name(index));
      }
    }

    private void body(String key, String inner) {
      out.append(key);
      fields(inner);
    }

    private void fields(String inner) {
      int kind = random.nextInt(4);
      if (kind == 0) {
        line(one("", " {}", " null"));
        return;
      }
      if (kind == 1) {
        line(" {a: 007, b: [x, 'y']}");
        return;
      }
      line("");
      String indent = inner + " ".repeat(step);
      out.append(indent);
      line(
          "a: "
              + one(
                  "yes",
                  "\"1e3\"",
                  "https://x.example.com",
                  ">-\n" + indent + "  folded\n" + indent + "  text"));
      if (maybe()) {
        out.append(indent);
        line(
            "b: |"
                + one("", "-", "+")
                + "\n"
                + indent
                + "  # not a comment\n"
                + indent
                + "  text\n");
      }
      if (maybe()) {
        out.append(indent);
        line("c:");
        out.append(indent).append("- ");
        line(one("x", "{y: z}", "- nested"));
      }
    }
  }
}
