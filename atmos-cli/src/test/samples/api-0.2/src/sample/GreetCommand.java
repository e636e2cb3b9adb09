package sample;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.context.PluginContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "greet", mixinStandardHelpOptions = true, description = "Greets someone.")
final class GreetCommand implements Callable<Integer> {
  private final PluginContext context;

  @Option(names = "--identity", description = "Say whose key it is.")
  String identity;

  @Parameters(arity = "0..1", defaultValue = "world")
  String name;

  GreetCommand(PluginContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (name.equals("wall")) {
      throw new AtmosException(ExitCode.DENIED, "the wall doesn't answer", "greet a person");
    }
    String greeting =
        context.config("sample").flatMap(section -> section.text("greeting")).orElse("Hello");
    context.console().answer(greeting + ", " + name + "\n");
    if (identity != null) {
      AwsCredentials credentials = context.service(Identities.class).credentials(identity);
      context.console().answer(credentials.accessKeyId() + "\n");
    }
    return 0;
  }
}
