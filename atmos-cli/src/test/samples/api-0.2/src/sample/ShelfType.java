package sample;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code sample-store}: keeps secrets until the program ends. */
final class ShelfType implements CredentialStoreType {
  @Override
  public String kind() {
    return "sample-store";
  }

  @Override
  public CredentialStore create(Definition settings, PluginContext context) {
    Map<CredentialKey, Secret> shelf = new ConcurrentHashMap<>();
    return new CredentialStore() {
      @Override
      public Optional<Secret> read(CredentialKey key) {
        return Optional.ofNullable(shelf.get(key));
      }

      @Override
      public void write(CredentialKey key, Secret value) {
        shelf.put(key, value);
        context.console().say("the shelf has a new " + key.kind());
      }

      @Override
      public boolean delete(CredentialKey key) {
        return shelf.remove(key) != null;
      }

      @Override
      public List<CredentialKey> keys() {
        return List.copyOf(shelf.keySet());
      }
    };
  }
}
