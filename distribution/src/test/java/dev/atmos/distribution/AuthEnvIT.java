package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code atmos auth env} prints, in the real shells and tools that take it. */
class AuthEnvIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Values that no shell leaves alone. */
  private static final List<String> VALUES =
      List.of(
          "plain",
          "",
          " two  words ",
          "it's",
          "say \"hi\"",
          "$HOME ${HOME} $(id) `id`",
          "back\\slash \\n \\\\ \\",
          "line\nfeed\n",
          "tab\tand\rreturn",
          "*?[a-z]{a,b}~",
          ";&|<>()#!",
          "#hash",
          "-n",
          "%PATH% %% %s",
          "^caret!",
          "\u00fcn\u00ef\u00e7\u00f6d\u00e9 \u2018quotes\u2019 \ud83d\ude00",
          "\u001b[31m\u0007",
          "a=b",
          "'\"'\"'",
          "\\'");

  private static Launch launch(Path place, String... words) throws IOException {
    return launch(product, place, words);
  }

  private static Launch launch(Product product, Path place, String... words) throws IOException {
    Launch launch = product.run(place, words);
    StringBuilder yaml =
        new StringBuilder(
            "auth:\n  identities:\n    \"dev #1; it's\":\n      kind: mock/aws\n      env:\n");
    for (int i = 0; i < VALUES.size(); i++) {
      yaml.append("        V").append(i).append(": ");
      yaml.append(JSON.writeValueAsString(VALUES.get(i))).append('\n');
    }
    Launch.write(launch.workingDirectory().resolve("atmos.yaml"), yaml.toString());
    return launch
        .env("LC_ALL", "C.UTF-8")
        .env("ATMOS_TRUSTED_PATHS", launch.workingDirectory().toString());
  }

  /** Prints its variables as JSON. */
  private static String dump() throws Exception {
    return Tools.python() + " -c 'import json, os; print(json.dumps(dict(os.environ)))'";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sh; bash; eval \"$(\"$1\" auth env -f bash)\"",
        "bash; bash; eval \"$(\"$1\" auth env)\"",
        "zsh; zsh; eval \"$(\"$1\" auth env -f zsh)\"",
        "fish; fish; $argv[1] auth env -f fish | source"
      })
  void variables_inARealShell_areWhatTheConfigurationSays(String shell, String format, String line)
      throws Exception {
    Path place = scratch.directory();
    Launch launch = launch(place);
    String script = line + "\n" + dump();
    List<String> command = new ArrayList<>(List.of(Tools.program(shell).toString(), "-c", script));
    if (!shell.equals("fish")) {
      command.add("sh");
    }
    command.add(product.launcher().toString());
    JsonNode variables =
        JSON.readTree(
            launch
                .command(command)
                .run()
                .quiet()
                .succeeded()
                .stdout()
                .getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < VALUES.size(); i++) {
      assertThat(variables.get("V" + i).textValue()).as(format).isEqualTo(VALUES.get(i));
    }
    assertThat(variables.get("AWS_PROFILE").textValue()).startsWith("dev-1-it-s-");
    assertThat(variables.has("AWS_ACCESS_KEY_ID")).as("the user's own").isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      value = {
        "bash :: eval \"$(\"$1\" auth env)\"; eval \"$(\"$1\" auth env --unset)\"",
        "zsh :: eval \"$(\"$1\" auth env)\"; eval \"$(\"$1\" auth env --unset)\"",
        "fish :: $argv[1] auth env -f fish | source; $argv[1] auth env -f fish --unset | source"
      })
  void variables_thatAreTakenAway_areGone(String shell, String line) throws Exception {
    Path place = scratch.directory();
    List<String> command =
        new ArrayList<>(List.of(Tools.program(shell).toString(), "-c", line + "\n" + dump()));
    if (!shell.equals("fish")) {
      command.add("sh");
    }
    command.add(product.launcher().toString());
    JsonNode variables =
        JSON.readTree(launch(place).command(command).run().quiet().succeeded().stdout());
    List<String> left = new ArrayList<>();
    variables
        .fieldNames()
        .forEachRemaining(name -> {
          if (name.startsWith("AWS_") || name.matches("V\\d+")) {
            left.add(name);
          }
        });
    assertThat(left).isEmpty();
  }

  @Test
  void file_belowADirectoryThatMayBeEnteredOnly_isAddedTo() throws Exception {
    Path above = scratch.directory();
    Path file = Launch.write(above.resolve("github.env"), "BEFORE=1\n");
    if (Tools.isRoot()) {
      // Who the program runs as.
      Files.setAttribute(file, "unix:uid", 65534);
    }
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("-wx--x--x"));

    launch(scratch.directory(), "auth", "env", "--static", "-f", "github", "-o", file.toString())
        .asMortal()
        .run()
        .succeeded();

    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .startsWith("BEFORE=1\n")
        .contains("AWS_ACCESS_KEY_ID=");
  }

  @Test
  void json_holdsTheValuesThemselves() throws Exception {
    JsonNode variables =
        JSON.readTree(
            launch(scratch.directory(), "auth", "env", "-f", "json")
                .run()
                .quiet()
                .succeeded()
                .stdout()
                .getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < VALUES.size(); i++) {
      assertThat(variables.get("V" + i).textValue()).isEqualTo(VALUES.get(i));
    }
  }

  @Test
  void files_ofAProfile_areTheOwnersAlone() throws Exception {
    Launch launch = launch(scratch.directory(), "auth", "env", "-f", "json").env("UMASK", "0");
    List<String> words = new ArrayList<>(List.of("sh", "-c", "umask 0; exec \"$@\"", "sh"));
    words.addAll(launch.words());
    JsonNode variables = JSON.readTree(launch.command(words).run().succeeded().stdout());
    Path config = Path.of(variables.get("AWS_CONFIG_FILE").textValue());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("r--------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config.getParent())))
        .isEqualTo("rwx------");
    assertThat(config).content().doesNotContain("MOCK_SECRET");
  }

  /**
   * Whatever is in the paths and names: by a shell, as the SDKs do it, and by Python's own rules.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec sh -c \"$1\"",
        "exec python3 -c 'import shlex, subprocess, sys;"
            + " sys.exit(subprocess.call(shlex.split(sys.argv[1])))' \"$1\""
      })
  void credentialProcess_ofAProfile_works(String way) throws Exception {
    Path place = scratch.directory();
    Product odd = product.lightCopyTo(place.resolve("my #tools; it's $x"));
    Launch launch = launch(odd, place, "auth", "env", "-f", "json");
    JsonNode variables =
        JSON.readTree(
            launch.run().quiet().succeeded().stdout().getBytes(StandardCharsets.ISO_8859_1));
    String line =
        Files.readAllLines(Path.of(variables.get("AWS_CONFIG_FILE").textValue())).stream()
            .filter(each -> each.startsWith("credential_process = "))
            .findFirst()
            .orElseThrow()
            .substring("credential_process = ".length());
    assertThat(line).doesNotContain(" #").doesNotContain(" ;");
    Path elsewhere = Files.createDirectories(place.resolve("elsewhere"));
    Launch other =
        Launch.in(scratch.directory()).from(elsewhere).env("HOME", launch.home().toString());
    other.env("PATH", Tools.python().getParent() + ":" + Launch.SYSTEM_PATH);
    Outcome outcome = other.shell(way, line).run().quiet().succeeded();
    JsonNode credentials = JSON.readTree(outcome.stdout());
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    credentials.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    assertThat(fields).containsKeys("Version", "AccessKeyId", "SecretAccessKey");
    assertThat(credentials.get("Version").intValue()).isEqualTo(1);
  }

  @Test
  void awsCli_withThoseVariables_getsTheCredentials() throws Exception {
    Path aws = Tools.aws();
    Launch launch =
        launch(scratch.directory(), "auth", "exec", "--", aws.toString(), "configure", "list");
    launch.env("PATH", aws.getParent() + ":" + Launch.SYSTEM_PATH);
    assertThat(launch.run().succeeded().stdout())
        .containsPattern("access_key +.*\\*Y_ID +.*custom-process")
        .containsPattern("secret_key +.*\\*_KEY +.*custom-process");
  }
}
