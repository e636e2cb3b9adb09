package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.integration.IntegrationType;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A guest's kinds beside built-in ones with the same schema: whatever is asked, the answer is the
 * same but for the kind's name. The guest's types are twins that pass every question on to a
 * built-in type.
 */
final class TwinKindsRunTest {
  private static final String TWIN = "acme.twin.";

  private static final String BOTH =
      """
      auth:
        realm: acme
        keyring:
          type: STORE
        providers:
          sso:
            kind: PROVIDER
            start_url: https://acme.awsapps.com/start
            region: eu-west-1
            tags: [work]
          away:
            kind: PROVIDER
            start_url: https://login.example.com/start
            region: nowhere
        identities:
          dev:
            kind: IDENTITY
            alias: d
            credentials:
              access_key_id: AKIAIOSFODNN7EXAMPLE
              secret_access_key: wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY
              region: us-east-2
          code:
            kind: IDENTITY
            credentials:
              mfa_arn: arn:aws:iam::123456789012:mfa/jane
              mfa_command: echo 123456
              unknown_key: 1
        integrations:
          demo:
            kind: INTEGRATION
            via: {identity: dev}
            spec:
              cluster: {name: demo, region: us-east-2, alias: here}
          bad:
            kind: INTEGRATION
            via: {identity: nowhere}
            spec:
              cluster: {name: demo}
      """;

  @TempDir Path root;
  private RealDirectories directories;

  @BeforeEach
  void publishBuiltInTypes() {
    for (Plugin plugin : ServiceLoader.load(Plugin.class)) {
      plugin.providers().forEach(type -> publish("aws/iam-identity-center", type.kind(), type));
      plugin.identities().forEach(type -> publish("aws/user", type.kind(), type));
      plugin.integrations().forEach(type -> publish("aws/eks", type.kind(), type));
      plugin.stores().forEach(type -> publish("file", type.kind(), type));
    }
    directories = new RealDirectories(root);
  }

  private static void publish(String wanted, String kind, Object type) {
    if (kind.equals(wanted)) {
      System.getProperties().put(TWIN + wanted, type);
    }
  }

  @AfterEach
  void withdrawBuiltInTypes() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith(TWIN));
  }

  private static String twin(Class<?> type, String part, String wanted, String members) {
    return """
    final %1$s other = (%1$s) System.getProperties().get("%2$s%3$s");
    public String kind() { return "%4$s"; }
    public dev.atmos.plugin.config.Schema schema() { return other.schema(); }
    public dev.atmos.plugin.kind.Description describe(dev.atmos.plugin.config.Definition d) {
      return other.describe(d);
    }
    %5$s
    """
        .formatted(type.getName(), TWIN, wanted, part, members);
  }

  private static GuestPlugin twins() {
    return GuestPlugin.withMembers(
            """
            public List<ProviderType> providers() { return List.of(new P()); }
            public List<IdentityType> identities() { return List.of(new I()); }
            public List<IntegrationType> integrations() { return List.of(new G()); }
            public List<CredentialStoreType> stores() { return List.of(new S()); }
            """)
        .with("providers", "acme/provider")
        .with("identities", "acme/identity")
        .with("integrations", "acme/integration")
        .with("stores", "acme-store")
        .source(
            "P",
            "implements ProviderType",
            twin(
                ProviderType.class,
                "acme/provider",
                "aws/iam-identity-center",
                """
                public List<String> grants() { return other.grants(); }
                public Provider create(
                    dev.atmos.plugin.config.Definition d,
                    dev.atmos.plugin.context.PluginContext c) {
                  return other.create(d, c);
                }
                """))
        .source(
            "I",
            "implements IdentityType",
            twin(
                IdentityType.class,
                "acme/identity",
                "aws/user",
                """
                public dev.atmos.plugin.kind.Accepts accepts() { return other.accepts(); }
                public Identity create(
                    dev.atmos.plugin.config.Definition d,
                    dev.atmos.plugin.context.PluginContext c) {
                  return other.create(d, c);
                }
                """))
        .source(
            "G",
            "implements IntegrationType",
            twin(
                IntegrationType.class,
                "acme/integration",
                "aws/eks",
                """
                public Integration create(
                    dev.atmos.plugin.config.Definition d,
                    dev.atmos.plugin.context.PluginContext c) {
                  return other.create(d, c);
                }
                """))
        .source(
            "S",
            "implements CredentialStoreType",
            twin(
                CredentialStoreType.class,
                "acme-store",
                "file",
                """
                public CredentialStore create(
                    dev.atmos.plugin.config.Definition d,
                    dev.atmos.plugin.context.PluginContext c) {
                  return other.create(d, c);
                }
                """));
  }

  private static String filled(String provider, String identity, String integration, String store) {
    return BOTH.replace("PROVIDER", provider)
        .replace("IDENTITY", identity)
        .replace("INTEGRATION", integration)
        .replace("STORE", store);
  }

  /** Both runs, with the guest's names replaced by those of its twins. */
  private void assertSame(String... words) {
    twins().install(directories.data().orElseThrow());
    Result builtIn =
        AtmosRun.in(directories)
            .file("atmos.yaml", filled("aws/iam-identity-center", "aws/user", "aws/eks", "file"))
            .run(words);
    Result guest =
        AtmosRun.in(directories)
            .file(
                "atmos.yaml",
                filled("acme/provider", "acme/identity", "acme/integration", "acme-store"))
            .run(words);
    assertThat(renamed(guest.stdout())).isEqualTo(renamed(builtIn.stdout()));
    assertThat(renamed(guest.stderr())).isEqualTo(renamed(builtIn.stderr()));
    assertThat(guest.exitCode()).isEqualTo(builtIn.exitCode());
    assertThat(builtIn.stdout() + builtIn.stderr()).isNotEmpty();
  }

  /** With the names of the built-in kinds; how wide a table's columns are depends on the names. */
  private static String renamed(String text) {
    return text.replaceAll(" {2,}", "  ")
        .replace("acme/provider", "aws/iam-identity-center")
        .replace("acme/identity", "aws/user")
        .replace("acme/integration", "aws/eks")
        .replace("acme-store", "file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth validate",
        "auth validate --output json",
        "auth list",
        "auth list --format json",
        "auth list --format table",
        "config show",
        "config trust",
        "auth whoami dev --offline",
        "__complete auth login ",
      })
  void guestKinds_answerAsBuiltInKindsDo(String line) {
    assertSame(line.split(" ", -1));
  }

  @Test
  void configSchema_hasTheFieldsOfAGuestsKindThatIsUsed() {
    twins().install(directories.data().orElseThrow());
    String schema =
        AtmosRun.in(directories)
            .file(
                "atmos.yaml",
                filled("acme/provider", "acme/identity", "acme/integration", "acme-store"))
            .run("config", "schema")
            .answer();
    assertThat(schema).contains("acme/provider", "acme/identity", "acme/integration", "acme-store");
  }
}
