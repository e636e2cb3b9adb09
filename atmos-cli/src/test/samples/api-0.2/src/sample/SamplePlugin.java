package sample;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.integration.IntegrationType;
import java.util.List;

/** One of everything that a plugin can add. */
public final class SamplePlugin implements Plugin {
  @Override
  public List<PluginCommand> commands() {
    return List.of(PluginCommand.of("sample greet", GreetCommand::new));
  }

  @Override
  public List<ProviderType> providers() {
    return List.of(new DoorType());
  }

  @Override
  public List<IdentityType> identities() {
    return List.of(new KeyType(), new RoleType());
  }

  @Override
  public List<IntegrationType> integrations() {
    return List.of(new NoteType());
  }

  @Override
  public List<CredentialStoreType> stores() {
    return List.of(new ShelfType());
  }

  @Override
  public List<ConfigSection> sections() {
    return List.of(
        ConfigSection.of(
            "sample",
            () ->
                Schema.object("Greetings.")
                    .optional("greeting", Schema.text("The first word.").withDefault("Hello"))));
  }
}
