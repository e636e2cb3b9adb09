package sample;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;

/** {@code sample/key}: the least that a kind has to be. */
final class KeyType implements IdentityType {
  @Override
  public String kind() {
    return "sample/key";
  }

  @Override
  public Identity create(Definition definition, PluginContext context) {
    return request ->
        AwsCredentials.of(
            definition.requiredText("id"), definition.secret("secret").orElseThrow(), null, null);
  }
}
