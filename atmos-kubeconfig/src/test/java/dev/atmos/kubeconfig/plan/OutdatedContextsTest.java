package dev.atmos.kubeconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.SelectedIdentities;
import dev.atmos.services.kube.UpdateMode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of our contexts whose identity or alias the configuration has no more. */
class OutdatedContextsTest {
  private static final Access DEMO = Access.to("demo");
  private static final Access DEV = DEMO.as("dev").alias("dev");
  private static final Access DEVELOPER = DEMO.as("developer");
  private static final Map<String, String> SELECTION =
      Map.of("ATMOS_CONFIG", "", "ATMOS_PROFILE", "");

  private static SelectedIdentities configured(String... names) {
    return new SelectedIdentities(List.of(SELECTION), List.of(names));
  }

  private static KubeconfigChange login(UpdateMode update, Access access, String... names) {
    return Plans.add(update, CurrentContext.IF_UNSET, access).without(configured(names));
  }

  private static KubeconfigChange cleanUp(String... names) {
    return KubeconfigChange.removing(KubeconfigTarget.standard(), List.of())
        .without(configured(names));
  }

  private static String with(Access... accesses) throws Exception {
    return Plans.after(Plans.add(accesses), null);
  }

  private static String text(KubeconfigPlan plan) {
    return plan.files().getFirst().preview().reveal();
  }

  @ParameterizedTest
  @EnumSource(names = {"MERGE", "REPLACE"})
  void renamedIdentity_takesTheContextOver(UpdateMode update) throws Exception {
    KubeconfigPlan plan = Plans.plan(login(update, DEVELOPER.alias("dev"), "developer"), with(DEV));

    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.lines())
        .contains(
            "add user \"atmos-eks-developer\" in config",
            "remove user \"atmos-eks-dev\" in config");
    assertThat(text(plan))
        .contains("name: dev\n", "identity: developer\n", "current-context: dev\n")
        .doesNotContain("identity: dev\n", "atmos-eks-dev\n");
    assertThat(Plans.plan(login(update, DEVELOPER.alias("dev"), "developer"), text(plan)).isEmpty())
        .isTrue();
  }

  @Test
  void renamedIdentity_withAnotherAlias_takesTheContextOverWithWhatTheUserAdded() throws Exception {
    String text =
        with(DEV)
            .replace("    user: atmos-eks-dev\n", "    user: atmos-eks-dev\n    namespace: web\n");
    KubeconfigPlan plan =
        Plans.plan(login(UpdateMode.MERGE, DEVELOPER.alias("main"), "developer"), text);

    assertThat(plan.lines())
        .contains("remove context \"dev\" in config", "add context \"main\" in config");
    assertThat(text(plan))
        .contains("name: main\n", "namespace: web\n", "current-context: main\n")
        .doesNotContain("name: dev\n");
  }

  @Test
  void changedAlias_renamesTheContext() throws Exception {
    KubeconfigPlan plan = Plans.plan(login(UpdateMode.MERGE, DEV.alias("web"), "dev"), with(DEV));

    assertThat(text(plan)).contains("name: web\n", "current-context: web\n");
    assertThat(text(plan)).doesNotContain("name: dev\n");
    assertThat(plan.contextAfter()).isEqualTo("web");
  }

  @Test
  void removedAlias_givesTheContextItsUsualName() throws Exception {
    Access plain = DEMO.as("dev");
    KubeconfigPlan plan = Plans.plan(login(UpdateMode.MERGE, plain, "dev"), with(DEV));

    assertThat(plan.contextAfter()).isEqualTo(plain.arn().toString());
    assertThat(plan.lines()).contains("remove context \"dev\" in config");
  }

  @Test
  void contextThatTheUserRenamed_stays() throws Exception {
    String renamed =
        with(DEV)
            .replace("- name: dev\n", "- name: mine\n")
            .replace("context: dev\n", "context: mine\n");
    KubeconfigPlan plan = Plans.plan(login(UpdateMode.MERGE, DEV.alias("web"), "dev"), renamed);

    assertThat(text(plan)).contains("name: mine\n", "name: web\n");
  }

  @Test
  void goneIdentity_ofAnotherCluster_isRemovedAtALogin() throws Exception {
    Access other = Access.to("web").as("old");
    KubeconfigPlan plan =
        Plans.plan(login(UpdateMode.MERGE, DEVELOPER, "developer"), with(DEVELOPER, other));

    assertThat(text(plan)).isEqualTo(with(DEVELOPER));
    assertThat(plan.lines()).contains("remove context \"" + other.arn() + "\" in config");
  }

  @ParameterizedTest
  @CsvSource({
    "ATMOS_CONFIG, /other/atmos.yaml, /other/atmos.yaml",
    "ATMOS_PROFILE, ci, another configuration",
  })
  void contextOfAnotherConfiguration_staysAndIsNamed(String variable, String value, String place)
      throws Exception {
    String text =
        with(DEV)
            .replace(
                "name: " + variable + "\n        value: \"\"",
                "name: " + variable + "\n        value: " + value);
    KubeconfigPlan login =
        Plans.plan(login(UpdateMode.MERGE, DEVELOPER.alias("dev"), "developer"), text);
    KubeconfigPlan cleanUp = Plans.plan(cleanUp("developer"), text);

    assertThat(login.warnings())
        .containsExactly(
            "the context \"dev\" belongs to the identity \"dev\" of "
                + place
                + "; this one is called \"atmos-eks-developer\"");
    assertThat(cleanUp.isEmpty()).isTrue();
    assertThat(cleanUp.warnings()).containsExactly("the context \"dev\" of " + place + " stays");
  }

  @Test
  void contextWithoutAConfigurationOfItsOwn_stays() throws Exception {
    String text = with(DEV).replace("name: ATMOS_CONFIG", "name: MY_CONFIG");

    assertThat(Plans.plan(cleanUp("developer"), text).isEmpty()).isTrue();
  }

  @Property(tries = 100)
  void cleaningUp_afterAnyIdentities_leavesExactlyTheConfiguredOnes(
      @ForAll @IntRange(max = 15) int added, @ForAll @IntRange(max = 15) int configured)
      throws Exception {
    String[] names = names(configured);
    String all = "apiVersion: v1\nkind: Config\n";
    String expected = all;
    for (String name : names(added)) {
      KubeconfigChange add =
          Plans.add(UpdateMode.MERGE, CurrentContext.NEVER, Access.to(name).as(name));
      all = Plans.after(add, all);
      expected = List.of(names).contains(name) ? Plans.after(add, expected) : expected;
    }
    String cleaned = Plans.after(cleanUp(names), all);
    assertThat(entries(cleaned)).isEqualTo(entries(expected));
    assertThat(Plans.plan(cleanUp(names), cleaned).isEmpty()).isTrue();
  }

  private static List<String> entries(String text) {
    return text.lines().filter(line -> line.contains("- name: ")).toList();
  }

  private static String[] names(int bits) {
    return List.of("a", "b", "c", "d").stream()
        .filter(name -> (bits >> (name.charAt(0) - 'a') & 1) == 1)
        .toArray(String[]::new);
  }
}
