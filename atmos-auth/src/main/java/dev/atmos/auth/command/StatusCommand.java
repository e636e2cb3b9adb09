package dev.atmos.auth.command;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.CurrentIdentity;
import dev.atmos.auth.model.StaticValues;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.StatusReader;
import dev.atmos.auth.status.EntryStatus;
import dev.atmos.auth.status.StatusPrompt;
import dev.atmos.auth.status.StatusReport;
import dev.atmos.auth.status.StatusText;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.auth.ProvisionedFile;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code atmos auth status}: who is signed in to what, and until when. */
public final class StatusCommand extends AuthCommand {
  private final CommandOption prompt =
      flag("--prompt", "Print the current identity in one word, for the prompt of a shell.");
  private final OutputOption output = output(OutputOption.of("text", "json"));

  /** The command over this engine. */
  public StatusCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis("atmos auth status [--prompt | -o FORMAT] [options]");
    syntax.description(
        "List all sign-ins and identities, with the time that is left, and the command for what is"
            + " missing. It uses no network and asks nothing.",
        "With --prompt, it prints the identity that commands use if you name none, and until when"
            + " you are signed in: dev:7h, dev:expired, dev:signed-out; or dev, where no sign-in is"
            + " needed, or it is renewed. It asks no keyring, makes no value of a tag, and prints"
            + " nothing if there is no such identity.");
    syntax.examples(
        "  atmos auth status",
        "  atmos auth status --output json",
        "  PS1='$(atmos auth status --prompt) \\$ '     for bash; docs/status.md has others");
  }

  @Override
  public int run() {
    if (prompt.isGiven()) {
      if (output.isGiven()) {
        throw new AtmosException(
            ExitCode.USAGE, "--prompt and --output don't go together", "use one of them");
      }
      return prompt();
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

  /** Says nothing of what is wrong: that would stand before every line that the user types. */
  private int prompt() {
    try {
      Optional<CurrentIdentity> current = CurrentIdentity.of(services);
      if (current.isPresent()) {
        EntryStatus status = engine.sessions().status(true).identity(current.get().name());
        String word = StatusPrompt.of(status, services.localClock().instant());
        services.console().answer(word + "\n");
      }
    } catch (AtmosException e) {
      services.console().debug(e.sentence());
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
