package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.list.ListRun;
import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.testing.FakeKindRegistry;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that can't be loaded, or that fails when it is asked, costs its own kinds only. */
class BrokenPluginTest {
  private static final String CONFIG =
      """
      auth:
        keyring: {type: acme-store, spec: {drawer: A}}
        providers:
          front: {kind: acme/door, address: x}
        identities:
          keys: {kind: acme/vault, via: {provider: front}, account: PLANTED}
          me:
            kind: aws/user
            credentials: {access_key_id: AKIDUSER, secret_access_key: secret}
          mistyped: {kind: aws/user, aliass: x}
          behind: {kind: mock, via: {identity: keys}}
        integrations:
          images: {kind: acme/registry, via: {identity: me}, spec: {host: x}}
          dev: {kind: aws/eks, via: {identity: me}, spec: {cluster: {name: c, region: us-east-2}}}
      """;

  /** What the plugin does. */
  enum Fault {
    LOAD,
    SCHEMA,
    NO_OBJECT,
    ACCEPTS_AND_GRANTS,
    DESCRIBE
  }

  private static AtmosException failure() {
    return new AtmosException(ExitCode.PLUGIN, "plugin acme failed: it is broken");
  }

  private static FakeServices services(Fault fault) {
    FakeServices services =
        AuthTestContext.addBuiltInKinds(new FakeServices()).withConfig(YamlConfig.root(CONFIG));
    FakeKindRegistry kinds = services.kinds();
    if (fault == Fault.LOAD) {
      kinds.providers().addBroken("acme/door", failure());
      kinds.identities().addBroken("acme/vault", failure());
      kinds.integrations().addBroken("acme/registry", failure());
      kinds.stores().addBroken("acme-store", failure());
    } else {
      kinds.providers().addGuest(new BrokenDoor(fault));
      kinds.identities().addGuest(new BrokenVault(fault));
      kinds.integrations().addGuest(new BrokenRegistry(fault));
      kinds.stores().addGuest(new BrokenStore(fault));
    }
    return services;
  }

  private static Schema schema(Fault fault) {
    return switch (fault) {
      case SCHEMA -> throw failure();
      case NO_OBJECT -> Schema.text("No object.");
      default -> Schema.object("Whatever.").withOtherKeys();
    };
  }

  @ParameterizedTest
  @EnumSource
  void validate_namesThePlugin_andChecksTheRest(Fault fault) {
    ValidateRun run = ValidateRun.of(services(fault));

    assertThat(run.exitCode()).isZero();
    assertThat(run.said())
        .contains("atmos.yaml:10:32: warning: unknown key 'aliass'; did you mean alias?\n")
        .doesNotContain("PLANTED");
    String acme =
        switch (fault) {
          case LOAD, SCHEMA -> "plugin acme failed: it is broken";
          case NO_OBJECT -> "the schema of kind 'acme/vault' is not an object";
          case ACCEPTS_AND_GRANTS -> "plugin acme failed: it is broken";
          case DESCRIBE -> "";
        };
    if (acme.isEmpty()) {
      assertThat(run.said()).endsWith("no errors and 1 warning\n");
    } else {
      assertThat(run.said())
          .contains("atmos.yaml:6:18: warning: " + acme + "; see: atmos --logs-level Debug\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void list_marksItsKinds_andShowsTheRest(Fault fault) {
    String tree = ListRun.over(services(fault)).with().answer();

    assertThat(tree)
        .contains("me (aws/user)", "access key id: AKIDUSER", "dev (integration aws/eks)")
        .contains("front (acme/door)", "keys (acme/vault)", "behind (mock)")
        .doesNotContain("PLANTED");
    if (fault != Fault.DESCRIBE) {
      assertThat(tree)
          .contains(
              "keys (acme/vault)\n        │   problem: the plugin that supplies kind 'acme/vault'"
                  + " fails\n");
    }
    assertThat(ListRun.over(services(fault)).with("-f", "json").part("identities").get("keys"))
        .containsEntry("supplied", true);
  }

  @ParameterizedTest
  @EnumSource
  void otherIdentities_areUsedAsEver(Fault fault) {
    AuthEngine engine = new AuthEngine(services(fault));

    assertThat(engine.identities().credentials("me").accessKeyId()).isEqualTo("AKIDUSER");
    assertThat(engine.integrations().of("me")).hasSize(2);
    assertThat(new ConfiguredAuthNames(engine.services()).identities())
        .containsExactly("keys", "me", "mistyped", "behind");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "behind"})
  void itsIdentities_failWithThePluginsWords(String identity) {
    AuthEngine engine = new AuthEngine(services(Fault.LOAD));

    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> engine.identities().credentials(identity));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.PLUGIN);
    assertThat(failure.sentence()).isEqualTo("plugin acme failed: it is broken");
  }

  @Test
  void itsIntegration_failsBesideTheOthers() {
    AuthEngine engine = new AuthEngine(services(Fault.LOAD));

    AtmosException failure =
        catchThrowableOfType(
            AtmosException.class,
            () -> engine.integrations().open(engine.integrations().find("images")));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.PLUGIN);
    assertThat(engine.integrations().find("dev").name()).isEqualTo("dev");
  }

  private record BrokenDoor(Fault fault) implements ProviderType {
    @Override
    public String kind() {
      return "acme/door";
    }

    @Override
    public Schema schema() {
      return BrokenPluginTest.schema(fault);
    }

    @Override
    public List<String> grants() {
      if (fault == Fault.ACCEPTS_AND_GRANTS) {
        throw failure();
      }
      return List.of("acme");
    }

    @Override
    public Description describe(Definition definition) {
      throw failure();
    }

    @Override
    public Provider create(Definition definition, PluginContext context) {
      throw failure();
    }
  }

  private record BrokenVault(Fault fault) implements IdentityType {
    @Override
    public String kind() {
      return "acme/vault";
    }

    @Override
    public Schema schema() {
      return BrokenPluginTest.schema(fault);
    }

    @Override
    public Accepts accepts() {
      if (fault == Fault.ACCEPTS_AND_GRANTS) {
        throw failure();
      }
      return Accepts.provider("acme");
    }

    @Override
    public Description describe(Definition definition) {
      throw failure();
    }

    @Override
    public Identity create(Definition definition, PluginContext context) {
      throw failure();
    }
  }

  private record BrokenRegistry(Fault fault) implements IntegrationType {
    @Override
    public String kind() {
      return "acme/registry";
    }

    @Override
    public Schema schema() {
      return BrokenPluginTest.schema(fault);
    }

    @Override
    public Description describe(Definition definition) {
      throw failure();
    }

    @Override
    public Integration create(Definition definition, PluginContext context) {
      throw failure();
    }
  }

  private record BrokenStore(Fault fault) implements CredentialStoreType {
    @Override
    public String kind() {
      return "acme-store";
    }

    @Override
    public Schema schema() {
      return BrokenPluginTest.schema(fault);
    }

    @Override
    public CredentialStore create(Definition settings, PluginContext context) {
      throw failure();
    }
  }
}
