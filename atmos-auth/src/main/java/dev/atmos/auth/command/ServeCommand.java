package dev.atmos.auth.command;

import dev.atmos.auth.env.EnvFile;
import dev.atmos.auth.env.EnvFormat;
import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos auth serve}: credentials for programs that ask an address for them. */
public final class ServeCommand extends AuthCommand {
  private static final int MOST_PORT = 65535;

  private final OptionSpec identity = identity("The identity to serve.");
  private final OptionSpec port =
      add(
          OptionSpec.builder("--port")
              .arity("1")
              .type(int.class)
              .paramLabel("PORT")
              .defaultValue("0")
              .description("The port on 127.0.0.1; any that is free if it is left out."));
  private final OutputOption format = output(EnvFormat.option());
  private final OptionSpec outputFile =
      add(
          withValue("FILE", "-o", "--output-file")
              .description("Write the variables to this file, which only you can read then."));
  private final PositionalParamSpec words =
      add(
          PositionalParamSpec.builder()
              .index("0..*")
              .arity("0..*")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .paramLabel(NAME)
              .completionCandidates(names(ConfiguredAuthNames::identities))
              .description("The identities to serve, each at a path of its own."));

  private ServeCommand(AuthEngine engine) {
    super(engine);
    spec.usageMessage()
        .customSynopsis("atmos auth serve [NAME...] [--port PORT] [-f FORMAT] [-o FILE] [options]");
    description(
        "Serve credentials on 127.0.0.1 to programs that can't run atmos, such as those in"
            + " containers, in the way in which AWS's containers get theirs. The variables that it"
            + " prints lead every AWS SDK there; one of them is a token, without which nothing is"
            + " answered. The credentials are renewed for as long as you are signed in; if you"
            + " aren't, you are asked to sign in first.",
        "It ends with Ctrl-C, and with the program that has started it.");
    examples(
        "  atmos auth serve dev -f env -o dev.env &",
        "  docker run --network host --env-file dev.env amazon/aws-cli s3 ls",
        "",
        "  atmos auth serve dev ops --port 4144",
        "  podman run --network pasta:-T,4144 ...");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    return new ServeCommand(engine).spec;
  }

  @Override
  public Integer call() {
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
                environments.get(i).container(each.address(), each.token()),
                false,
                () -> services.service(DataFormats.class)));
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
    List<String> wanted = values(words);
    if (wanted.isEmpty()) {
      return List.of(selector.configured(value(identity), null, true));
    }
    requireOne("both words and --identity name identities", true, value(identity) != null);
    return wanted.stream()
        .map(word -> selector.named(AuthPart.IDENTITIES, word).name())
        .distinct()
        .toList();
  }

  private int checkedPort() {
    int chosen = port.<Integer>getValue();
    if (chosen < 0 || chosen > MOST_PORT) {
      throw new AtmosException(ExitCode.USAGE, "--port is not a port", "for example: --port 4144");
    }
    return chosen;
  }

  private @Nullable Path file() {
    String named = value(outputFile);
    try {
      return named == null ? null : services.directories().workingDirectory().resolve(named);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, "--output-file is not a valid path");
    }
  }
}
