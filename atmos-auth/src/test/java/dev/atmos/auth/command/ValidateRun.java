package dev.atmos.auth;

import dev.atmos.auth.command.ValidateCommand;
import dev.atmos.auth.config.Kinds;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.kind.IdentityTypes;
import dev.atmos.services.kind.IntegrationTypes;
import dev.atmos.services.testing.FakeServices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A run of {@code atmos auth validate}.
 *
 * @param answered what was written to standard output
 * @param said what was said on standard error
 */
record ValidateRun(int exitCode, String answered, String said) {

  /** On that text of {@code atmos.yaml}, with every kind supplied whose fields are known. */
  static ValidateRun of(String yaml, String... args) {
    return of(new FakeServices().withConfig(YamlConfig.root(yaml)), Kinds.IDENTITIES, args);
  }

  /** In that context, with those kinds supplied. */
  static ValidateRun of(FakeServices context, List<String> kinds, String... args) {
    return of(context, kinds, List.of(), args);
  }

  /** In that context, with those kinds of identities and of integrations supplied. */
  static ValidateRun of(
      FakeServices context, List<String> kinds, List<String> integrations, String... args) {
    context.withService(DataFormats.class, new JavaText());
    context.withService(IdentityTypes.class, new NamedTypes(kinds));
    context.withService(IntegrationTypes.class, new NamedIntegrations(integrations));
    CommandLine command = new CommandLine(ValidateCommand.spec(context));
    command.parseArgs(args);
    int exitCode = ((ValidateCommand) command.getCommand()).call();
    return new ValidateRun(exitCode, context.console().answered(), context.console().said());
  }

  private record NamedTypes(List<String> kinds) implements IdentityTypes {
    @Override
    public Optional<IdentityType> find(String kind) {
      return Optional.empty();
    }
  }

  private record NamedIntegrations(List<String> kinds) implements IntegrationTypes {
    @Override
    public Optional<IntegrationType> find(String kind) {
      return Optional.empty();
    }
  }

  /** Shows the tree as Java does. */
  private static final class JavaText implements DataFormats {
    @Override
    public String json(@Nullable Object tree) {
      return show(tree) + "\n";
    }

    @Override
    public String yaml(@Nullable Object tree) {
      throw new UnsupportedOperationException();
    }

    private static String show(@Nullable Object value) {
      if (value instanceof Map<?, ?> map) {
        StringBuilder text = new StringBuilder();
        map.forEach((key, below) ->
            text.append(text.isEmpty() ? "" : ", ").append(key).append('=').append(show(below)));
        return "{" + text + "}";
      }
      return value instanceof List<?> list
          ? list.stream().map(JavaText::show).toList().toString()
          : String.valueOf(value);
    }
  }
}
