package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.list.ListFormat;
import dev.atmos.auth.list.ListRun;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ListCommandTest {
  private static final String SMALL =
      """
      auth:
        providers:
          corp: {kind: mock/aws, tags: [people]}
          lab: {kind: mock/aws}
        identities:
          dev: {kind: mock/aws, alias: d, via: {provider: corp}, tags: [prod]}
          prod: {kind: mock/aws, via: {identity: dev}, tags: [Prod, eu]}
          "a,b": {kind: mock/aws}
        integrations:
          dev/eks:
            kind: aws/eks
            via: {identity: dev}
            spec: {cluster: {name: c1, region: us-east-2}}
          all/eks:
            kind: aws/eks
            via: {provider: corp}
            spec: {cluster: {name: c2, region: us-east-1}}
      """;

  /** The names that a run lists: as words, part by part. */
  private static String listed(ListRun run) {
    List<String> parts = new ArrayList<>();
    for (String part : run.parts()) {
      parts.add(part + ": " + String.join(" ", run.part(part).keySet()));
    }
    return String.join("; ", parts).strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "                          | providers: corp lab; identities: dev prod a,b; integrations:"
            + " dev/eks all/eks",
        "--providers               | providers: corp lab",
        "--providers=              | providers: corp lab",
        "--providers=LAB           | providers: lab",
        "--providers lab           | providers: lab",
        "--identities              | identities: dev prod a,b",
        "--identities=prod,d       | identities: dev prod",
        "--identities=D            | identities: dev",
        "--identities=prod,,prod,  | identities: prod",
        "--identities=a,b          | identities: a,b",
        "--integrations            | integrations: dev/eks all/eks",
        "--integrations=DEV/EKS    | integrations: dev/eks",
        "--identities --integrations=all/eks | identities: dev prod a,b; integrations: all/eks",
        "--providers=corp --integrations     | providers: corp; integrations: dev/eks all/eks",
        "--tags prod               | providers: ; identities: dev prod; integrations: dev/eks",
        "--tags PEOPLE,eu          | providers: corp; identities: prod; integrations: all/eks",
        "--tags eu --identities=dev,prod     | identities: prod",
        "--integrations --tags people        | integrations: all/eks",
      })
  void options_selectWhatIsListed(String options, String names) {
    List<String> words = new ArrayList<>(List.of("--format", "json"));
    if (options != null) {
      words.addAll(List.of(options.split(" +")));
    }
    ListRun run = ListRun.over(SMALL).with(words.toArray(String[]::new));
    assertThat(listed(run)).isEqualTo(names.strip());
    assertThat(run.said()).isEmpty();
  }

  @Test
  void namesWithBlanks_inAList_areFound() {
    ListRun run =
        ListRun.overRich().with("-f", "json", "--identities", "prod audit , TEAM/PROD.EU");
    assertThat(listed(run)).isEqualTo("identities: team/prod.eu prod audit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "--providers=crop   | unknown provider 'crop' | did you mean corp?",
        "--providers=dev    | unknown provider 'dev' | configured: corp, lab",
        "--identities=prdo  | unknown identity 'prdo' | did you mean prod?",
        "--identities=dev,x-x-x  | unknown identity 'x-x-x' | configured: dev, prod, a,b",
        "--integrations=dev/ek   | unknown integration 'dev/ek' | did you mean dev/eks?",
        "--providers --identities | --providers and --identities don't go together | without"
            + " either of them, both are listed",
        "--tags ,           | --tags has no tag | say which: --tags TAG,TAG",
      })
  void wrongOptions_fail(String options, String sentence, String hint) {
    assertThat(ListRun.over(SMALL).failure(options.split(" +"))).isEqualTo(sentence + " | " + hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format", "--output", "-f", "-o"})
  void unknownFormat_fails(String option) {
    assertThat(ListRun.over(SMALL).failure(option, "text"))
        .isEqualTo(
            "--output must be tree, table, json, yaml, mermaid, graphviz or markdown, not 'text'");
  }

  @Test
  void nameThatCouldBeSeveral_fails() {
    ListRun run = ListRun.over("auth: {providers: {Lab: {kind: mock/aws}, LAB: {kind: mock/aws}}}");
    assertThat(run.failure("--providers=lab"))
        .isEqualTo("provider 'lab' could be any of Lab, LAB | spell it as in the configuration");
  }

  @Test
  void unknownName_withNothingConfigured_saysSo() {
    assertThat(ListRun.overNothing().failure("--identities=dev"))
        .isEqualTo("unknown identity 'dev' | no identities are configured");
  }

  @ParameterizedTest
  @CsvSource({"dot, graphviz", "md, markdown", "JSON, json", "Tree, tree"})
  void otherWordForAFormat_writesTheSame(String word, String format) {
    assertThat(ListRun.over(SMALL).with("-o", word).answer())
        .isEqualTo(ListRun.over(SMALL).with("--format", format).answer());
  }

  @Test
  void withoutFormat_isATree() {
    assertThat(ListRun.over(SMALL).with("--identities=prod").answer())
        .isEqualTo(
            """
            Providers
            └── corp (mock/aws)
                │   tags: people
                └── dev (mock/aws) [alias: d]
                    │   tags: prod
                    └── prod (mock/aws)
                            tags: Prod, eu
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tree |",
        "table |",
        "markdown |",
        "json | {n  'providers': {},n  'identities': {},n  'integrations': {}n}n",
        "yaml | providers: {}nidentities: {}nintegrations: {}n",
        "mermaid | graph LRn",
        "graphviz | digraph auth {n  rankdir=LR;n  node [shape=box];n}n",
      })
  void nothingConfigured_isSaidAndIsNoFailure(String format, String answer) {
    String expected =
        answer == null ? "" : answer.replaceAll("n(?= |\\}|$|identities|integrations)", "\n");
    for (ListRun run :
        List.of(
            ListRun.overNothing(),
            ListRun.over("auth: {}"),
            ListRun.over("auth: {identities: {}}"))) {
      run.with("--format", format);
      assertThat(run.answer().replace('"', '\'')).isEqualTo(expected);
      assertThat(run.said())
          .isEqualTo(
              "atmos: no providers, identities or integrations are configured; where atmos looked"
                  + " for them: atmos config files\n");
    }
  }

  @Test
  void nothingOfThatPart_isSaid() {
    ListRun run = ListRun.over("auth: {identities: {a: {kind: mock/aws}}}").with("--providers");
    assertThat(run.answer()).isEmpty();
    assertThat(run.said()).isEqualTo("atmos: no providers are configured\n");
  }

  @Test
  void nothingWithThatTag_isSaidWithTheTagsInUse() {
    ListRun run = ListRun.over(SMALL).with("--tags", "nope,neither", "-f", "json");
    assertThat(listed(run)).isEqualTo("providers: ; identities: ; integrations:");
    assertThat(run.said())
        .isEqualTo(
            "atmos: nothing that was asked for has the tag nope or neither; tags in use: people,"
                + " prod, Prod, eu\n");
    assertThat(ListRun.over("auth: {identities: {a: {kind: mock/aws}}}").with("--tags", "x").said())
        .isEqualTo("atmos: nothing that was asked for has the tag x; there are no tags\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: {identities: {a: {kind: aws/user, alais: x, default: maybe}}}",
        "auth: {identities: 5}",
        "auth: {identities: {a: text}}",
        "auth: {identities: {a: {kind: mock/aws, via: {identity: a}}}}",
        "auth: {identities: {a: {kind: mock/aws, default: true}, b: {kind: mock/aws, default:"
            + " true}}}",
        "auth: {identities: {a: {kind: mock/aws}, A: {kind: mock/aws}}}",
        "auth: {identities: {a: {kind: acme/vault}}}",
        "auth: {integrations: {a: {kind: aws/ecr, via: {identity: x}}}}",
        "auth: {realm: 'A B', providers: {p: {kind: mock}}}",
      })
  void halfBroken_isListedAllTheSame(String yaml) {
    for (String format : List.of("tree", "table", "json", "mermaid", "graphviz", "markdown")) {
      assertThat(ListRun.over(yaml).with("-f", format).said())
          .endsWith("atmos: the auth configuration has problems; run: atmos auth validate\n");
    }
  }

  @Test
  void help_namesEveryFormatAndOption() {
    CommandSpec spec =
        new ListCommand(new AuthEngine(new FakeServices())).spec().name("atmos auth list");
    String help = new CommandLine(spec).getUsageMessage(CommandLine.Help.Ansi.OFF);
    for (ListFormat format : ListFormat.values()) {
      assertThat(help).contains(format.name().toLowerCase(Locale.ROOT));
    }
    assertThat(help)
        .contains("Usage: atmos auth list [-f FORMAT] [--providers[=NAME,...] |")
        .contains("-f, -o, --format, --output=FORMAT")
        .contains("--providers[=NAME,...]")
        .contains("--identities[=NAME,...]")
        .contains("--integrations[=NAME,...]")
        .contains("--tags=TAG,...")
        .contains("\n  atmos auth list --identities --format table\n");
    assertThat(help.lines().map(String::length)).allMatch(length -> length <= 80);
  }

  @Test
  void completion_ofValues_offersFormatsAndLiveNames() {
    FakeServices services = new FakeServices();
    CommandSpec spec = new ListCommand(new AuthEngine(services)).spec();
    services.withConfig(
        YamlConfig.root(
            "auth: {providers: {corp: {}}, identities: {dev: {}}, integrations: {dev/eks: {}}}"));
    assertThat(spec.findOption("--output").completionCandidates())
        .containsExactly(
            "tree", "table", "json", "yaml", "mermaid", "graphviz", "markdown", "dot", "md");
    assertThat(spec.findOption("--providers").completionCandidates()).containsExactly("corp");
    assertThat(spec.findOption("--identities").completionCandidates()).containsExactly("dev");
    assertThat(spec.findOption("--integrations").completionCandidates()).containsExactly("dev/eks");
  }

  @Test
  void exampleOfTheDocumentation_isWhatIsWritten() throws IOException {
    String yaml =
        """
        auth:
          providers:
            corp:
              kind: aws/iam-identity-center
              start_url: https://corp.awsapps.com/start
              region: us-east-1
              default: true
          identities:
            dev:
              kind: aws/permission-set
              default: true
              alias: d
              via: {provider: corp}
              principal: {name: Admin, account: {id: "111111111111"}}
            prod:
              kind: aws/assume-role
              via: {identity: dev}
              principal: {assume_role: "arn:aws:iam::222222222222:role/deploy"}
            ci: {kind: aws/ambient, principal: {region: us-east-2}}
          integrations:
            dev/eks:
              kind: aws/eks
              via: {identity: dev}
              spec: {cluster: {name: c1, region: us-east-2}}
            shared/eks:
              kind: aws/eks
              via: {provider: corp}
              spec: {cluster: {name: c2, region: us-east-1}}
        """;
    ListRun run = ListRun.over(yaml).with();
    assertThat(run.said()).isEmpty();
    assertThat(Files.readString(Path.of("..", "docs", "auth-list.md")))
        .contains("$ atmos auth list\n" + run.answer() + "```\n");
  }
}
