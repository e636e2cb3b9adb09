package dev.atmos.cli.config.search;

import static dev.atmos.cli.config.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.Scene;
import dev.atmos.cli.config.Trees;
import dev.atmos.services.config.ConfigMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisionedIdentitiesTest {
  private static final String CACHE = "~/.cache/atmos/auth/";
  private static final String FILE = "/provisioned-identities.yaml";
  private static final String SSO =
      "auth: {providers: {sso: {kind: aws/iam-identity-center, auto_provision_identities: true}}";

  static List<Scene> views() {
    return Scene.views().toList();
  }

  private static List<String> identities(Scene scene) {
    Optional<ConfigMap> all =
        scene.load("auth").map("auth").flatMap(auth -> auth.map("identities"));
    assertThat(scene.merged().map("auth").flatMap(auth -> auth.map("identities")).map(Trees::write))
        .isEqualTo(all.map(Trees::write));
    return all.map(ConfigMap::keys).orElse(List.of());
  }

  private static Scene offers(Scene scene, String provider, String identities) {
    return scene.text(
        CACHE + provider + FILE,
        "auth:\n  identities: " + identities + "\n  _metadata: {source: sso}\n  realm: no\nx: 1\n");
  }

  @ParameterizedTest
  @MethodSource("views")
  void provisioned_identities_rankBelowAllThatIsWritten(Scene scene) {
    scene.text("SYSTEM/atmos.yaml", "auth: {identities: {a/admin: {kind: mine}}}");
    scene.text("atmos.yaml", SSO + ", identities: {A/Other: {kind: mine}, gone: !unset }}");
    offers(scene, "sso", "{a/admin: {kind: k}, a/other: {kind: k}, a/new: {kind: k}, gone: {}}");
    ConfigMap auth = scene.merged().map("auth").orElseThrow();
    assertThat(write(auth.map("identities").orElseThrow()))
        .isEqualTo("{a/admin: {kind: mine}, a/new: {kind: k}, A/Other: {kind: mine}}");
    assertThat(auth.keys()).as("nothing else of the file").doesNotContain("_metadata", "realm");
    assertThat(scene.merged().keys()).containsExactly("auth");
    assertThat(identities(scene)).containsExactly("a/admin", "a/new", "A/Other");
    assertThat(scene.load("settings").keys()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "true, 1",
    "True, 1",
    "'\"true\"', 1",
    "!env YES, 1",
    "false, 0",
    "yes, 0",
    "'', 0",
    "[true], 0",
    "!nonsense true, 0"
  })
  void provisioned_identities_areReadWhereTheProviderSaysSo(String flag, int identities) {
    Scene scene = Scene.unix().env("YES", "true");
    scene.text("atmos.yaml", "auth: {providers: {sso: {auto_provision_identities: " + flag + "}}}");
    assertThat(identities(offers(scene, "sso", "{a: {}}"))).hasSize(identities);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: {}",
        "auth: x",
        "auth: {providers: [x]}",
        "auth: {providers: {sso: text}}",
        "auth: {providers: {sso: !nonsense {}}}",
        "auth: {providers: {other: {}}}",
        "{}"
      })
  void provisioned_identities_withoutAProviderThatWantsThem_areNotRead(String text) {
    Scene scene = offers(Scene.unix(), "sso", "{a: {}}").text("atmos.yaml", text);
    assertThat(scene.merged().toString()).isNotEmpty();
    assertThat(scene.explain().steps()).noneMatch(step -> step.place().contains("offers"));
  }

  @ParameterizedTest
  @MethodSource("views")
  void provisioned_identities_ofAProviderInAProfileOrAnImport_areReadToo(Scene scene) {
    scene.text("profiles/p/x.yaml", SSO + "}").profile("p").text("atmos.yaml", "a: 1");
    assertThat(identities(offers(scene, "sso", "{a: {}}"))).containsExactly("a");
  }

  @ParameterizedTest
  @MethodSource("views")
  void provisioned_identities_lieInTheCache(Scene scene) {
    scene.text("atmos.yaml", SSO + "}");
    offers(scene, "sso", "{home: {}}");
    scene.text("/c/atmos/auth/sso" + FILE, "auth: {identities: {xdg: {}}}");
    scene.text("/d/atmos/auth/sso" + FILE, "auth: {identities: {own: {}}}");
    assertThat(identities(scene)).containsExactly("home");
    assertThat(identities(scene.env("XDG_CACHE_HOME", "relative"))).containsExactly("home");
    assertThat(identities(scene.env("XDG_CACHE_HOME", scene.shown("/c")))).containsExactly("xdg");
    assertThat(identities(scene.env("ATMOS_XDG_CACHE_HOME", scene.shown("/d"))))
        .containsExactly("own");
  }

  @ParameterizedTest
  @CsvSource({"a/b, a_b", "a\\b, a_b", "../x, .._x", "., ''", ".., ''", "' ', ''"})
  void provisioned_identities_ofAnyName_stayBelowTheCache(String provider, String directory) {
    Scene scene = Scene.unix();
    scene.text(
        "atmos.yaml", "auth: {providers: {'" + provider + "': {auto_provision_identities: true}}}");
    scene.text(CACHE + "x" + FILE, "auth: {identities: {wrong: {}}}");
    scene.text("~/.cache/atmos/provisioned-identities.yaml", "auth: {identities: {wrong: {}}}");
    scene.text(CACHE + "provisioned-identities.yaml", "auth: {identities: {wrong: {}}}");
    if (!directory.isEmpty()) {
      offers(scene, directory, "{right: {}}");
    }
    assertThat(identities(scene)).isEqualTo(directory.isEmpty() ? List.of() : List.of("right"));
  }

  @Test
  void provisioned_identities_ofSeveralProviders_rankByTheirOrder() {
    Scene scene = Scene.unix();
    scene.text(
        "atmos.yaml", "auth: {providers: {z: &p {auto_provision_identities: true}, y: *p, x: *p}}");
    offers(scene, "z", "{a: {of: z}, z: {}}");
    offers(scene, "y", "{a: {of: y}, y: {}}");
    assertThat(write(scene.merged().map("auth").flatMap(a -> a.map("identities")).orElseThrow()))
        .isEqualTo("{a: {of: y}, z: {}, y: {}}");
  }

  @Test
  void provisioned_identities_thatAreBroken_areRefused() {
    Scene scene = Scene.unix().text("atmos.yaml", SSO + "}");
    scene.text(CACHE + "sso" + FILE, "auth: [");
    assertThat(scene.problem())
        .startsWith("/home/dev/.cache/atmos/auth/sso/provisioned-identities.yaml:1:8: ");
  }
}
