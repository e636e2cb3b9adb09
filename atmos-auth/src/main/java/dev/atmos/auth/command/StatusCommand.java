package dev.atmos.auth.command;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.CurrentIdentity;
import dev.atmos.auth.model.StaticValues;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.StatusReader;
import dev.atmos.auth.status.EntryStatus;
import dev.atmos.auth.status.StatusReport;
import dev.atmos.auth.status.StatusText;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.auth.ProvisionedFile;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.services.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code atmos auth status}: who is signed in to what, and until when. */
public final class StatusCommand extends AuthCommand {
  private final OptionSpec prompt =
      flag(
          StatusPromptCommand.PROMPT,
          "Print the current identity in one word, for the prompt of a shell.");
  private final OutputOption output = output(OutputOption.of("text", "json"));

  private StatusCommand(AuthEngine engine) {
    super(engine);
    spec.usageMessage().customSynopsis("atmos auth status [--prompt | -o FORMAT] [options]");
    description(
        "List all sign-ins and identities, with the time that is left, and the command for what is"
            + " missing. It uses no network and asks nothing.",
        "With --prompt, it prints the identity that commands use if you name none, and until when"
            + " you are signed in: dev:7h, dev:expired, dev:signed-out; or dev, where no sign-in is"
            + " needed, or it is renewed. It asks no keyring, makes no value of a tag, and prints"
            + " nothing if there is no such identity.");
    examples(
        "  atmos auth status",
        "  atmos auth status --output json",
        "  PS1='$(atmos auth status --prompt) \\$ '     for bash; docs/status.md has others");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    return new StatusCommand(engine).spec;
  }

  @Override
  public Integer call() {
    if (isGiven(prompt)) {
      if (output.isGiven()) {
        throw new AtmosException(
            ExitCode.USAGE, "--prompt and --output don't go together", "use one of them");
      }
      return new StatusPromptCommand(engine).run();
    }
    boolean json = output.isJson();
    StatusReader reader = engine.sessions().status(false);
    ConfigMap auth = services.configMap(AuthFields.AUTH).orElse(null);
    List<EntryStatus> providers = new ArrayList<>();
    for (String name : names(auth, AuthPart.PROVIDERS)) {
      providers.add(reader.provider(name));
    }
    List<EntryStatus> identities = new ArrayList<>();
    for (String name : names(auth, AuthPart.IDENTITIES)) {
      identities.add(reader.identity(name));
    }
    StatusReport report =
        new StatusReport(CurrentIdentity.of(services).orElse(null), providers, identities);
    if (json) {
      answerJson(report.tree());
    } else if (providers.isEmpty() && identities.isEmpty()) {
      say(
          "atmos: no providers or identities are configured; where atmos looked for them: atmos"
              + " config files");
    } else {
      services.console().answer(new StatusText(services).text(report));
    }
    return 0;
  }

  /** Those that the user has written before those that a provider has offered. */
  private static List<String> names(@Nullable ConfigMap auth, AuthPart part) {
    List<String> names = new ArrayList<>();
    if (StaticValues.value(auth, part.key()) instanceof ConfigMap map) {
      List<String> offered = new ArrayList<>();
      map.entries()
          .forEach((name, entry) -> {
            String file = entry.keyPosition().source().name();
            (ProvisionedFile.isOne(file) ? offered : names).add(name);
          });
      names.addAll(offered);
    }
    return names;
  }
}
