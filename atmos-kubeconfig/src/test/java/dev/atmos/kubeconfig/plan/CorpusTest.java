package dev.atmos.kubeconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.kubeconfig.yaml.Reading;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.UpdateMode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {
  private static final Access DEMO = Access.to("demo");
  private static final Access OTHER = Access.to("demo").as("core/auditor");
  private static final Access WEST = Access.to("demo").in("us-west-2");
  private static final Access NOBODY = Access.to("blue").as(null).alias("on");

  static List<String> corpus() {
    return Corpus.names();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void adding_thenAgain_changesNothingMore(String name) throws Exception {
    KubeconfigChange change = Plans.add(DEMO, OTHER, WEST, NOBODY);

    String once = Plans.after(change, Corpus.text(name));

    KubeconfigPlan again = Plans.plan(change, once);
    assertThat(again.lines()).isEmpty();
    assertThat(again.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void adding_one_leavesWhatIsThere(String name) throws Exception {
    String text = Corpus.text(name);

    String after = Plans.after(Plans.add(DEMO), text);

    Reading.assertThatRestIsEqual(text, after);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void removing_whatWasAdded_givesTheFileBack(String name) throws Exception {
    String text = Corpus.text(name);

    String added = Plans.after(Plans.add(DEMO), text);

    assertThat(added).isNotEqualTo(text);
    assertThat(Plans.after(Plans.remove(DEMO), added)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void removing_severalOneByOneInAnyOrder_givesTheFileBack(String name) throws Exception {
    String text = Corpus.text(name);
    String added = text;
    for (Access each : List.of(DEMO, OTHER, WEST, NOBODY)) {
      added = Plans.after(Plans.add(each), added);
    }
    for (List<Access> order :
        List.of(
            List.of(DEMO, OTHER, WEST, NOBODY),
            List.of(NOBODY, WEST, OTHER, DEMO),
            List.of(OTHER, NOBODY, DEMO, WEST),
            List.of(WEST, OTHER, DEMO, NOBODY))) {
      String removed = added;
      for (Access each : order) {
        removed = Plans.after(Plans.remove(each), removed);
      }
      assertThat(removed).as("%s", order).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void removing_allAtOnce_givesTheFileBack(String name) throws Exception {
    String text = Corpus.text(name);

    String added =
        Plans.after(
            Plans.add(UpdateMode.MERGE, CurrentContext.IF_UNSET, DEMO, OTHER, WEST, NOBODY), text);

    assertThat(Plans.after(Plans.remove(NOBODY, DEMO, WEST, OTHER), added)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void removing_whatWasNeverAdded_changesNothing(String name) throws Exception {
    assertThat(Plans.plan(Plans.remove(DEMO, NOBODY), Corpus.text(name)).isEmpty()).isTrue();
  }
}
