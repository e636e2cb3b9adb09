package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.cli.host.PluginIndex;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of third parties' plugins, as the built-in ones see them. */
final class GuestKindsTest {
  private static final CredentialKey KEY = CredentialKey.of("token", "a1");
  private static final String IDENTITIES =
      "public List<IdentityType> identities() { return List.of(new Static()); }";
  private static final String GRANTS =
      """
      public Identity create(Definition definition, PluginContext context) {
        return request -> AwsCredentials.of("AKIDACME", Secret.of("acme-secret"), null, null);
      }
      """;

  @TempDir Path root;
  private final FakeServices services = new FakeServices();

  private PluginHost host(GuestPlugin plugin) {
    plugin.install(root);
    Path directory = root.resolve("plugins");
    Properties index = new Properties();
    try (InputStream in = Files.newInputStream(directory.resolve("index.properties"))) {
      index.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PluginHost(
        PluginIndex.EMPTY,
        () ->
            PluginIndex.installed(
                index,
                directory,
                problem -> {
                  throw new AssertionError(problem);
                }),
        ClassPath::pluginThreads,
        ClassPath.safePlaces());
  }

  private Definition definition() {
    return services.definition("mine", YamlConfig.root("kind: acme/static\nrole: admin\n"));
  }

  private static void failsNaming(ThrowingCallable call, String message) {
    assertThatExceptionOfType(AtmosException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PLUGIN))
        .withMessage("plugin acme 1.0 failed: " + message);
  }

  @Test
  void identity_ofAGuest_isUsedLikeAnyOther() {
    PluginHost host = host(GuestPlugin.withMembers(IDENTITIES).withIdentity(GRANTS));
    IdentityType type = host.identities().find("acme/static").orElseThrow();
    Identity identity = type.create(definition(), services);

    assertThat(type.kind()).isEqualTo("acme/static");
    assertThat(((AwsCredentials) identity.grant(new FakeRequest())).accessKeyId())
        .isEqualTo("AKIDACME");
    assertThat(host.identities().names()).containsExactly("acme/static");
    assertThat(host.identities().builtInNames()).isEmpty();
    assertThat(host.identities().find("acme/other")).isEmpty();
    assertThat(host.providers().find("acme/static")).isEmpty();
  }

  /**
   * What an author leaves out is what the API says, also where the API is newer than the plugin.
   */
  @Test
  void method_thatAGuestDoesNotHave_isThatOfTheApi() {
    IdentityType type =
        host(GuestPlugin.withMembers(IDENTITIES).withIdentity(GRANTS))
            .identities()
            .find("acme/static")
            .orElseThrow();
    Identity identity = type.create(definition(), services);

    assertThat(type.schema().isOpen()).isTrue();
    assertThat(type.accepts().takesProviders()).isEqualTo(Accepts.anything().takesProviders());
    assertThat(type.describe(definition())).isSameAs(Description.NONE);
    assertThat(type.unavailable(services)).isEmpty();
    assertThat(identity.cacheKey()).isEmpty();
    assertThat(identity.isCacheable()).isFalse();
    assertThat(identity.region()).isEmpty();
  }

  @Test
  void object_ofAGuest_isEqualToItselfOnly() {
    IdentityType type =
        host(GuestPlugin.withMembers(IDENTITIES)
                .withIdentity(
                    GRANTS
                        + "public int hashCode() { throw BOOM; }"
                        + "public boolean equals(Object o) { throw BOOM; }"
                        + "public String toString() { throw BOOM; }"))
            .identities()
            .find("acme/static")
            .orElseThrow();

    assertThat(type.equals(type)).isTrue();
    assertThat(type.equals(type.create(definition(), services))).isFalse();
    assertThat(type.hashCode()).isEqualTo(type.hashCode());
    assertThat(type.toString()).isEqualTo("IdentityType of plugin acme 1.0");
  }

  private Identity identity(String members) {
    return host(GuestPlugin.withMembers(IDENTITIES)
            .withIdentity(
                """
                public Identity create(Definition definition, PluginContext context) {
                  return new Identity() {
                    %s
                    public Grant grant(StepRequest request) { %s }
                  };
                }
                """
                    .formatted(
                        members.contains("grant:") ? "" : members,
                        members.contains("grant:")
                            ? members.replace("grant:", "")
                            : "throw BOOM;")))
        .identities()
        .find("acme/static")
        .orElseThrow()
        .create(definition(), services);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw BOOM;                                   | IllegalStateException: boom",
        "throw new Error(\"boom\");                    | Error: boom",
        "throw new NoSuchMethodError(\"boom\");        | NoSuchMethodError: boom",
        "throw new StackOverflowError();               | StackOverflowError",
        "return null;                                  |"
            + " IllegalStateException: Identity.grant returned null",
        "return new Grant() { public String type() { throw BOOM; }"
            + " public java.time.Instant expiresAt() { return null; } }; |"
            + " IllegalStateException: boom",
        "return new Grant() { public String type() { return null; }"
            + " public java.time.Instant expiresAt() { return null; } }; |"
            + " IllegalStateException: Identity.grant returned a grant without a type"
      })
  void grant_thatAGuestFailsToGive_isItsFailure(String body, String message) {
    Identity identity = identity("grant: " + body);
    failsNaming(() -> identity.grant(new FakeRequest()), message);
  }

  @Test
  void grant_ofAGuestsOwnType_isGivenAsItIs() {
    Identity identity =
        identity(
            """
            grant: return new Grant() {
              public String type() { return "acme/pass"; }
              public java.time.Instant expiresAt() { return null; }
              public String toString() { return "a pass"; }
            };
            """);
    assertThat(identity.grant(new FakeRequest())).hasToString("a pass");
  }

  @Test
  void failure_thatAGuestMeans_isPassedOn() {
    assertThatThrownBy(() ->
            identity("grant: throw new GrantRefusedException(\"no\", null);")
                .grant(new FakeRequest()))
        .isInstanceOf(GrantRefusedException.class)
        .hasMessage("no");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return null;             | IllegalStateException: Identity.cacheKey returned null",
        "return Optional.of(new HashMap<>(Collections.singletonMap(\"a\", null))); |"
            + " NullPointerException",
      })
  void cacheKey_thatIsNoMap_isTheGuestsFailure(String body, String message) {
    Identity identity =
        identity("public Optional<Map<String, String>> cacheKey() { " + body + " }");
    failsNaming(identity::cacheKey, message);
  }

  @Test
  void collection_ofAGuest_isCopied() {
    Identity identity =
        identity(
            """
            final Map<String, String> key = new HashMap<>(Map.of("a", "b"));
            public Optional<Map<String, String>> cacheKey() { return Optional.of(key); }
            public Optional<String> region() { key.clear(); return Optional.empty(); }
            """);
    Map<String, String> key = identity.cacheKey().orElseThrow();
    assertThat(identity.region()).isEmpty();
    assertThat(key).containsExactly(Map.entry("a", "b"));
  }

  @Test
  void provider_ofAGuest_isUsedLikeAnyOther() {
    Provider provider =
        host(GuestPlugin.withMembers(
                    "public List<ProviderType> providers() { return List.of(new Sso()); }")
                .with("providers", "acme/sso")
                .source(
                    "Sso",
                    "implements ProviderType",
                    """
                    public String kind() { return "acme/sso"; }
                    public Provider create(Definition definition, PluginContext context) {
                      return new Provider() {
                        public Grant grant(StepRequest request) { throw BOOM; }
                        public void revoke(Grant grant) { throw BOOM; }
                        public Optional<Grant> externalGrant() {
                          return Optional.of(
                              AwsCredentials.of("AKIDACME", Secret.of("x"), null, null));
                        }
                        public List<DiscoveredIdentity> discover(Grant grant) {
                          return Arrays.asList((DiscoveredIdentity) null);
                        }
                      };
                    }
                    """))
            .providers()
            .find("acme/sso")
            .orElseThrow()
            .create(definition(), services);
    AwsCredentials grant = (AwsCredentials) provider.externalGrant().orElseThrow();

    assertThat(grant.accessKeyId()).isEqualTo("AKIDACME");
    failsNaming(() -> provider.revoke(grant), "IllegalStateException: boom");
    failsNaming(() -> provider.discover(grant), "NullPointerException");
  }

  @Test
  void store_ofAGuest_isUsedLikeAnyOther() {
    CredentialStoreType type =
        host(GuestPlugin.withMembers(
                    "public List<CredentialStoreType> stores() { return List.of(new Vault()); }")
                .with("stores", "vault")
                .source(
                    "Vault",
                    "implements CredentialStoreType, CredentialStore",
                    """
                    final Map<CredentialKey, Secret> kept = new TreeMap<>();
                    public String kind() { return "vault"; }
                    public CredentialStore create(Definition d, PluginContext c) { return this; }
                    public void write(CredentialKey key, Secret value) { kept.put(key, value); }
                    public boolean delete(CredentialKey key) { return kept.remove(key) != null; }
                    public List<CredentialKey> keys() { return new ArrayList<>(kept.keySet()); }
                    public Optional<Secret> read(CredentialKey key) {
                      if (kept.isEmpty()) { throw BOOM; }
                      return Optional.ofNullable(kept.get(key));
                    }
                    """))
            .stores()
            .find("vault")
            .orElseThrow();
    CredentialStore store = type.create(definition(), services);

    failsNaming(() -> store.read(KEY), "IllegalStateException: boom");
    store.write(KEY, Secret.of("kept"));
    assertThat(store.read(KEY).map(Secret::reveal)).contains("kept");
    assertThat(store.keys()).containsExactly(KEY);
    assertThat(store.delete(KEY)).isTrue();
    assertThat(store.delete(KEY)).isFalse();
  }

  private Integration integration(String plan) {
    return host(GuestPlugin.withMembers(
                "public List<IntegrationType> integrations() { return List.of(new Thing()); }")
            .withIntegration(
                """
                public Integration create(Definition definition, PluginContext context) {
                  return new Integration() {
                    public IntegrationPlan setUp(IntegrationIdentity identity) {
                      return undo(identity.name());
                    }
                    public IntegrationPlan undo(String identity) { %s }
                    public List<IntegrationVariable> variables(String identity) {
                      return List.of(IntegrationVariable.of(
                          "ACME", Secret.of(identity), IntegrationVariable.Use.REPLACE));
                    }
                    public String command() { return "atmos acme thing"; }
                  };
                }
                """
                    .formatted(plan)))
        .integrations()
        .find("acme/thing")
        .orElseThrow()
        .create(definition(), services);
  }

  private static String plan(String apply) {
    return """
    return new IntegrationPlan() {
      public List<String> changes() { return List.of("would " + identity); }
      public IntegrationResult apply() { %s }
    };
    """
        .formatted(apply);
  }

  @Test
  void integration_ofAGuest_isUsedLikeAnyOther() {
    Integration integration =
        integration(plan("return IntegrationResult.of(List.of(\"did \" + identity), List.of());"));
    IntegrationPlan plan = integration.undo("dev");

    assertThat(plan.changes()).containsExactly("would dev");
    assertThat(plan.apply()).isEqualTo(IntegrationResult.of(List.of("did dev"), List.of()));
    assertThat(integration.variables("dev").get(0).name()).isEqualTo("ACME");
    assertThat(integration.command()).isEqualTo("atmos acme thing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw BOOM;                            | IllegalStateException: boom",
        "throw new LinkageError(\"boom\");      | LinkageError: boom",
        "return null;                           |"
            + " IllegalStateException: IntegrationPlan.apply returned null"
      })
  void plan_ofAGuest_thatIsBroken_isItsFailure(String apply, String message) {
    IntegrationPlan plan = integration(plan(apply)).undo("dev");
    failsNaming(plan::apply, message);
  }

  @Test
  void plan_thatAGuestDoesNotMake_isItsFailure() {
    Integration integration = integration("return null;");
    failsNaming(
        () -> integration.undo("dev"), "IllegalStateException: Integration.undo returned null");
  }

  @Test
  void kind_thatTheCodeDoesNotHave_isTheGuestsFailure() {
    PluginHost host = host(GuestPlugin.withMembers("").with("integrations", "acme/thing"));
    assertThatThrownBy(() -> host.integrations().find("acme/thing"))
        .hasMessage("plugin acme 1.0 does not have the integration kind that it names: acme/thing");
  }
}
