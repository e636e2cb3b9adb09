package dev.atmos.auth.command;

import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Session;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import java.util.List;
import java.util.Optional;

/** {@code atmos auth exec}: runs a program as an identity. */
public final class ExecCommand extends AuthCommand {
  private final CommandOption identity = identity("The identity of the program.");
  private final CommandOption region = region("The region that programs work in.");
  private final CommandOption only = only();
  private final CommandOption keys = keys();
  private final CommandOption each =
      withValue("NAME,...", "--each")
          .optional("")
          .description(
              "Run the program as each of these identities, or as each of --tags, in turn."
                  + " Their lines begin with the identity's name; they read nothing.");
  private final CommandOption tags = tags("With --each: the identities with one of these tags.");
  private final CommandOption parallel =
      withValue("N", "--parallel").description("With --each: so many at a time.");
  private final CommandParameter words = words("COMMAND", "The program and its arguments.");

  /** The command over this engine. */
  public ExecCommand(AuthEngine engine) {
    super(engine);
    syntax.endOptionsAtWord();
    syntax.synopsis(
        "atmos auth exec [NAME | -i NAME | --each[=NAME,...] [--tags TAG,...]",
        "                       [--parallel N]] [--region REGION] [--static] [options]",
        "                       -- COMMAND...");
    syntax.description(
        "Run a program as an identity. Other credentials of AWS are removed from its environment."
            + " Its own are renewed for as long as you are signed in; if you aren't, you are asked"
            + " to sign in first.",
        "The program takes the place of atmos: it has its terminal, its streams and its signals,"
            + " and atmos ends with its exit code; with 127 if the program doesn't exist, and with"
            + " 126 if it can't be run.",
        "With --each, the program runs as several identities. Standard error has a summary, and the"
            + " exit code is the highest of all.");
    syntax.examples(
        "  atmos auth exec prod -- terraform apply",
        "  atmos auth exec -- aws sts get-caller-identity",
        "  atmos auth exec --identity -- sh -c 'aws s3 ls | sort'",
        "  atmos auth exec --each --tags prod --parallel 4 -- aws s3 ls");
  }

  @Override
  public int run() {
    List<String> command = words.values();
    if (command.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "the command to run is missing",
          "type it after two dashes: atmos auth exec -- COMMAND");
    }
    List<String> before = syntax.beforeDashes();
    boolean isName = identity.value() == null && before.size() == 1 && command.size() > 2;
    String named = isName ? before.getFirst() : null;
    if (isName) {
      command = command.subList(2, command.size());
    }
    EntrySelector selector = EntrySelector.of(engine);
    if (each.value() != null) {
      return each(selector, command, isName || identity.value() != null);
    }
    if (tags.value() != null || parallel.value() != null) {
      throw new AtmosException(
          ExitCode.USAGE, "--tags and --parallel go with --each", "add: --each");
    }
    Optional<String> name = selector.identity(identity.value(), named, true);
    if (name.isEmpty()) {
      if (identity.value() == null
          && named == null
          && services.environment().nonEmpty("ATMOS_IDENTITY").isEmpty()) {
        throw selector.none();
      }
      // A user who turns identities off wants the environment as it is.
      return ChildProcess.give(services, null, command, List.of());
    }
    if (new ConfiguredAuthNames(services).identities().contains(command.getFirst())
        && !ChildProcess.isFound(services, command)) {
      say("It is an identity: atmos auth exec NAME -- COMMAND");
      return ChildProcess.NOT_FOUND;
    }
    EachIdentity.Ready ready = ready(name.get());
    return ChildProcess.give(services, ready.session(), command, ready.variables());
  }

  private EachIdentity.Ready ready(String name) {
    IdentityEnvironment environment =
        IdentityEnvironment.of(engine, name, region.value(), only.isGiven())
            .allowed(keys.isGiven());
    Session session = EnsureSignedIn.ifNeeded(engine, name);
    Optional<WorkRegion> found = environment.region();
    if (found.isPresent()) {
      found.get().show(services);
    }
    return new EachIdentity.Ready(
        session, ChildProcess.variables(environment, session, keys.isGiven()));
  }

  // ---- several identities

  private int each(EntrySelector selector, List<String> command, boolean named) {
    requireOne("an identity and --each don't go together", named, true);
    List<String> identities = identities(selector);
    int atOnce = atOnce();
    if (!ChildProcess.isFound(services, command)) {
      return ChildProcess.NOT_FOUND;
    }
    return new EachIdentity(services, command, identities).run(identities, this::ready, atOnce);
  }

  private List<String> identities(EntrySelector selector) {
    String names = String.valueOf(each.value());
    if (names.isEmpty() == (tags.value() == null)) {
      throw new AtmosException(
          ExitCode.USAGE,
          names.isEmpty() ? "--each names no identity" : "--each has names, and --tags is given",
          "say which: --each=NAME,NAME or --each --tags TAG,TAG");
    }
    List<AuthEntry> found =
        names.isEmpty()
            ? selector.tagged(tags.value())
            : EntrySelector.atCommas(names).stream()
                .map(name -> selector.named(AuthPart.IDENTITIES, name))
                .distinct()
                .toList();
    return EntrySelector.names(found);
  }

  private int atOnce() {
    String number = parallel.value();
    if (number == null) {
      return 1;
    }
    if (!number.matches("[1-9][0-9]?")) {
      throw new AtmosException(ExitCode.USAGE, "--parallel must be a number from 1 to 99");
    }
    return Integer.parseInt(number);
  }
}
