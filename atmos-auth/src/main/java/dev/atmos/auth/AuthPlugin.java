package dev.atmos.auth;

import dev.atmos.auth.command.ConsoleCommand;
import dev.atmos.auth.command.AwsProfilesCommand;
import dev.atmos.auth.command.CredentialProcessCommand;
import dev.atmos.auth.command.EnvCommand;
import dev.atmos.auth.command.ExecCommand;
import dev.atmos.auth.command.ListCommand;
import dev.atmos.auth.command.LoginCommand;
import dev.atmos.auth.command.LogoutCommand;
import dev.atmos.auth.command.ServeCommand;
import dev.atmos.auth.command.ShellCommand;
import dev.atmos.auth.command.StatusCommand;
import dev.atmos.auth.command.UseCommand;
import dev.atmos.auth.command.ShellInitCommand;
import dev.atmos.auth.command.UserConfigureCommand;
import dev.atmos.auth.command.ValidateCommand;
import dev.atmos.auth.command.WhoamiCommand;
import dev.atmos.auth.env.WorkRegionFinder;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthSchema;
import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.store.BuiltInStores;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.Service;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.config.ConfigMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The engine of identities: chains, sessions, stores and the commands of {@code atmos auth}. It
 * knows no kind; those come from other plugins by the registry.
 */
public final class AuthPlugin implements ServicePlugin {

  @Override
  public List<PluginCommand> commands() {
    return List.of(
        command("auth console", ConsoleCommand::spec),
        command("auth credential-process", CredentialProcessCommand::spec),
        command("auth env", EnvCommand::spec),
        command("auth exec", ExecCommand::spec),
        command("auth list", ListCommand::spec),
        command("auth login", LoginCommand::spec),
        command("auth logout", LogoutCommand::spec),
        command("auth serve", ServeCommand::spec),
        command("auth shell", ShellCommand::spec),
        command("auth shell-init", ShellInitCommand::spec),
        command("auth status", StatusCommand::spec),
        command("auth use", UseCommand::spec),
        command("auth user configure", UserConfigureCommand::spec),
        command("auth validate", ValidateCommand::spec),
        command("auth whoami", WhoamiCommand::spec),
        command("aws profiles", AwsProfilesCommand::spec));
  }

  private static PluginCommand command(String path, Function<AuthEngine, CommandSpec> factory) {
    return PluginCommand.of(path, context -> factory.apply(engine(context)));
  }

  private static AuthEngine engine(PluginContext context) {
    return new AuthEngine(Services.of(context));
  }

  @Override
  public List<CredentialStoreType> stores() {
    return BuiltInStores.types();
  }

  @Override
  public List<ConfigSection> sections(Services services) {
    return List.of(
        ConfigSection.of(AuthFields.AUTH, () -> AuthSchema.of(services, section(services))));
  }

  /**
   * The section, by which the kinds of third parties are found that it uses; null where it isn't
   * there or can't be read. Commands that explain a broken file, print its schema or approve it
   * have to work on it; the others report what is wrong with it themselves.
   */
  private static @Nullable ConfigMap section(Services services) {
    try {
      return services.configMap(AuthFields.AUTH).orElse(null);
    } catch (AtmosException e) {
      return null;
    }
  }

  @Override
  public List<Service<?>> services() {
    return List.of(
        service(Identities.class),
        service(ConfiguredNames.class),
        service(Integrations.class),
        service(WorkRegion.Finder.class));
  }

  private static <T> Service<T> service(Class<T> type) {
    return new Service<>(type, new ServiceFactory<>(type));
  }

  /** One class, because all services are named on the token path, where each class is costly. */
  private record ServiceFactory<T>(Class<T> type) implements Function<Services, T> {
    @Override
    public T apply(Services services) {
      AuthEngine engine = new AuthEngine(services);
      if (type == Identities.class) {
        return type.cast(engine.identities());
      }
      if (type == ConfiguredNames.class) {
        return type.cast(new ConfiguredAuthNames(services));
      }
      return type.cast(
          type == Integrations.class ? engine.integrations() : new WorkRegionFinder(engine));
    }
  }
}
