package dev.atmos.auth.command;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.FakeDataFormats;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import picocli.CommandLine;

/**
 * A run of {@code atmos auth validate}.
 *
 * @param answered what was written to standard output
 * @param said what was written to standard error
 */
public record ValidateRun(int exitCode, String answered, String said) {

  /** On that text of {@code atmos.yaml}, with the built-in kinds. */
  public static ValidateRun of(String yaml, String... args) {
    FakeServices services = new FakeServices().withConfig(YamlConfig.root(yaml));
    return of(AuthTestContext.addBuiltInKinds(services), args);
  }

  /** Over these services. */
  public static ValidateRun of(FakeServices services, String... args) {
    services.withService(DataFormats.class, new FakeDataFormats());
    ValidateCommand command = new ValidateCommand(new AuthEngine(services));
    new CommandLine(command.spec()).parseArgs(args);
    int exitCode = command.run();
    return new ValidateRun(exitCode, services.console().answered(), services.console().said());
  }
}
