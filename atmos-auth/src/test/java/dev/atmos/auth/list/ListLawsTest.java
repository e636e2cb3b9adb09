package dev.atmos.auth.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Laws over configurations whose links are drawn at random, with all the faults they can have. */
class ListLawsTest {
  private static final int PROVIDERS = 3;

  /**
   * For each identity, what it goes through: nobody, a provider, another identity, itself, or
   * somebody who isn't there. Half of them are bound to an integration.
   */
  @Provide
  Arbitrary<String> configurations() {
    return Arbitraries.integers().between(-2, 8).list().ofMaxSize(8).map(ListLawsTest::yaml);
  }

  private static String yaml(List<Integer> vias) {
    StringBuilder yaml = new StringBuilder("auth:\n  providers:\n");
    for (int i = 0; i < PROVIDERS; i++) {
      yaml.append("    name").append(i).append(": {kind: mock/aws}\n");
    }
    yaml.append("  identities:\n    name0: {kind: mock/aws, tags: [even]}\n");
    StringBuilder integrations = new StringBuilder("  integrations:\n");
    for (int i = 0; i < vias.size(); i++) {
      int via = vias.get(i);
      yaml.append("    name").append(i + 1).append(": {kind: mock/aws");
      if (via == -1) {
        yaml.append(", via: {provider: name").append(i % (PROVIDERS + 1)).append('}');
      } else if (via >= 0) {
        yaml.append(", via: {identity: name").append(via).append('}');
      }
      yaml.append(i % 2 == 0 ? "}\n" : ", tags: [even]}\n");
      if (i % 2 == 0) {
        integrations
            .append("    name")
            .append(i)
            .append(": {kind: aws/ecr-public, via: {identity: name")
            .append(i)
            .append("}}\n");
      }
    }
    return yaml.append(vias.isEmpty() ? "" : integrations).toString();
  }

  private static List<String> listed(ListRun run, String part) {
    return List.copyOf(run.part(part).keySet());
  }

  @Property(tries = 200)
  void tree_ofEverything_hasEveryDefinitionOnce(@ForAll("configurations") String yaml) {
    ListRun run = ListRun.over(yaml).with("-f", "json");
    String tree = ListRun.over(yaml).with().answer();
    List<String> titles = new ArrayList<>();
    Matcher title = Pattern.compile("(?m)^[│ ]*[├└]── (name\\d+) \\((integration)?").matcher(tree);
    while (title.find()) {
      titles.add((title.group(2) == null ? "" : "integration ") + title.group(1));
    }
    List<String> expected = new ArrayList<>();
    expected.addAll(listed(run, "providers"));
    expected.addAll(listed(run, "identities"));
    listed(run, "integrations").forEach(name -> expected.add("integration " + name));
    assertThat(titles).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Property(tries = 100)
  void tree_ofATag_hasWhatIsTaggedAndNobodyTwice(@ForAll("configurations") String yaml) {
    ListRun run = ListRun.over(yaml).with("-f", "json", "--tags", "even");
    String tree = ListRun.over(yaml).with("--tags", "even").answer();
    for (String identity : listed(run, "identities")) {
      assertThat(tree).containsPattern("(?m)── " + identity + " \\(mock/aws\\)$");
    }
    assertThat(tree.split("\n  *tags: even", -1).length).isLessThanOrEqualTo(10);
  }

  @Property(tries = 100)
  void json_versusYaml_isTheSameTree(@ForAll("configurations") String yaml) {
    ListRun run = ListRun.over(yaml).with("-f", "json").with("-f", "yaml");
    assertThat(run.data().asYaml()).isEqualTo(run.data().asJson());
  }

  @Property(tries = 100)
  void json_chain_endsAtTheIdentityAndFollowsItsVia(@ForAll("configurations") String yaml) {
    ListRun run = ListRun.over(yaml).with("-f", "json");
    run.part("identities")
        .forEach((name, identity) -> {
          Map<?, ?> via = (Map<?, ?>) identity.get("via");
          List<?> chain = (List<?>) identity.get("chain");
          if (chain == null) {
            assertThat(via).isNotNull();
          } else if (via == null) {
            assertThat(chain).isEqualTo(List.of(name));
          } else {
            List<?> before = chain.subList(0, chain.size() - 1);
            assertThat(chain.get(chain.size() - 1)).isEqualTo(name);
            assertThat(before.get(before.size() - 1)).isEqualTo(via.values().iterator().next());
            Map<String, @Nullable Object> next =
                run.part("identities").get(String.valueOf(via.get("identity")));
            assertThat(before).isEqualTo(next == null ? before.subList(0, 1) : next.get("chain"));
          }
        });
  }

  @Property(tries = 100)
  void mermaid_idsAreUniqueAndEveryEdgeHasEnds(@ForAll("configurations") String yaml) {
    String graph = ListRun.over(yaml).with("-f", "mermaid").answer();
    checkGraph(
        graph,
        "(?m)^    (\\w+)[\\[({]",
        "(?m)^    (\\w+) -\\.?->?(?:->)?(?:\\|\\w+\\|)? (\\w+)$",
        4);
  }

  @Property(tries = 100)
  void graphviz_idsAreUniqueAndEveryEdgeHasEnds(@ForAll("configurations") String yaml) {
    String graph = ListRun.over(yaml).with("-f", "graphviz").answer();
    checkGraph(
        graph,
        "(?m)^  (\\w+\\d) \\[label=",
        "(?m)^  (\\w+) -> (\\w+)(?: \\[label=\"\\w+\", style=dashed\\])?;$",
        4);
  }

  /** Every line of the graph is its frame, a node or an edge. */
  private static void checkGraph(String graph, String nodes, String edges, int frame) {
    Set<String> ids = new HashSet<>();
    int lines = 0;
    Matcher node = Pattern.compile(nodes).matcher(graph);
    while (node.find()) {
      assertThat(ids.add(node.group(1))).as(node.group(1)).isTrue();
      lines++;
    }
    Matcher edge = Pattern.compile(edges).matcher(graph);
    while (edge.find()) {
      assertThat(ids).contains(edge.group(1), edge.group(2));
      lines++;
    }
    assertThat(graph.lines().count()).isBetween((long) lines + 1, (long) lines + frame);
  }
}
