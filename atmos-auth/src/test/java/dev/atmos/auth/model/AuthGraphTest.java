package dev.atmos.auth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
import org.junit.jupiter.params.provider.ValueSource;

class AuthGraphTest {
  private static final String CHAINS =
      """
      auth:
        providers:
          SSO: {kind: aws/iam-identity-center, start_url: 'https://a.example', region: us-east-2}
          idp: {kind: github/oidc}
        identities:
          prod: {kind: mock, via: {identity: ADM}}
          Base/admin.x:
            kind: aws/permission-set
            alias: adm
            via: {provider: sso}
            principal: {name: x, account: y}
          ci:
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
          of-prod: {kind: aws/eks, via: {identity: PROD}, spec: &spec {cluster: {name: c, region: us-east-2}}}
          of-sso: {kind: aws/eks, via: {provider: sso}, spec: *spec}
          of-adm: {kind: aws/eks, via: {identity: Adm}, spec: *spec}
          of-idp: {kind: aws/eks, via: {provider: idp}, spec: *spec}
      """;

  private static AuthGraph graph(String yaml) {
    return graph(YamlConfig.root(yaml));
  }

  private static AuthGraph graph(ConfigMap root) {
    return AuthGraph.of(AuthTestContext.addBuiltInKinds(new FakeServices().withConfig(root)));
  }

  private static AuthEntry identity(AuthGraph graph, String name) {
    return only(graph.find(AuthPart.IDENTITIES, name));
  }

  private static AuthEntry only(List<AuthEntry> found) {
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<String> names(List<AuthEntry> entries) {
    return entries.stream().map(AuthEntry::name).toList();
  }

  private static Optional<List<String>> chain(AuthGraph graph, String name) {
    return graph.chain(identity(graph, name)).map(AuthGraphTest::names);
  }

  @ParameterizedTest
  @CsvSource({
    "prod, SSO Base/admin.x prod",
    "root, SSO Base/admin.x prod root",
    "adm, SSO Base/admin.x",
    "ci, idp ci",
    "ALONE, alone"
  })
  void chain_fromTheRootToTheIdentity_isFound(String wanted, String chain) {
    AuthGraph graph = graph(CHAINS);

    assertThat(chain(graph, wanted)).contains(List.of(chain.split(" ")));
    assertThat(graph.problems()).isEmpty();
    assertThat(graph.hasProblems()).isFalse();
  }

  @Test
  void behind_listsWhatGoesThroughADefinitionDirectly() {
    AuthGraph graph = graph(CHAINS);
    AuthEntry sso = only(graph.find(AuthPart.PROVIDERS, "sso"));

    assertThat(names(graph.behind(sso))).containsExactly("Base/admin.x", "of-sso");
    assertThat(names(graph.behind(identity(graph, "adm")))).containsExactly("prod", "of-adm");
    assertThat(names(graph.behind(identity(graph, "alone")))).isEmpty();
    assertThat(identity(graph, "prod").parent().map(AuthEntry::name)).contains("Base/admin.x");
    assertThat(identity(graph, "alone").parent()).isEmpty();
    assertThat(names(graph.defaults())).containsExactly("alone");
  }

  @ParameterizedTest
  @CsvSource({
    "prod, of-prod of-sso",
    "root, of-sso",
    "adm, of-sso of-adm",
    "ci, of-idp",
    "alone, ''"
  })
  void integrations_ofAnIdentityAndOfItsRoot_areFound(String wanted, String integrations) {
    AuthGraph graph = graph(CHAINS);

    assertThat(String.join(" ", names(graph.integrationsOf(identity(graph, wanted)))))
        .isEqualTo(integrations);
    assertThat(only(graph.find(AuthPart.INTEGRATIONS, "OF-IDP")).parent().map(AuthEntry::name))
        .contains("idp");
  }

  @Test
  void definitions_keepTheConfigurationsOrder() {
    AuthGraph graph =
        graph("auth: {identities: {z: {kind: mock}, a: {kind: mock}, m: {kind: mock}}}");

    assertThat(names(graph.entries(AuthPart.IDENTITIES))).containsExactly("z", "a", "m");
    assertThat(names(graph.all())).containsExactly("z", "a", "m");
  }

  @Test
  void brokenLink_breaksTheChainsThatUseIt() {
    AuthGraph graph =
        graph(
            """
            auth:
              identities:
                a: {kind: mock, via: {identity: b}}
                b: {kind: mock, via: {identity: a}}
                c: {kind: mock, via: {identity: b}}
                d: {kind: mock, via: {provider: missing}}
                e: {kind: mock, via: {identity: d}}
                f: {kind: mock}
            """);

    assertThat(graph.problems())
        .extracting(ConfigProblem::path)
        .containsExactlyInAnyOrder(
            "auth.identities.d.via.provider", "auth.identities.a.via.identity");
    for (String name : List.of("a", "b")) {
      ConfigProblem circle = identity(graph, name).brokenLink().orElseThrow();
      assertThat(circle.failure().sentence())
          .startsWith(
              "atmos.yaml:3:37: identities go through each other in a circle: 'a' -> 'b' -> 'a'");
    }
    assertThat(identity(graph, "d").brokenLink().orElseThrow().failure().sentence())
        .startsWith("atmos.yaml:6:37: 'via' of identity 'd' names provider 'missing'");
    for (String name : List.of("a", "b", "c", "d", "e")) {
      assertThat(chain(graph, name)).as(name).isEmpty();
    }
    assertThat(chain(graph, "f")).contains(List.of("f"));
    assertThat(graph.integrationsOf(identity(graph, "a"))).isEmpty();
  }

  /** Identities from c1 on, each of which goes through the one before. */
  private static String steps(int count) {
    StringBuilder yaml = new StringBuilder("    c1: {kind: mock}\n");
    for (int i = 2; i <= count; i++) {
      yaml.append("    c%d: {kind: mock, via: {identity: c%d}}\n".formatted(i, i - 1));
    }
    return yaml.toString();
  }

  @Test
  void chain_ofAsManyAsThereMayBe_isWhole_andALongerOneIsReportedOnce() {
    String section = "auth:\n  identities:\n";
    AuthGraph longest = graph(section + steps(32));
    AuthGraph longer = graph(section + steps(20_000));

    assertThat(longest.problems()).isEmpty();
    assertThat(chain(longest, "c32").orElseThrow()).hasSize(32);
    assertThat(longer.problems()).hasSize(1);
    assertThat(longer.problems().getFirst().failure())
        .hasMessageStartingWith(
            "atmos.yaml:35:39: the chain of identity 'c33' has more than 32 identities");
    for (String name : List.of("c33", "c34", "c20000")) {
      assertThat(chain(longer, name)).as(name).isEmpty();
      assertThat(identity(longer, name).brokenLink()).contains(longer.problems().getFirst());
    }
  }

  @Test
  void circle_ofMoreThanAChainMayHave_isShownInPart() {
    AuthGraph graph =
        graph(
            "auth:\n  identities:\n    c0: {kind: mock, via: {identity: c20000}}\n"
                + steps(20_000)
                    .replace("c1: {kind: mock}", "c1: {kind: mock, via: {identity: c0}}"));

    assertThat(graph.problems()).hasSize(1);
    assertThat(graph.problems().getFirst().sentence())
        .startsWith("identities go through each other in a circle: 'c0' -> ")
        .endsWith(" -> ... -> 'c0'")
        .hasSizeLessThan(700);
  }

  /** Whatever each of many definitions has to do with others, it is looked up and not searched. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "    i%d: {kind: mock, alias: a%d, via: {identity: I0}}\n",
        "    i%d: {kind: mock, alias: a%d, via: {identity: A0}}\n",
        "    i%d: {kind: aws/user, alias: a%d, via: {identity: i0}}\n",
        "    i%d: {kind: mock, alias: a%d, via: {identity: x%2$d}}\n",
      })
  void graph_ofManyDefinitionsSideBySide_isReadAtOnce(String line) {
    StringBuilder yaml = new StringBuilder("auth:\n  identities:\n");
    yaml.append("    i0: {kind: mock, alias: a0}\n");
    for (int i = 1; i < 10_000; i++) {
      yaml.append(line.formatted(i, i));
    }
    ConfigMap root = YamlConfig.root(yaml.toString());

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> graph(root));
  }

  @Test
  void link_byWhereItLeads_hasAState() {
    AuthGraph graph =
        graph(
            """
            auth:
              providers: {gh: {kind: github/oidc}}
              identities:
                sound: {kind: mock, via: {provider: gh}}
                refused: {kind: aws/permission-set, via: {provider: gh}, principal: {name: x, account: y}}
                missing: {kind: mock, via: {identity: nowhere}}
                ambiguous: {kind: mock, via: {identity: TWIN}}
                circular: {kind: mock, via: {identity: circular}}
                twin: {kind: mock}
                Twin: {kind: mock}
            """
                + steps(ResolvedVia.LONGEST_CHAIN)
                + "    too long: {kind: mock, via: {identity: c32}}\n");

    for (ResolvedVia.State state : ResolvedVia.State.values()) {
      ResolvedVia link = identity(graph, state.word()).link();
      assertThat(link).isNotNull();
      assertThat(link.state()).isEqualTo(state);
    }
    assertThat(identity(graph, "refused").target().map(AuthEntry::name)).contains("gh");
    assertThat(identity(graph, "refused").parent()).isEmpty();
    assertThat(graph.entry(AuthPart.IDENTITIES, "twin").orElseThrow().link()).isNull();
  }

  @Test
  void brokenDefinition_leavesTheOthersWhole() {
    AuthGraph graph =
        graph(
            """
            auth:
              identities:
                good: {kind: mock}
                bad: {kind: aws/user, alias: x, tags: y, session: {duration: z}}
            """);

    assertThat(identity(graph, "good").isBroken()).isFalse();
    AuthEntry bad = identity(graph, "X");
    assertThat(bad.name()).isEqualTo("bad");
    assertThat(bad.tags()).isEmpty();
    assertThat(bad.errors())
        .extracting(ConfigProblem::path)
        .containsExactlyInAnyOrder(
            "auth.identities.bad.tags", "auth.identities.bad.session.duration");
  }

  @Test
  void valuesOfCommands_areNamedAndNotMade() {
    AuthGraph graph =
        graph(
            """
            auth:
              providers:
                sso: {kind: aws/iam-identity-center, start_url: !exec url, region: us-east-2}
              identities:
                me: {kind: aws/user, env: {A: !exec a}, tags: [!exec t, x]}
                dev:
                  kind: aws/permission-set
                  via: {provider: sso}
                  principal: {name: x, account: !exec account}
              integrations:
                c: {kind: aws/eks, via: {identity: me}, spec: {cluster: {name: !exec c, region: us-east-2}}}
            """);

    assertThat(graph.problems()).isEmpty();
    assertThat(only(graph.find(AuthPart.PROVIDERS, "sso")).deferred()).containsExactly("start_url");
    AuthEntry me = identity(graph, "me");
    assertThat(me.deferred()).containsExactly("env.A", "tags[0]");
    assertThat(me.tags()).containsExactly("x");
    assertThat(identity(graph, "dev").description().account()).isEmpty();
    assertThat(only(graph.find(AuthPart.INTEGRATIONS, "c")).deferred())
        .containsExactly("spec.cluster.name");
  }

  @Test
  void mappingOfACommand_inPlaceOfNeededFields_isAProblemOfThatField() {
    AuthGraph graph =
        graph(
            """
            auth:
              identities:
                a: !exec a
                b: {kind: aws/assume-role, via: !exec v, principal: !exec p}
              integrations:
                c: {kind: aws/eks, via: {identity: b}, spec: !exec s}
            """);

    assertThat(graph.problems())
        .extracting(ConfigProblem::path)
        .containsExactlyInAnyOrder(
            "auth.identities.a",
            "auth.identities.b.via",
            "auth.identities.b.principal",
            "auth.integrations.c.spec");
  }

  /** What each identity goes through: the index of another one, or a negative number for none. */
  @Provide
  Arbitrary<List<Integer>> links() {
    return Arbitraries.integers().between(-3, 14).list().ofMinSize(1).ofMaxSize(12);
  }

  @Property
  void chainsOfAnyGraph_endAtARoot_orAreAProblem(@ForAll("links") List<Integer> links) {
    AuthGraph graph = graph(of(links, 0));

    for (int i = 0; i < links.size(); i++) {
      Optional<List<String>> chain = chain(graph, "id" + i);
      List<String> way = way(links, i);
      if (way.isEmpty()) {
        assertThat(chain).isEmpty();
        assertThat(graph.problems()).isNotEmpty();
      } else {
        assertThat(chain).contains(way);
        assertThat(way).doesNotHaveDuplicates();
        assertThat(identity(graph, way.get(0)).parent()).isEmpty();
      }
    }
  }

  @Property
  void everyCircle_isNamedOnce(@ForAll("links") List<Integer> links) {
    List<ConfigProblem> circles =
        graph(of(links, 0)).problems().stream()
            .filter(problem ->
                problem.sentence().contains("circle") || problem.sentence().contains("itself"))
            .toList();

    assertThat(circles).hasSize(circles(links)).doesNotHaveDuplicates();
  }

  @Property
  void orderOfIdentities_doesNotMatter(@ForAll("links") List<Integer> links, @ForAll int seed) {
    AuthGraph one = graph(of(links, 0));
    AuthGraph other = graph(of(links, seed));

    assertThat(sentences(other)).containsExactlyInAnyOrderElementsOf(sentences(one));
    for (int i = 0; i < links.size(); i++) {
      assertThat(chain(other, "id" + i)).isEqualTo(chain(one, "id" + i));
      assertThat(broken(other, "id" + i)).isEqualTo(broken(one, "id" + i));
    }
  }

  private static List<String> sentences(AuthGraph graph) {
    return graph.problems().stream()
        .map(problem -> problem.path() + " " + problem.position() + " " + problem.sentence())
        .toList();
  }

  private static @Nullable String broken(AuthGraph graph, String name) {
    return identity(graph, name).brokenLink().map(ConfigProblem::sentence).orElse(null);
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

  /** Identities of these links, in an order that the seed decides, each at a place of its own. */
  private static ConfigMap of(List<Integer> links, int seed) {
    Source source = new Source("atmos.yaml", "");
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      order.add(i);
    }
    if (seed != 0) {
      Collections.shuffle(order, new Random(seed));
    }
    Map<String, ConfigMap.Entry> identities = new LinkedHashMap<>();
    for (int i : order) {
      Position position = new Position(source, i + 1, 1);
      Map<String, ConfigMap.Entry> fields = new LinkedHashMap<>();
      fields.put("kind", entry(position, new ConfigText("mock", true, position)));
      if (links.get(i) >= 0) {
        ConfigText parent = new ConfigText("ID" + links.get(i), true, position);
        fields.put("via", map(position, "identity", parent));
      }
      identities.put("id" + i, entry(position, new ConfigMap(fields, position)));
    }
    Position start = new Position(source, 1, 1);
    return new ConfigMap(
        Map.of("auth", map(start, "identities", new ConfigMap(identities, start))), start);
  }

  private static ConfigMap.Entry map(Position position, String key, ConfigValue value) {
    return entry(position, new ConfigMap(Map.of(key, entry(position, value)), position));
  }

  private static ConfigMap.Entry entry(Position position, ConfigValue value) {
    return new ConfigMap.Entry(position, value);
  }
}
