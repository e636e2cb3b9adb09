package dev.atmos.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.cli.Readers;
import dev.atmos.cli.command.TestSchemas;
import dev.atmos.cli.config.ReadYaml;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.text.json.JsonWriter;
import dev.atmos.text.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigViewTest {
  private static final String SECRET = "correct-horse-battery";
  private static final TrustPolicy TRUSTING = new FakeServices().trust();
  private static final Position HERE = new Position(new Source("f.yaml", ""), 1, 1);

  private static RedactedValue view(String yaml) {
    return ConfigView.of(ReadYaml.read(yaml), TestSchemas.sections()::get, TRUSTING);
  }

  private static String line(RedactedValue shown) {
    return JsonWriter.line(shown.tree((value, note, position) -> value)).strip();
  }

  /** All that is ever printed of it. */
  private static List<String> prints(RedactedValue shown) {
    return List.of(
        JsonWriter.indented(shown.tree((value, note, position) -> value)),
        JsonWriter.indented(
            shown.tree((value, note, position) ->
                List.of(String.valueOf(value), note, position.toString()))),
        YamlWriter.write(shown.tree((value, note, position) -> value)),
        YamlWriter.write(
            shown.tree((value, note, position) ->
                new YamlWriter.Commented(value, position + " " + note))));
  }

  private static ConfigText text(String text) {
    return new ConfigText(text, false, HERE);
  }

  private static ConfigMap map(Object... keysAndValues) {
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object value = keysAndValues[i + 1];
      entries.put(
          (String) keysAndValues[i],
          new ConfigMap.Entry(
              HERE, value instanceof ConfigValue made ? made : text((String) value)));
    }
    return new ConfigMap(entries, HERE);
  }

  private static DeferredValue exec(String command) {
    return new DeferredValue(
        "!exec",
        command,
        HERE,
        () -> {
          throw new AssertionError("a command was run");
        });
  }

  private static DeferredValue refused(String tag, String argument, String problem) {
    return new DeferredValue(
        tag,
        argument,
        HERE,
        () -> {
          throw HERE.error(problem);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // By shape.
        "identities: {a: {kind: user, password: §}}      |"
            + " {`identities`:{`a`:{`kind`:`user`,`password`:`¤`}}}",
        "identities: {a: {kind: user, password: [§, {b: §}]}} |"
            + " {`identities`:{`a`:{`kind`:`user`,`password`:[`¤`,{`b`:`¤`}]}}}",
        "identities: {a: {kind: user, password: }}       |"
            + " {`identities`:{`a`:{`kind`:`user`,`password`:null}}}",
        "identities: {a: {kind: user, password: ''}}     |"
            + " {`identities`:{`a`:{`kind`:`user`,`password`:``}}}",
        "identities: {a: {kind: user, token_file: §}}    |"
            + " {`identities`:{`a`:{`kind`:`user`,`token_file`:`§`}}}",
        "keys: [§, short]                                | {`keys`:[`¤`,`¤`]}",
        "keys: §                                         | {`keys`:`¤`}",
        "either: §                                       | {`either`:`¤`}",
        "either: [§]                                     | {`either`:[`¤`]}",
        "either: {a: §}                                  | {`either`:{`a`:`¤`}}",
        // By name, where no shape knows better.
        "tags: {a: §, api_key: x, db-password: x}        |"
            + " {`tags`:{`a`:`§`,`api_key`:`¤`,`db-password`:`¤`}}",
        "free: {clientSecret: §, access_key_id: x}       |"
            + " {`free`:{`clientSecret`:`¤`,`access_key_id`:`x`}}",
        "free: {secrets: {a: [§, x]}, secretless: }      |"
            + " {`free`:{`secrets`:{`a`:[`¤`,`¤`]},`secretless`:null}}",
        "free: [{name: DB_PASSWORD, value: §}]           |"
            + " {`free`:[{`name`:`DB_PASSWORD`,`value`:`¤`}]}",
        "free: [{key: TOKEN, value: x}, {key: A, value: x}] |"
            + " {`free`:[{`key`:`TOKEN`,`value`:`¤`},{`key`:`A`,`value`:`x`}]}",
        "free: {credentials: {region: x, secret_key: x}} |"
            + " {`free`:{`credentials`:{`region`:`x`,`secret_key`:`¤`}}}",
        "free: {credentials: x}                          | {`free`:{`credentials`:`¤`}}",
        "identities: {token: {kind: user, id: x}}        |"
            + " {`identities`:{`token`:{`kind`:`user`,`id`:`x`}}}",
        "identities: {a: {kind: what, secret: §}}        |"
            + " {`identities`:{`a`:{`kind`:`what`,`secret`:`¤`}}}",
        "identities: {a: {kind: user, pasword: §}}       |"
            + " {`identities`:{`a`:{`kind`:`user`,`pasword`:`¤`}}}",
        "identities: {a: {kind: user, urll: §}}          |"
            + " {`identities`:{`a`:{`kind`:`user`,`urll`:`§`}}}",
        // By what nothing declares, in an entry whose kind leaves its fields open.
        "identities: {a: {kind: guest, pin: 1234, url: x, on: true, spec: {on: true, a: [b]}}} |"
            + " {`identities`:{`a`:{`kind`:`guest`,`pin`:`¤`,`url`:`¤`,`on`:true,"
            + "`spec`:{`on`:`¤`,`a`:[`¤`]}}}}",
        "identities: {a: {kind: what, otp: 12, flag: 'false', empty: }} |"
            + " {`identities`:{`a`:{`kind`:`what`,`otp`:`¤`,`flag`:`false`,`empty`:null}}}",
        "identities: {a: {kind: site, url: x, retries: 3, wait: 1h, otp: 12}} |"
            + " {`identities`:{`a`:{`kind`:`site`,`url`:`x`,`retries`:3,`wait`:`1h`,`otp`:12}}}",
        // By its variable; the test's environment is empty, so the default is the value.
        "free: [!env DB_PASSWORD §]                      | {`free`:[`¤`]}",
        "free: {a: &x !env DB_PASSWORD §}                | {`free`:{`a`:`¤`}}",
        "free: {a: !env DATABASE §}                      | {`free`:{`a`:`§`}}",
        // By its text.
        "either: §, free: {a: §, b: ' §', c: [a-§-b], §: d, x§: e, § y: 1} |"
            + " {`either`:`¤`,`free`:{`a`:`¤`,`b`:`¤`,`c`:[`¤`],`¤`:`d`,`¤ 2`:`e`,`¤ 3`:1}}",
        "either: short, free: {a: short}                 | {`either`:`¤`,`free`:{`a`:`short`}}",
        "free: {a: 'https://u:p@h/', b: 'https://u@h/'}  | {`free`:{`a`:`¤`,`b`:`https://u@h/`}}",
        "free: ['-----BEGIN RSA PRIVATE KEY----- x']     | {`free`:[`¤`]}"
      })
  void secret_whereverItStands_isNotShown(String auth, String shown) {
    String yaml = "auth: {" + auth.replace("§", SECRET) + "}";
    String expected = shown.replace('`', '"').replace("§", SECRET).replace("¤", "<redacted>");

    assertThat(line(view(yaml))).isEqualTo("{\"auth\":" + expected + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "op read op://vault/item               | op read op://vault/item",
        "aws sts get-session-token --duration 9 | aws sts get-session-token --duration 9",
        "TOKEN=abc ./run                       | TOKEN=<redacted> ./run",
        "login --password 'a b' --user u       | login --password <redacted> --user u",
        "login --password=abc --user=u         | login --password=<redacted> --user=u",
        "curl -H 'Authorization: Bearer abc' x | curl -H 'Authorization: Bearer <redacted>' x",
        "curl https://u:pw@h/x                 | curl https://u:<redacted>@h/x",
        "echo correct-horse-battery done       | echo <redacted> done",
        "env AWS_ACCESS_KEY_ID=AKID ./run      | env AWS_ACCESS_KEY_ID=AKID ./run"
      })
  void command_thatIsNotRun_isShownWithoutSecrets(String command, String shown) {
    ConfigMap config =
        map(
            "auth",
            map("either", SECRET, "free", exec(command)),
            "other",
            map("identities", map("x", map("command", command))));

    RedactedValue view = ConfigView.of(config, TestSchemas.sections()::get, TRUSTING);

    assertThat(line(KeyPath.find(view, "auth.free"))).isEqualTo("\"!exec " + shown + "\"");
    assertThat(prints(view)).noneMatch(print -> print.contains(SECRET));
  }

  @Test
  void command_ofACommandField_isShownWithoutSecrets() {
    assertThat(
            line(
                view("auth: {identities: {a: {kind: user, command: 'otp --token abc --seed x'}}}")))
        .contains("\"otp --token <redacted> --seed x\"");
  }

  @Test
  void command_inASecretField_isNotShown() {
    ConfigMap config = map("auth", map("either", exec("echo " + SECRET)));
    RedactedValue view = ConfigView.of(config, TestSchemas.sections()::get, TRUSTING);

    assertThat(line(view)).isEqualTo("{\"auth\":{\"either\":\"!exec <redacted>\"}}");
    assertThat(
            YamlWriter.write(view.tree((value, note, at) -> new YamlWriter.Commented(value, note))))
        .isEqualTo("auth:\n  either: \"!exec <redacted>\"  # not run\n");
  }

  @Test
  void command_thatIsLong_isNotShown() {
    RedactedValue view = ConfigView.of(map("free", exec("x".repeat(3000))), name -> null, TRUSTING);

    assertThat(line(view)).isEqualTo("{\"free\":\"!exec <redacted>\"}");
  }

  @Test
  void value_thatCannotBeMade_isShownAsWrittenAndSaysWhy() {
    ConfigMap config =
        map(
            "auth",
            map(
                "free",
                map(
                    "include",
                    refused("!include", "../x.yaml", "outside of the project"),
                    "secret",
                    refused("!include.raw", "../key", "outside of the project"),
                    "unknown",
                    DeferredValue.unreadable("an unknown tag", HERE),
                    "made",
                    new DeferredValue("!include", "y", HERE, () -> map("a", "b")))));

    RedactedValue free =
        KeyPath.find(ConfigView.of(config, TestSchemas.sections()::get, TRUSTING), "auth.free");

    assertThat(
            YamlWriter.write(free.tree((value, note, at) -> new YamlWriter.Commented(value, note))))
        .isEqualTo(
            """
            include: "!include ../x.yaml"      # outside of the project
            secret: "!include.raw <redacted>"  # outside of the project
            unknown: <unreadable>              # an unknown tag
            made:
              a: b
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // What has a shape is what the shape says.
        "auth: {on: TRUE}                       | {`auth`:{`on`:true}}",
        "auth: {on: 'false'}                    | {`auth`:{`on`:false}}",
        "auth: {on: yes}                        | {`auth`:{`on`:`yes`}}",
        "auth: {name: true, tags: {a: 1, b: no}} |"
            + " {`auth`:{`name`:`true`,`tags`:{`a`:`1`,`b`:`no`}}}",
        // What has none is what every reader takes it for, or a text.
        "x: [true, false, 1, -1.50, 0]          | {`x`:[true,false,1,-1.50,0]}",
        "x: ['true', '1', True, 01, 1e3, -0, no, 0x1, 12:30] |"
            + " {`x`:[`true`,`1`,`True`,`01`,`1e3`,`-0`,`no`,`0x1`,`12:30`]}",
        "x: [~, null, '', 'null']               | {`x`:[null,null,``,`null`]}",
        "x: 1234567890123456                    | {`x`:`1234567890123456`}"
      })
  void value_ofAnyKind_isShownAsWhatItIs(String yaml, String shown) {
    assertThat(line(view(yaml))).isEqualTo(shown.replace('`', '"'));
  }

  @Test
  void configuration_thatGrowsByAliases_isRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }

    assertThatExceptionOfType(AtmosException.class)
        .isThrownBy(() -> view(yaml.toString()))
        .withMessageStartingWith("the configuration is too large to be shown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "SECRET_KEY",
        "clientSecret",
        "password",
        "db.password",
        "passwd",
        "passphrase",
        "token",
        "GITHUB_TOKEN",
        "private_key",
        "private-key",
        "privateKey",
        "secret_access_key",
        "access_key",
        "accessKey",
        "credential",
        "credentials",
        "api_key",
        "apikey",
        "API-KEY",
        "authorization"
      })
  void name_ofASecret_isOne(String name) {
    assertThat(SecretNames.contains(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "access_key_id",
        "AWS_ACCESS_KEY_ID",
        "AccessKeyId",
        "region",
        "key",
        "name",
        "pass",
        "account"
      })
  void name_ofAnythingElse_isNone(String name) {
    assertThat(SecretNames.contains(name)).isFalse();
  }

  /** What is shown of a configuration without secrets is that configuration. */
  @Property(tries = 300)
  void configuration_withoutSecrets_isShownWhole(@ForAll("trees") Map<String, Object> tree) {
    ConfigMap config = ReadYaml.read(YamlWriter.write(tree));
    RedactedValue shown = ConfigView.of(config, name -> null, TRUSTING);
    Object wanted = Readers.withoutNumbers(tree);

    for (String print :
        List.of(
            YamlWriter.write(shown.tree((value, note, at) -> value)),
            YamlWriter.write(
                shown.tree((value, note, at) -> new YamlWriter.Commented(value, at.toString()))))) {
      assertThat(Readers.withoutNumbers(Readers.yaml11(print))).isEqualTo(wanted);
      assertThat(Readers.withoutNumbers(Readers.yaml12(print))).isEqualTo(wanted);
      // Texts stay texts, and what was plain stays what it was, for our own reader too.
      assertThat(line(ConfigView.of(ReadYaml.read(print), name -> null, TRUSTING)))
          .isEqualTo(line(shown));
    }
    assertThat(Readers.withoutNumbers(Readers.json(line(shown)))).isEqualTo(wanted);
  }

  @Provide
  Arbitrary<Map<String, Object>> trees() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().withCharRange('a', 'f').ofMaxLength(5),
            Arbitraries.strings().ascii().ofMaxLength(6),
            Arbitraries.of(
                "no",
                "0123",
                "1e3",
                "12:30:45",
                "~",
                "",
                " x",
                "- x",
                "#",
                "null",
                "!x",
                "&a",
                "a\nb\n",
                "\t",
                "\u0085",
                "\u2028",
                "\uD83D\uDE00",
                "true",
                "1",
                "<<",
                "a: b"));
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            texts.map(text -> text),
            Arbitraries.integers().map(number -> number),
            Arbitraries.of(true, false).map(flag -> flag),
            Arbitraries.of(List.of(), Map.of()).map(empty -> empty));
    Arbitrary<Object> value =
        Arbitraries.recursive(
            () -> leaf,
            inner ->
                Arbitraries.oneOf(
                    inner.list().ofMaxSize(3).map(list -> list),
                    Arbitraries.maps(texts, inner).ofMaxSize(3).map(map -> map)),
            3);
    return Arbitraries.maps(texts, value).ofMaxSize(4);
  }

  /** Where a secret stands, it is not shown, nor wherever else its text stands. */
  @Property(tries = 500)
  void secrets_plantedAnywhere_areNeverShown(
      @ForAll("secrets") List<String> secrets, @ForAll("places") List<Integer> places) {
    List<Object> auth = new ArrayList<>();
    List<Object> free = new ArrayList<>();
    List<ConfigValue> keys = new ArrayList<>();
    for (int i = 0; i < secrets.size(); i++) {
      String secret = secrets.get(i);
      String name = "n" + i;
      // Once where it is known to be one...
      switch (places.get(i) % 6) {
        case 0 -> auth.addAll(List.of("password" + i, secret));
        case 1 -> keys.add(text(secret));
        case 2 ->
            free.addAll(List.of("my_token_" + i, new ConfigList(List.of(text(secret)), HERE)));
        case 3 -> free.addAll(List.of("db_passwords" + i, map("a", map("b", secret))));
        case 4 -> free.addAll(List.of(name, map("name", "API_KEY", "value", secret)));
        default -> keys.add(new DeferredValue("!cwd", "", HERE, () -> text(secret)));
      }
      // ... and once where it isn't.
      switch (places.get(i) / 6 % 6) {
        case 0 -> free.addAll(List.of("x" + i, "before " + secret + " after"));
        case 1 -> free.addAll(List.of("x" + i + secret, "y"));
        case 2 -> free.addAll(List.of("x" + i, exec("echo " + secret)));
        case 3 ->
            free.addAll(
                List.of("x" + i, refused("!include", secret, "can't read " + secret + " here")));
        case 4 -> free.addAll(List.of("x" + i, new ConfigList(List.of(text(secret)), HERE)));
        default -> free.addAll(List.of("x" + i, map("deep", map("er", secret + "\n"))));
      }
    }
    auth.addAll(List.of("keys", new ConfigList(keys, HERE)));
    auth.addAll(List.of("free", map(free.toArray())));
    ConfigMap config = map("auth", map(auth.toArray()), "other", map(free.toArray()));

    for (String print : prints(ConfigView.of(config, TestSchemas.sections()::get, TRUSTING))) {
      for (String secret : secrets) {
        assertThat(print)
            .doesNotContain(secret)
            .doesNotContain(inner(JsonWriter.line(secret)))
            .doesNotContain(inner(YamlWriter.write(List.of(secret)).substring(2)));
      }
    }
  }

  /** A written scalar without its quotes. */
  private static String inner(String written) {
    String text = written.strip();
    return text.startsWith("\"") || text.startsWith("'")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  @Provide
  Arbitrary<List<String>> secrets() {
    return Arbitraries.strings()
        .ascii()
        .ofMinLength(8)
        .ofMaxLength(20)
        // Blanks around a secret are none of it.
        .map(text -> "s3" + text + "t")
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<Integer>> places() {
    return Arbitraries.integers().between(0, 35).list().ofSize(6);
  }
}
