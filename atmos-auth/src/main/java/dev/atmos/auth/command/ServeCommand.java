package dev.atmos.auth.command;

import dev.atmos.auth.env.EnvFile;
import dev.atmos.auth.env.EnvFormat;
import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code atmos auth serve}: credentials for programs that ask an address for them. */
public final class ServeCommand extends AuthCommand {
  private static final int MOST_PORT = 65535;

  private final CommandOption identity = identity("The identity to serve.");
  private final CommandOption port =
      withValue("PORT", "--port")
          .description("The port on 127.0.0.1; any that is free if it is left out.");
  private final OutputOption format = output(EnvFormat.option());
  private final CommandOption outputFile =
      withValue("FILE", "-o", "--output-file")
          .description("Write the variables to this file, which only you can read then.");
  private final CommandParameter words =
      syntax.add(
          CommandParameter.several(NAME, "The identities to serve, each at a path of its own.")
              .candidates(new Names(AuthPart.IDENTITIES)));

  /** The command over this engine. */
  public ServeCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis("atmos auth serve [NAME...] [--port PORT] [-f FORMAT] [-o FILE] [options]");
    syntax.description(
        "Serve credentials on 127.0.0.1 to programs that can't run atmos, such as those in"
            + " containers, in the way in which AWS's containers get theirs. The variables that it"
            + " prints lead every AWS SDK there; one of them is a token, without which nothing is"
            + " answered. The credentials are renewed for as long as you are signed in; if you"
            + " aren't, you are asked to sign in first.",
        "It ends with Ctrl-C, and with the program that has started it.");
    syntax.examples(
        "  atmos auth serve dev -f env -o dev.env &",
        "  docker run --network host --env-file dev.env amazon/aws-cli s3 ls",
        "",
        "  atmos auth serve dev ops --port 4144",
        "  podman run --network pasta:-T,4144 ...");
  }

  @Override
  public int run() {
    EnvFormat form = EnvFormat.of(format);
    List<String> names = names();
    if (form == EnvFormat.GITHUB) {
      throw new AtmosException(
          ExitCode.USAGE,
          "what serves a job ends with the step that starts it",
          "for the next steps of a job: atmos auth env -f github");
    }
    if (names.size() > 1 && form.isData()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "the format " + format.format() + " has room for the variables of one identity",
          "start atmos auth serve once for each, or choose a shell's format, such as -f bash,"
              + " in which each has its own lines");
    }
    Path file = file();
    List<IdentityEnvironment> environments =
        names.stream()
            .map(name -> IdentityEnvironment.of(engine, name, null, false).allowed(false))
            .toList();
    names.forEach(name -> EnsureSignedIn.ifNeeded(engine, name));
    try (CallbackListener listener = services.network().listen(checkedPort())) {
      CredentialServer server = new CredentialServer(engine, listener, names);
      StringBuilder text = new StringBuilder();
      List<CredentialServer.Served> served = server.served();
      for (int i = 0; i < served.size(); i++) {
        CredentialServer.Served each = served.get(i);
        if (served.size() > 1) {
          text.append(form.remark(TerminalText.line(each.name())));
        }
        text.append(
            form.write(
                environments.get(i).container(each.address(), each.token()), false, services));
      }
      if (file == null) {
        services.console().answer(text.toString());
      } else {
        EnvFile.write(services, file, form, text.toString(), true);
      }
      say(
          "Serving "
              + DisplayNames.list(names)
              + " on 127.0.0.1:"
              + listener.port()
              + "; Ctrl-C ends it");
      server.run();
      return 0;
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED,
          "can't listen on 127.0.0.1: " + TerminalText.line(String.valueOf(e.getMessage())),
          "choose another port: --port PORT",
          e);
    }
  }

  private List<String> names() {
    EntrySelector selector = EntrySelector.of(engine);
    List<String> wanted = words.values();
    if (wanted.isEmpty()) {
      return List.of(selector.configured(identity.value(), null, true));
    }
    requireOne("both words and --identity name identities", true, identity.value() != null);
    return wanted.stream()
        .map(word -> selector.named(AuthPart.IDENTITIES, word).name())
        .distinct()
        .toList();
  }

  private int checkedPort() {
    try {
      int chosen = Integer.parseInt(port.valueOr("0"));
      if (chosen >= 0 && chosen <= MOST_PORT) {
        return chosen;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new AtmosException(ExitCode.USAGE, "--port is not a port", "for example: --port 4144");
  }

  private @Nullable Path file() {
    String named = outputFile.value();
    try {
      return named == null ? null : services.directories().workingDirectory().resolve(named);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, "--output-file is not a valid path");
    }
  }
}
