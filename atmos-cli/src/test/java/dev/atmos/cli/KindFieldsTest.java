package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.kind.KindType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A kind is one unit: its name and the names of its fields stand in one file of the product. */
final class KindFieldsTest {

  /** Files that have a field's name for another reason, with that reason. */
  private static final Map<String, Map<String, String>> OTHER_USES = otherUses();

  private static Map<String, Map<String, String>> otherUses() {
    Map<String, Map<String, String>> uses =
        new TreeMap<>(
            Map.of(
                "access_key_id",
                Map.of(
                    "StaticKeys.java", "its cache key has the key id of the environment",
                    "AuditEvent.java", "an event names the key that was handed out",
                    "LiteralKeys.java", "looks for keys that the file holds as they are"),
                "secret_access_key",
                Map.of("LiteralKeys.java", "looks for keys that the file holds as they are"),
                "mfa_arn",
                Map.of("LiteralKeys.java", "a code of a device would be the user's"),
                "mfa_command",
                Map.of("TrustedValues.java", "an untrusted file doesn't take it away"),
                "browser",
                Map.of("TrustedValues.java", "an untrusted file doesn't take it away"),
                "flow",
                Map.of("PassableVariables.java", "no secret reads as one of its words"),
                "auto_provision_identities",
                Map.of("ProvisionedIdentities.java", "reads the file that this flag has written"),
                "external_id",
                Map.of("ProfileRole.java", "a profile of the AWS CLI has the same property"),
                "base_path",
                Map.of(
                    "ConfigFile.java", "a section of atmos.yaml has the same name",
                    "HostSections.java", "declares that section"),
                "endpoint_url",
                Map.of(
                    "Endpoints.java", "names the field in its message",
                    "ProfileRole.java", "a profile of the AWS CLI has the same property",
                    "ProfileTarget.java", "a profile of the AWS CLI has the same property",
                    "TrustedValues.java", "an untrusted file doesn't take it away")));
    uses.put("account_id", Map.of("Tags.java", "a tag has a name with the same end"));
    return uses;
  }

  /** Files that say in a sentence which kind they need, or look for one where no type is made. */
  private static final Map<String, String> SENTENCES =
      Map.of(
          "aws/user", "LiteralKeys.java",
          "aws/assume-role", "LiteralKeys.java",
          "aws/assume-root", "LiteralKeys.java",
          "aws/eks", "UpdateOptions.java",
          "aws/iam-identity-center", "PermissionSetType.java");

  /** The files that train the start-up caches have one identity of each common kind. */
  private static final String TRAINING = "TrainingFiles.java";

  /** A hint has the definition of an identity in it that the user could add. */
  private static final String ADVICE = "RoleIdentity.java";

  /** The code of the product without its comments, by file. */
  private static final Map<String, String> SOURCES = new TreeMap<>();

  @BeforeAll
  static void readTheProduct() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path module : modules.toList()) {
        Path sources = module.resolve("src/main/java");
        if (module.getFileName().toString().startsWith("atmos-") && Files.isDirectory(sources)) {
          readSources(sources);
        }
      }
    }
    assertThat(SOURCES).hasSizeGreaterThan(300).containsKey("AssumeRoleType.java");
  }

  private static void readSources(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path file : tree.filter(each -> each.toString().endsWith(".java")).toList()) {
        String code = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|(?m)^ *//.*$", "");
        SOURCES.put(file.getFileName().toString(), code);
      }
    }
  }

  private static List<KindType> kinds() {
    List<KindType> kinds = new ArrayList<>();
    for (Plugin plugin : ServiceLoader.load(Plugin.class)) {
      kinds.addAll(plugin.providers());
      kinds.addAll(plugin.identities());
      kinds.addAll(plugin.integrations());
      kinds.addAll(plugin.stores());
    }
    return kinds;
  }

  private static void collectFields(Schema schema, Set<String> fields) {
    for (Schema.Field field : schema.fields()) {
      fields.add(field.name());
      collectFields(field.schema(), fields);
    }
    schema.alternatives().forEach(each -> collectFields(each, fields));
  }

  private static Set<String> filesWith(String... texts) {
    Set<String> files = new TreeSet<>();
    SOURCES.forEach((file, code) -> {
      if (Stream.of(texts).anyMatch(code::contains)) {
        files.add(file);
      }
    });
    return files;
  }

  /** Fields that are ordinary words, such as {@code name}, can't be told from other uses. */
  @Test
  void field_ofAKind_isNamedInOneFile() {
    Set<String> fields = new TreeSet<>();
    kinds().forEach(kind -> collectFields(kind.schema(), fields));
    fields.removeIf(field -> !field.contains("_"));
    assertThat(fields).contains("source_identity", "start_url", "mfa_arn");
    for (String field : fields) {
      Set<String> files = filesWith("\"" + field + "\"", "." + field + "\"");
      assertThat(files).as(field).containsAll(OTHER_USES.getOrDefault(field, Map.of()).keySet());
      files.removeAll(OTHER_USES.getOrDefault(field, Map.of()).keySet());
      assertThat(files).as(field).hasSize(1);
    }
  }

  @Test
  void name_ofAKind_standsInItsOwnFile() {
    Set<String> names = new TreeSet<>();
    kinds().forEach(kind -> names.add(kind.kind()));
    names.removeIf(name -> !name.contains("/") || name.startsWith("mock/"));
    assertThat(names).contains("aws/assume-role", "aws/eks");
    for (String name : names) {
      Set<String> files = filesWith(name);
      files.remove(TRAINING);
      files.remove(ADVICE);
      files.remove(SENTENCES.getOrDefault(name, ""));
      assertThat(files).as(name).hasSize(1);
    }
  }
}
