package dev.atmos.auth;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.testing.FakeKindRegistry;
import dev.atmos.services.testing.FakeServices;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider, an identity, an integration and a store of one plugin, with schemas of their own:
 * {@code <vendor>/door}, {@code <vendor>/vault}, {@code <vendor>/registry} and {@code
 * <vendor>-store}.
 */
public final class VaultKinds {
  private final String vendor;

  public VaultKinds(String vendor) {
    this.vendor = vendor;
  }

  /** Adds the kinds as those of a built-in plugin. */
  public FakeServices addBuiltIn(FakeServices services) {
    FakeKindRegistry kinds = services.kinds();
    kinds.providers().add(new Door(vendor + "/door"));
    kinds.identities().add(new Vault(vendor + "/vault"));
    kinds.integrations().add(new Registry(vendor + "/registry"));
    kinds.stores().add(new Store(vendor + "-store"));
    return services;
  }

  /** Adds the kinds as those of an installed plugin. */
  public FakeServices addGuest(FakeServices services) {
    FakeKindRegistry kinds = services.kinds();
    kinds.providers().addGuest(new Door(vendor + "/door"));
    kinds.identities().addGuest(new Vault(vendor + "/vault"));
    kinds.integrations().addGuest(new Registry(vendor + "/registry"));
    kinds.stores().addGuest(new Store(vendor + "-store"));
    return services;
  }

  private record Door(String kind) implements ProviderType {
    @Override
    public List<String> grants() {
      return List.of(Token.WEB_IDENTITY);
    }

    @Override
    public Schema schema() {
      return Schema.object("A door of the vault.")
          .required("address", Schema.endpoint("Where it is.").withExample("https://vault.example"))
          .optional("spec.floor", Schema.number("The floor.").withLabel("floor"));
    }

    @Override
    public Description describe(Definition definition) {
      return Description.NONE.withSubject(definition.text("address").orElse(null));
    }

    @Override
    public Provider create(Definition definition, PluginContext context) {
      String address = definition.endpoint("address").orElseThrow();
      return new Provider() {
        @Override
        public Grant grant(StepRequest request) {
          return Token.of(Token.WEB_IDENTITY, Secret.of("token"), null);
        }

        @Override
        public Optional<Map<String, String>> cacheKey() {
          return Optional.of(Map.of("address", address));
        }
      };
    }
  }

  private record Vault(String kind) implements IdentityType {
    @Override
    public Accepts accepts() {
      return Accepts.provider(Token.WEB_IDENTITY);
    }

    @Override
    public Schema schema() {
      return Schema.object("A vault with keys of AWS.")
          .required(
              "account",
              Schema.text("The account.")
                  .withPattern("[0-9]{12}", "an AWS account id of 12 digits")
                  .withExample("123456789012"))
          .optional("box", Schema.choice("The box.", "small", "large").withDefault("small"))
          .optional("opening.hours", Schema.list("When it opens.", Schema.text("An hour.")))
          .optional("opening.limit", Schema.duration("How long it stays open."))
          .optional("combination", Schema.secret("What opens it."))
          .optional("opener", Schema.command("The command that opens it."));
    }

    @Override
    public Description describe(Definition definition) {
      return Description.NONE
          .withAccount(definition.text("account").orElse(null))
          .withPrincipal("box " + definition.text("box").orElse("small"))
          .withRegion("eu-west-3");
    }

    @Override
    public Identity create(Definition definition, PluginContext context) {
      Map<String, String> key = definition.values("account", "box");
      return new Identity() {
        @Override
        public Grant grant(StepRequest request) {
          return AwsCredentials.of(
              "ASIAVAULT",
              Secret.of(AuthTestContext.SECRET),
              Secret.of("session"),
              context.clock().instant().plus(Duration.ofHours(1)));
        }

        @Override
        public Optional<Map<String, String>> cacheKey() {
          return Optional.of(key);
        }

        @Override
        public Optional<String> region() {
          return Optional.of("eu-west-3");
        }
      };
    }
  }

  private record Registry(String kind) implements IntegrationType {
    @Override
    public Schema schema() {
      return Schema.object("A registry of images.")
          .required("spec.host", Schema.endpoint("The registry's host.").withLabel("registry"));
    }

    @Override
    public Description describe(Definition definition) {
      return Description.NONE.withSubject(definition.text("spec.host").orElse(null));
    }

    @Override
    public Integration create(Definition definition, PluginContext context) {
      throw new AssertionError("created " + definition.name());
    }
  }

  private record Store(String kind) implements CredentialStoreType {
    @Override
    public Schema schema() {
      return Schema.object("A store in the vault.")
          .optional("drawer", Schema.text("The drawer.").withPattern("[A-Z]", "a capital letter"));
    }

    @Override
    public CredentialStore create(Definition settings, PluginContext context) {
      throw new AssertionError("opened the store");
    }
  }
}
