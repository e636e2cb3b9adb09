package dev.atmos.auth;

import dev.atmos.auth.command.AuthCommand;
import dev.atmos.auth.command.AwsProfilesCommand;
import dev.atmos.auth.command.ConsoleCommand;
import dev.atmos.auth.command.CredentialProcessCommand;
import dev.atmos.auth.command.EnvCommand;
import dev.atmos.auth.command.ExecCommand;
import dev.atmos.auth.command.ListCommand;
import dev.atmos.auth.command.LoginCommand;
import dev.atmos.auth.command.LogoutCommand;
import dev.atmos.auth.command.ServeCommand;
import dev.atmos.auth.command.ShellCommand;
import dev.atmos.auth.command.ShellInitCommand;
import dev.atmos.auth.command.StatusCommand;
import dev.atmos.auth.command.UseCommand;
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
import dev.atmos.services.auth.DerivedSecrets;
import dev.atmos.services.auth.IdentityStanding;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.command.DirectCommand;
import dev.atmos.services.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The engine of identities: chains, sessions, stores and the commands of {@code atmos auth}. It
 * knows no kind; those come from other plugins by the registry.
 */
public final class AuthPlugin implements ServicePlugin {
  private static final List<String> PATHS =
      List.of(
          "auth console",
          "auth credential-process",
          "auth env",
          "auth exec",
          "auth list",
          "auth login",
          "auth logout",
          "auth serve",
          "auth shell",
          "auth shell-init",
          "auth status",
          "auth use",
          "auth user configure",
          "auth validate",
          "auth whoami",
          "aws profiles");

  @Override
  public List<PluginCommand> commands() {
    List<PluginCommand> commands = new ArrayList<>();
    for (String path : PATHS) {
      commands.add(PluginCommand.of(path, new CommandFactory(path)));
    }
    return commands;
  }

  @Override
  public DirectCommand direct(String path, Services services) {
    return command(path, services);
  }

  private static AuthCommand command(String path, Services services) {
    AuthEngine engine = new AuthEngine(services);
    return switch (path) {
      case "auth console" -> new ConsoleCommand(engine);
      case "auth credential-process" -> new CredentialProcessCommand(engine);
      case "auth env" -> new EnvCommand(engine);
      case "auth exec" -> new ExecCommand(engine);
      case "auth list" -> new ListCommand(engine);
      case "auth login" -> new LoginCommand(engine);
      case "auth logout" -> new LogoutCommand(engine);
      case "auth serve" -> new ServeCommand(engine);
      case "auth shell" -> new ShellCommand(engine);
      case "auth shell-init" -> new ShellInitCommand(engine);
      case "auth status" -> new StatusCommand(engine);
      case "auth use" -> new UseCommand(engine);
      case "auth user configure" -> new UserConfigureCommand(engine);
      case "auth validate" -> new ValidateCommand(engine);
      case "auth whoami" -> new WhoamiCommand(engine);
      case "aws profiles" -> new AwsProfilesCommand(engine);
      default -> throw new IllegalArgumentException(path);
    };
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
        service(DerivedSecrets.class),
        service(IdentityStanding.Source.class),
        service(Integrations.class),
        service(WorkRegion.Finder.class));
  }

  private static <T> Service<T> service(Class<T> type) {
    return new Service<>(type, new ServiceFactory<>(type));
  }

  // Classes, because all commands and services are named in each run, and Java takes its time to
  // link a lambda.

  private record CommandFactory(String path) implements Function<PluginContext, Object> {
    @Override
    public Object apply(PluginContext context) {
      return command(path, Services.of(context)).spec();
    }
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
      if (type == IdentityStanding.Source.class) {
        return type.cast(engine.standings());
      }
      if (type == DerivedSecrets.class) {
        return type.cast(engine.derivedSecrets());
      }
      return type.cast(
          type == Integrations.class ? engine.integrations() : new WorkRegionFinder(engine));
    }
  }
}
