package sample;

import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Description;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code sample/door}: opens with a password, and gives a pass. */
final class DoorType implements ProviderType {
  static final String PASS = "sample/pass";

  private static final String ADDRESS = "address";
  private static final String PASSWORD = "password";

  @Override
  public String kind() {
    return "sample/door";
  }

  @Override
  public Schema schema() {
    return Schema.object("A door with a password.")
        .required(ADDRESS, Schema.endpoint("Where it is.").withExample("https://door.example.com"))
        .required(PASSWORD, Schema.secret("What opens it."));
  }

  @Override
  public List<String> grants() {
    return List.of(PASS);
  }

  @Override
  public Description describe(Definition definition) {
    return Description.NONE.withSubject("a door");
  }

  @Override
  public Provider create(Definition definition, PluginContext context) {
    return new Provider() {
      @Override
      public Grant grant(StepRequest request) {
        definition.endpoint(ADDRESS).orElseThrow();
        return Token.of(PASS, definition.secret(PASSWORD).orElseThrow(), null);
      }

      @Override
      public Optional<Map<String, String>> cacheKey() {
        return Optional.of(definition.values(ADDRESS));
      }
    };
  }
}
