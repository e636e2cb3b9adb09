package dev.atmos.auth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.services.testing.YamlConfig;
import dev.atmos.auth.config.AuthConfig;
import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.Definition;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.auth.config.Keyring;
import dev.atmos.auth.config.Named;
import dev.atmos.auth.config.Via;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthGraphTest {
  private static final String CHAINS =
      """
      auth:
        providers:
          SSO: {kind: aws/iam-identity-center, start_url: 'https://a.example', region: us-east-2}
          idp: {kind: aws/saml, url: 'https://a.example', region: us-east-2}
        identities:
          prod: {kind: mock, via: {identity: ADM}}
          Base/admin.x:
            kind: aws/permission-set
            alias: adm
            via: {provider: sso}
            principal: {name: x, account: y}
          saml:
            kind: aws/assume-role
            via: {provider: IDP}
            principal: {assume_role: 'arn:aws:iam::123456789012:role/x'}
          root:
            kind: aws/assume-root
            via: {identity: Prod}
            principal:
              target_principal: 123456789012
              task_policy_arn: arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy
          alone: {kind: ambient, default: true}
        integrations:
          of-prod: {kind: aws/ecr-public, via: {identity: PROD}}
          of-sso: {kind: aws/ecr-public, via: {provider: sso}}
          of-adm: {kind: aws/ecr-public, via: {identity: Adm}}
          of-idp: {kind: aws/ecr-public, via: {provider: idp}}
      """;

  private static AuthConfig config(String yaml) {
    return new AuthReader(YamlConfig.auth(yaml)).config();
  }

  private static AuthGraph graph(String yaml) {
    return AuthGraph.of(config(yaml));
  }

  private static List<String> names(List<? extends Definition> definitions) {
    return definitions.stream().map(Definition::name).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "prod, SSO, Base/admin.x prod",
    "root, SSO, Base/admin.x prod root",
    "adm, SSO, Base/admin.x",
    "saml, idp, saml",
    "ALONE, , alone"
  })
  void chain_fromTheRootToTheIdentity_isFound(
      String wanted, @Nullable String provider, String chain) {
    AuthGraph graph = graph(CHAINS);
    AuthGraph.Chain found = graph.chain(graph.identities(wanted).get(0));

    assertThat(found.provider() == null ? null : found.provider().name()).isEqualTo(provider);
    assertThat(String.join(" ", names(found.identities()))).isEqualTo(chain);
    assertThat(names(List.of(found.target()))).isEqualTo(names(graph.identities(wanted)));
    assertThat(graph.problems()).isEmpty();
  }

  @Test
  void behind_listsWhoGoesThroughDirectly() {
    AuthGraph graph = graph(CHAINS);

    assertThat(names(graph.behind(graph.providers("sso").get(0)))).containsExactly("Base/admin.x");
    assertThat(names(graph.behind(graph.identities("adm").get(0)))).containsExactly("prod");
    assertThat(names(graph.behind(graph.identities("alone").get(0)))).isEmpty();
    assertThat(graph.parent(graph.identities("prod").get(0)).map(Definition::name))
        .contains("Base/admin.x");
    assertThat(graph.parent(graph.identities("alone").get(0))).isEmpty();
    assertThat(names(graph.defaults())).containsExactly("alone");
  }

  @ParameterizedTest
  @CsvSource({
    "prod, of-prod of-sso",
    "root, of-sso",
    "adm, of-sso of-adm",
    "saml, of-idp",
    "alone, ''"
  })
  void integrations_ofAnIdentityAndOfItsRoot_areFound(String wanted, String integrations) {
    AuthGraph graph = graph(CHAINS);

    assertThat(String.join(" ", names(graph.integrationsOf(graph.identities(wanted).get(0)))))
        .isEqualTo(integrations);
    assertThat(graph.parent(graph.integrations("OF-IDP").get(0)).map(Definition::name))
        .contains("idp");
  }

  @Test
  void brokenLink_isToldOfToWhoUsesIt() {
    AuthGraph graph =
        graph(
            """
            auth:
              identities:
                a: {kind: mock, via: {identity: b}}
                b: {kind: mock, via: {identity: a}}
                c: {kind: mock, via: {identity: b}}
                d: {kind: mock, via: {provider: nobody}}
                e: {kind: mock, via: {identity: d}}
                f: {kind: mock}
            """);

    assertThat(graph.problems())
        .extracting(ConfigProblem::path)
        .containsExactly("auth.identities.d.via.provider", "auth.identities.a.via.identity");
    assertThat(graph.brokenLink(graph.identities("b").get(0))).contains(graph.problems().get(1));
    for (String name : List.of("a", "b", "c")) {
      IdentityDefinition identity = graph.identities(name).get(0);
      assertThatThrownBy(() -> graph.chain(identity))
          .isInstanceOf(AtmosException.class)
          .hasMessageStartingWith(
              "atmos.yaml:3:37: identities go through each other in a circle: 'a' -> 'b' -> 'a'");
    }
    assertThatThrownBy(() -> graph.chain(graph.identities("e").get(0)))
        .hasMessageStartingWith("atmos.yaml:6:37: 'via' of identity 'd' names provider 'nobody'");
    assertThat(graph.chain(graph.identities("f").get(0)).provider()).isNull();
    assertThat(graph.integrationsOf(graph.identities("a").get(0))).isEmpty();
  }

  /** Who goes through whom: the index of a parent, or a negative number for nobody. */
  @Provide
  Arbitrary<List<Integer>> links() {
    return Arbitraries.integers().between(-3, 14).list().ofMinSize(1).ofMaxSize(12);
  }

  @Property
  void chainsOfAnyGraph_endAtARoot_orAreAProblem(@ForAll("links") List<Integer> links) {
    AuthGraph graph = AuthGraph.of(of(links, 0));

    for (int i = 0; i < links.size(); i++) {
      IdentityDefinition identity = graph.identities("id" + i).get(0);
      List<String> way = way(links, i);
      if (way.isEmpty()) {
        assertThatThrownBy(() -> graph.chain(identity)).isInstanceOf(AtmosException.class);
      } else {
        AuthGraph.Chain chain = graph.chain(identity);
        assertThat(names(chain.identities())).isEqualTo(way).doesNotHaveDuplicates();
        assertThat(graph.parent(chain.identities().get(0))).isEmpty();
      }
    }
  }

  @Property
  void everyCircle_isNamedOnce(@ForAll("links") List<Integer> links) {
    List<ConfigProblem> circles =
        AuthGraph.of(of(links, 0)).problems().stream()
            .filter(problem ->
                problem.sentence().contains("circle") || problem.sentence().contains("itself"))
            .toList();

    assertThat(circles).hasSize(circles(links)).doesNotHaveDuplicates();
  }

  @Property
  void orderOfIdentities_doesNotMatter(@ForAll("links") List<Integer> links, @ForAll int seed) {
    AuthGraph one = AuthGraph.of(of(links, 0));
    AuthGraph other = AuthGraph.of(of(links, seed));

    assertThat(sentences(other)).containsExactlyInAnyOrderElementsOf(sentences(one));
    for (int i = 0; i < links.size(); i++) {
      assertThat(outcome(other, "id" + i)).isEqualTo(outcome(one, "id" + i));
    }
  }

  private static List<String> sentences(AuthGraph graph) {
    return graph.problems().stream()
        .map(problem -> problem.path() + " " + problem.position() + " " + problem.sentence())
        .toList();
  }

  private static String outcome(AuthGraph graph, String name) {
    try {
      return names(graph.chain(graph.identities(name).get(0)).identities()).toString();
    } catch (AtmosException e) {
      return e.sentence();
    }
  }

  /** The names from the root to an identity; none if there is no root, or if it isn't there. */
  private static List<String> way(List<Integer> links, int start) {
    List<String> way = new ArrayList<>();
    int at = start;
    while (at >= 0) {
      if (at >= links.size() || way.contains("id" + at)) {
        return List.of();
      }
      way.add(0, "id" + at);
      at = links.get(at);
    }
    return way;
  }

  private static int circles(List<Integer> links) {
    TreeSet<Integer> least = new TreeSet<>();
    for (int start = 0; start < links.size(); start++) {
      TreeSet<Integer> way = new TreeSet<>();
      int at = start;
      do {
        way.add(at);
        at = links.get(at);
      } while (at >= 0 && at < links.size() && at != start && !way.contains(at));
      if (at == start) {
        least.add(way.first());
      }
    }
    return least.size();
  }

  /** Identities of these links, in an order that the seed decides. */
  private static AuthConfig of(List<Integer> links, int seed) {
    Source source = new Source("atmos.yaml", "");
    Map<String, IdentityDefinition> identities = new TreeMap<>();
    for (int i = 0; i < links.size(); i++) {
      Position position = new Position(source, i + 1, 1);
      int parent = links.get(i);
      Via via = parent < 0 ? null : new Via.OfIdentity("ID" + parent, position);
      String name = "id" + i;
      identities.put(
          name,
          new IdentityDefinition(
              name,
              "mock",
              position,
              position,
              false,
              false,
              null,
              via,
              List.of(),
              null,
              null,
              null,
              List.of(),
              List.of(),
              new IdentityDetails.Mock()));
    }
    List<String> names = new ArrayList<>(identities.keySet());
    java.util.Collections.shuffle(names, new Random(seed));
    Map<String, IdentityDefinition> shuffled = new LinkedHashMap<>();
    names.forEach(name -> shuffled.put(name, Named.of(identities, name)));
    return new AuthConfig(null, null, null, Keyring.DEFAULT, false, Map.of(), shuffled, Map.of());
  }
}
