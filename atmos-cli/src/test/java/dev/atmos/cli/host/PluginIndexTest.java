package dev.atmos.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Jimfs;
import dev.atmos.plugin.base.ApiVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginIndexTest {
  private final Path directory = Jimfs.newFileSystem().getPath("plugins").toAbsolutePath();

  private static Properties metadata(String id) {
    Properties metadata = new Properties();
    metadata.setProperty("id", id);
    metadata.setProperty("version", "1.0");
    metadata.setProperty("api", "0.2");
    metadata.setProperty("class", "acme.AcmePlugin");
    metadata.setProperty("command.acme.say-hello", "Say hello");
    metadata.setProperty("group.acme", "Work with Acme");
    metadata.setProperty("identities", "acme/static, acme/other,");
    metadata.setProperty("stores", "vault");
    return metadata;
  }

  private static Properties index(String... ids) {
    Properties index = new Properties();
    for (String id : ids) {
      PluginIndex.add(index, metadata(id));
      index.setProperty(id + "/jars", id + "-1.0.jar,lib.jar");
      index.setProperty(id + "/sha256." + id + "-1.0.jar", " 00FF ");
    }
    return index;
  }

  private void refused(Properties index, String... parts) {
    List<String> problems = new ArrayList<>();
    assertThat(PluginIndex.installed(index, directory, problems::add).plugins()).isEmpty();
    assertThat(problems).singleElement().asString().contains(parts);
  }

  private PluginIndex installed(Properties index) {
    return PluginIndex.installed(
        index,
        directory,
        problem -> {
          throw new AssertionError(problem);
        });
  }

  @Test
  void installed_withOneWrongEntry_leavesOutThatPluginOnly() {
    Properties index = index("zebra", "acme", "last");
    index.setProperty("acme/jars", "../evil.jar");
    List<String> problems = new ArrayList<>();

    assertThat(PluginIndex.installed(index, directory, problems::add).plugins())
        .extracting(PluginMetadata::id)
        .containsExactly("zebra", "last");
    assertThat(problems).singleElement().asString().startsWith("plugin acme: ");
  }

  @Test
  void installed_thatWasAdded_isWhatItsMetadataSays() {
    List<PluginMetadata> plugins = installed(index("zebra", "acme")).plugins();
    assertThat(plugins).extracting(PluginMetadata::id).containsExactly("zebra", "acme");
    PluginMetadata acme = plugins.get(1);
    assertThat(acme.version()).isEqualTo("1.0");
    assertThat(acme.api()).isEqualTo(new ApiVersion(0, 2));
    assertThat(acme.className()).isEqualTo("acme.AcmePlugin");
    assertThat(acme.commands()).hasSize(1).containsEntry("acme say-hello", "Say hello");
    assertThat(acme.groups()).hasSize(1).containsEntry("acme", "Work with Acme");
    assertThat(acme.names("identities")).containsExactly("acme/static", "acme/other");
    assertThat(acme.names("stores")).containsExactly("vault");
    assertThat(acme.names("services")).isEmpty();
    assertThat(acme.jars())
        .containsExactly(
            new PluginMetadata.Jar(directory.resolve("acme/1.0/acme-1.0.jar"), "00ff"),
            new PluginMetadata.Jar(directory.resolve("acme/1.0/lib.jar"), ""));
    assertThat(acme.builtIn()).isFalse();
    assertThat(acme).hasToString("plugin acme 1.0");
  }

  @Test
  void builtIn_thatWasAdded_hasNoJars() {
    PluginMetadata acme = PluginIndex.builtIn(index("acme")).plugins().get(0);
    assertThat(acme.jars()).isEmpty();
    assertThat(acme.builtIn()).isTrue();
  }

  @Test
  void index_ofNothing_isEmpty() {
    assertThat(PluginIndex.builtIn(new Properties()).plugins()).isEmpty();
    Properties blank = new Properties();
    blank.setProperty("plugins", " , ,");
    assertThat(installed(blank).plugins()).isEmpty();
  }

  @Test
  void plugin_withAnIdThatBeginsAnothers_isKeptApart() {
    Properties index = index("acme", "acme-more");
    index.setProperty("acme-more/command.more", "More");
    List<PluginMetadata> plugins = PluginIndex.builtIn(index).plugins();
    assertThat(plugins.get(0).commands()).containsOnlyKeys("acme say-hello");
    assertThat(plugins.get(1).commands()).containsOnlyKeys("acme say-hello", "more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "../acme",
        "a/b",
        "a\\b",
        "Acme",
        "1acme",
        "-acme",
        "a_b",
        "a.b",
        "a b",
        "\u00e4cme",
        "acme\u001b"
      })
  void id_thatIsNone_isRefusedEverywhere(String id) {
    Properties metadata = metadata(id);
    assertThatThrownBy(() -> PluginIndex.add(new Properties(), metadata))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a plugin's id");
    Properties index = index("acme");
    index.setProperty("plugins", id);
    refused(index, "not a plugin's id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../1", "1/2", "1\\2", ".1", "1.", "1 0", "+1", "1:2"})
  void version_thatIsNone_isRefusedEverywhere(String version) {
    Properties metadata = metadata("acme");
    metadata.setProperty("version", version);
    assertThatThrownBy(() -> PluginIndex.add(new Properties(), metadata))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a plugin's version");
    Properties index = index("acme");
    index.setProperty("acme/version", version);
    refused(index, "not a plugin's version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "2026-11-24", "1.0.0+build.7", "1.0_rc1", "v1"})
  void version_ofAnyUsualForm_isTaken(String version) {
    Properties index = index("acme");
    index.setProperty("acme/version", version);
    PluginMetadata acme = installed(index).plugins().get(0);
    assertThat(acme.jars().get(0).path())
        .isEqualTo(directory.resolve("acme/" + version + "/acme-1.0.jar"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.jar",
        "..",
        "/etc/evil.jar",
        "a/b.jar",
        "a\\b.jar",
        ".jar",
        "acme.zip",
        "acme.jar.",
        "C:evil.jar",
        "evil.jar\u0000.jar"
      })
  void jar_withAnotherNameThanAJars_isRefused(String jar) {
    Properties index = index("acme");
    index.setProperty("acme/jars", "good.jar," + jar);
    refused(index, "not the name of a jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "api", "class", "jars"})
  void key_thatIsMissingOrEmpty_isNamed(String key) {
    Properties index = index("acme");
    index.remove("acme/" + key);
    refused(index, "acme does not say acme/" + key);
    index.setProperty("acme/" + key, "");
    refused(index, "acme does not say acme/" + key);
  }

  @Test
  void jars_thatListNothing_areRefused() {
    Properties index = index("acme");
    index.setProperty("acme/jars", " , ");
    refused(index, "no jar is named");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "x.y", "-1.0", "1.", ".1", "1.0.0", "99999999999.0"})
  void api_thatIsNoVersion_isRefused(String api) {
    Properties index = index("acme");
    index.setProperty("acme/api", api);
    refused(index, "not an API version");
  }

  @ParameterizedTest
  @CsvSource({
    "command., not the words of a command",
    "command.Acme, not the words of a command",
    "command.acme..hello, not the words of a command",
    "command.acme., not the words of a command",
    "command.-acme, not the words of a command",
    "command.acme hello, not the words of a command",
    "command.acme.\u00e4, not the words of a command",
    "group.ACME, not the words of a command",
  })
  void words_thatAreNoCommands_areRefused(String key, String told) {
    Properties index = index("acme");
    index.setProperty("acme/" + key, "A summary");
    refused(index, told, key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "steers \u001b[2J", "steers \u009b2J", "a tab\t"})
  void summary_ofMoreThanOneLineOfText_isRefused(String summary) {
    Properties index = index("acme");
    index.setProperty("acme/command.acme.say-hello", summary);
    refused(index, "more than one line of text: acme/command.acme.say-hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "version", "api", "class"})
  void add_withoutAKey_isRefusedAndChangesNothing(String key) {
    Properties index = index("zebra");
    Properties before = new Properties();
    before.putAll(index);
    Properties metadata = metadata("acme");
    metadata.remove(key);
    assertThatThrownBy(() -> PluginIndex.add(index, metadata))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
    assertThat(index).isEqualTo(before);
  }

  @Test
  void add_ofAnIdThatIsThere_isRefusedAndChangesNothing() {
    Properties index = index("acme");
    Properties before = new Properties();
    before.putAll(index);
    Properties metadata = metadata("acme");
    metadata.setProperty("version", "2.0");
    assertThatThrownBy(() -> PluginIndex.add(index, metadata))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are two plugins of the id acme");
    assertThat(index).isEqualTo(before);
  }
}
