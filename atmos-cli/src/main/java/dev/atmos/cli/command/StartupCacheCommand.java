package dev.atmos.cli.command;

import dev.atmos.cli.port.Installation;
import dev.atmos.services.Services;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos startup-cache}: makes the start-up caches where atmos is unpacked. */
final class StartupCacheCommand {
  private StartupCacheCommand() {}

  static Object spec(Services context) {
    Callable<Integer> command =
        () -> {
          context.service(Installation.class).makeStartupCaches(context.console());
          return 0;
        };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.usageMessage()
        .description(
            "Makes the start-up caches anew, in the directory where atmos is unpacked. They make"
                + " every command start several times as fast. The portable archive needs this"
                + " once, and again after its Java was updated; the archives with a Java of their"
                + " own bring their caches with them.");
    return spec;
  }
}
