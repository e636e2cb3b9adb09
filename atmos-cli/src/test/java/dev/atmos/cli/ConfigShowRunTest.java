package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code atmos config show}. */
final class ConfigShowRunTest {
  private static final String USER =
      """
      logs:
        level: Info
      auth:
        identities:
          ops.eu/admin:
            kind: aws/user
            alias: no
      """;

  private static final String PROJECT =
      """
      logs: {level: Error}
      auth:
        identities:
          Dev:
            kind: aws/user
            default: true
            credentials:
              access_key_id: !env KEY_ID AKID
              secret_access_key: !env SECRET_KEY
      components:
        terraform: {base_path: components, parallel: 4, tags: [a, 0123], none: {}}
        note: "two\\nlines"
      """;

  private static AtmosRun atmos(View view) {
    return view.atmos()
        .file(
            view == View.UNIX ? "~/.config/atmos/atmos.yaml" : "~/AppData/Local/atmos/atmos.yaml",
            USER)
        .file("atmos.yaml", PROJECT)
        .env("SECRET_KEY", AtmosRun.SECRET);
  }

  private static String user(View view) {
    return view == View.UNIX
        ? "/home/dev/.config/atmos/atmos.yaml"
        : "C:\\Users\\dev\\AppData\\Local\\atmos\\atmos.yaml";
  }

  @ParameterizedTest
  @EnumSource
  void show_withoutAnyFile_isNothingFromNowhere(View view) {
    assertThat(view.atmos().run("config", "show").answer()).isEqualTo("{}\n");
    assertThat(view.atmos().run("config", "show", "--origin").answer()).isEqualTo("{}\n");
    assertThat(view.atmos().run("config", "show", "--origin", "-o", "json").answer())
        .isEqualTo("{}\n");
    view.atmos()
        .run("config", "show", "")
        .failed(2, "the configuration has no ''; see: atmos config show");
  }

  @ParameterizedTest
  @EnumSource
  void show_ofTwoFiles_isTheMergedResult(View view) {
    assertThat(atmos(view).run("config", "show").answer())
        .isEqualTo(
            """
            logs:
              level: Error
            auth:
              identities:
                ops.eu/admin:
                  kind: aws/user
                  alias: "no"
                Dev:
                  kind: aws/user
                  default: true
                  credentials:
                    access_key_id: AKID
                    secret_access_key: <redacted>
            components:
              terraform:
                base_path: components
                parallel: 4
                tags:
                  - a
                  - "0123"
                none: {}
              note: "two\\nlines"
            """);
  }

  @ParameterizedTest
  @EnumSource
  void showWithOrigins_ofTwoFiles_saysWhereEachValueIsFrom(View view) {
    AtmosRun atmos = atmos(view);
    String shown = atmos.run("config", "show", "--origin").answer();

    assertThat(shown)
        .isEqualTo(
            """
            logs:
              level: Error                          # P:1:15
            auth:
              identities:
                ops.eu/admin:
                  kind: aws/user                    # U:6:13
                  alias: "no"                       # U:7:14
                Dev:
                  kind: aws/user                    # P:5:13
                  default: true                     # P:6:16
                  credentials:
                    access_key_id: AKID             # P:8:24
                    secret_access_key: <redacted>   # P:9:28
            components:
              terraform:
                base_path: components               # P:11:26
                parallel: 4                         # P:11:48
                tags:
                  - a                               # P:11:58
                  - "0123"                          # P:11:61
                none: {}                            # P:11:74
              note: "two\\nlines"                    # P:12:9
            """
                .replace("<redacted>   #", "<redacted>  #")
                .replaceAll("   #", "  #")
                .replace("# P", "# " + view.path("atmos.yaml"))
                .replace("# U", "# " + user(view)));
    assertThat(Readers.yaml11(shown))
        .isEqualTo(Readers.yaml11(atmos.run("config", "show").answer()));
  }

  @ParameterizedTest
  @EnumSource
  void showInJson_ofTwoFiles_isTheSame(View view) {
    AtmosRun atmos = atmos(view);
    String json = atmos.run("config", "show", "--output", "json").answer();

    assertThat(json).startsWith("{\n  \"logs\": {\n    \"level\": \"Error\"\n  },\n");
    assertThat(Readers.json(json))
        .isEqualTo(Readers.yaml11(atmos.run("config", "show", "-o", "yaml").answer()));
  }

  @ParameterizedTest
  @EnumSource
  void showInJsonWithOrigins_ofAPart_hasBothAtEachValue(View view) {
    assertThat(
            Readers.json(
                atmos(view)
                    .run("config", "show", "-o", "json", "--origin", "components.terraform.tags")
                    .answer()))
        .isEqualTo(
            java.util.List.of(
                Map.of("value", "a", "origin", origin(view, 58)),
                Map.of("value", "0123", "origin", origin(view, 61))));
  }

  private static Map<String, Object> origin(View view, int column) {
    return Map.of("file", view.path("atmos.yaml"), "line", 11, "column", column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "logs                                        | level: Error",
        "logs.level                                  | Error",
        "auth.identities.ops.eu/admin.alias          | \"no\"",
        "auth.identities.\"ops.eu/admin\".alias      | \"no\"",
        "auth.identities.dev.kind                    | aws/user",
        "auth.identities.Dev.default                 | true",
        "components.terraform.tags.1                 | \"0123\"",
        "components.terraform.none                   | {}",
        "auth.identities.Dev.credentials.secret_access_key | <redacted>"
      })
  void show_ofAPart_isThatPart(String path, String shown) {
    for (View view : View.values()) {
      assertThat(atmos(view).run("config", "show", path).answer()).isEqualTo(shown + "\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "log                    | 'log'; did you mean logs",
        "auht.identities        | 'auht.identities'; did you mean auth",
        "auth.identites         | 'auth.identites'; did you mean auth.identities",
        "auth.identities.ops.eu/admn | 'auth.identities.ops.eu/admn'; did you mean"
            + " auth.identities.ops.eu/admin",
        "AUTH.identities        | 'AUTH.identities'; did you mean auth",
        "auth.xyzzy             | 'auth.xyzzy'; auth has identities",
        "xyzzy                  | 'xyzzy'; it has logs, auth, components",
        "auth.                  | 'auth.'; auth has identities",
        ".                      | '.'; it has logs, auth, components",
        "logs.level.x           | 'logs.level.x'; see: atmos config show logs.level",
        "components.terraform.tags.2 | 'components.terraform.tags.2'; see: atmos config show"
            + " components.terraform.tags",
        "components.terraform.tags.-1 | 'components.terraform.tags.-1'; see: atmos config show"
            + " components.terraform.tags",
        "\"auth                 | '\"auth'; did you mean auth"
      })
  void show_ofAPartThatIsNotThere_isRefused(String path, String rest) {
    for (View view : View.values()) {
      atmos(view).run("config", "show", path).failed(2, "the configuration has no " + rest);
    }
  }

  @ParameterizedTest
  @EnumSource
  void show_ofABrokenFile_saysWhere(View view) {
    view.atmos()
        .file("atmos.yaml", "auth: [")
        .run("config", "show")
        .failedShowing(2, view.path("atmos.yaml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config show --output xml   | --output must be yaml or json, not 'xml'",
        "config show -o jsn         | --output must be yaml or json, not 'jsn'",
        "config show --output       | --output needs a value: --output FORMAT; see atmos config"
            + " show --help",
        "config show a b            | atmos config show takes no word 'b'; see atmos config show"
            + " --help",
        "config show --orign        | unknown option '--orign'; did you mean --origin",
        "config files x             | atmos config files takes no word 'x'; see atmos config files"
            + " --help",
        "config files -o table      | --output must be text, json or yaml, not 'table'",
        "config schema -o json      | unknown option '-o'; see atmos config schema --help",
        "config shwo                | 'shwo' is not a command of atmos config; did you mean: atmos"
            + " config show"
      })
  void wrongWords_ofTheseCommands_areOneLine(String line, String message) {
    AtmosRun.unix().run(line.split(" ", -1)).failed(2, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "files", "schema"})
  void help_ofTheseCommands_readsNothing(String command) {
    for (View view : View.values()) {
      AtmosRun atmos = view.atmos().file("atmos.yaml", "broken: [");
      assertThat(atmos.run("config", command, "--help").answer())
          .startsWith("Usage: atmos config " + command)
          .contains("-h, --help");
    }
  }

  @Test
  void help_ofShow_saysWhatThereIs() {
    assertThat(AtmosRun.unix().run("config", "show", "--help").answer())
        .contains("[KEY.PATH]", "--origin", "-o, --output=FORMAT", "yaml or json");
  }

  @ParameterizedTest
  @EnumSource
  void files_withOneFile_isAnsweredInEachFormat(View view) {
    AtmosRun atmos = view.atmos().file("atmos.yaml", "");

    assertThat(atmos.run("config", "files").answer()).startsWith("RANK  FILE");
    assertThat(atmos.run("config", "files", "-o", "json").answer()).startsWith("{\n  \"files\": [");
    assertThat(atmos.run("config", "files", "-o", "yaml").answer()).startsWith("files:");
  }
}
