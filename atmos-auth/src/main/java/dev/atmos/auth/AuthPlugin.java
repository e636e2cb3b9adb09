package dev.atmos.auth;

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
import dev.atmos.auth.command.StatusPromptCommand;
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
import dev.atmos.services.DirectCommand;
import dev.atmos.services.Service;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.DerivedSecrets;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.auth.WorkRegion;
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
  private static final String CREDENTIAL_PROCESS = "auth credential-process";
  private static final String STATUS = "auth status";

  private static final List<String> PATHS =
      List.of(
          "auth console",
          CREDENTIAL_PROCESS,
          "auth env",
          "auth exec",
          "auth list",
          "auth login",
          "auth logout",
          "auth serve",
          "auth shell",
          "auth shell-init",
          STATUS,
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
  public @Nullable DirectCommand direct(String path, Services services) {
    if (path.equals(CREDENTIAL_PROCESS)) {
      return new CredentialProcessCommand(new AuthEngine(services));
    }
    return path.equals(STATUS) ? new StatusPromptCommand(new AuthEngine(services)) : null;
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
      AuthEngine engine = new AuthEngine(Services.of(context));
      return switch (path) {
        case "auth console" -> ConsoleCommand.spec(engine);
        case CREDENTIAL_PROCESS -> new CredentialProcessCommand(engine).spec();
        case "auth env" -> EnvCommand.spec(engine);
        case "auth exec" -> ExecCommand.spec(engine);
        case "auth list" -> ListCommand.spec(engine);
        case "auth login" -> LoginCommand.spec(engine);
        case "auth logout" -> LogoutCommand.spec(engine);
        case "auth serve" -> ServeCommand.spec(engine);
        case "auth shell" -> ShellCommand.spec(engine);
        case "auth shell-init" -> ShellInitCommand.spec(engine);
        case STATUS -> StatusCommand.spec(engine);
        case "auth use" -> UseCommand.spec(engine);
        case "auth user configure" -> UserConfigureCommand.spec(engine);
        case "auth validate" -> ValidateCommand.spec(engine);
        case "auth whoami" -> WhoamiCommand.spec(engine);
        case "aws profiles" -> AwsProfilesCommand.spec(engine);
        default -> throw new IllegalArgumentException(path);
      };
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
      if (type == DerivedSecrets.class) {
        return type.cast(engine.derivedSecrets());
      }
      return type.cast(
          type == Integrations.class ? engine.integrations() : new WorkRegionFinder(engine));
    }
  }
}
