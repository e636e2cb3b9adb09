package dev.atmos.auth.command;

import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.auth.WebConsole;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.services.command.CommandSyntax;
import dev.atmos.services.command.DirectCommand;
import dev.atmos.services.command.OutputOption;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of {@code atmos auth} share. A command declares each of its options in the
 * field that reads it.
 */
public abstract class AuthCommand implements DirectCommand {
  /** The value of {@code --identity} without a name. It can't be typed. */
  static final String PICK = "\u0000";

  static final String NAME = "NAME";

  final AuthEngine engine;
  final Services services;
  final CommandSyntax syntax = new CommandSyntax();

  AuthCommand(AuthEngine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  @Override
  public final CommandSyntax syntax() {
    return syntax;
  }

  // ---- options

  final CommandOption identity(String meaning) {
    return identityOption(
            meaning
                + " If it is left out: ATMOS_IDENTITY, else the default identity, else the"
                + " only one. Without a name: pick one from a list.")
        .optional(PICK);
  }

  /** An option for an identity, described in full. */
  final CommandOption identityOption(String description) {
    return withValue(NAME, "-i", "--identity")
        .candidates(new Names(AuthPart.IDENTITIES))
        .description(description);
  }

  final CommandOption provider(String meaning) {
    return withValue(NAME, "-p", "--provider")
        .candidates(new Names(AuthPart.PROVIDERS))
        .description(meaning);
  }

  final CommandOption tags(String meaning) {
    return withValue("TAG,...", "--tags").description(meaning);
  }

  final CommandOption region(String meaning) {
    return withValue("REGION", "--region")
        .candidates(new Regions())
        .description(
            meaning
                + " If it is left out: the identity's, else AWS_REGION, else that of your AWS"
                + " profile, else the provider's.");
  }

  final CommandOption only() {
    return flag(
        "--only",
        "Hide your own AWS profiles and those of other identities, which programs can use as"
            + " well.");
  }

  final CommandOption withValue(String label, String... names) {
    return syntax.add(CommandOption.withValue(label, names));
  }

  final CommandOption flag(String name, String meaning, String... otherNames) {
    String[] names = new String[1 + otherNames.length];
    names[0] = name;
    System.arraycopy(otherNames, 0, names, 1, otherNames.length);
    return syntax.add(CommandOption.flag(names).description(meaning));
  }

  final CommandOption keys() {
    return flag(
        "--static",
        "Hand over the keys themselves, which nothing renews, instead of a profile that asks for"
            + " them.");
  }

  final OutputOption output(OutputOption output) {
    output.addTo(syntax);
    return output;
  }

  final CommandParameter word(String meaning) {
    return syntax.add(
        CommandParameter.one(NAME, meaning).candidates(new Names(AuthPart.IDENTITIES)));
  }

  final CommandParameter words(String label, String meaning) {
    return syntax.add(CommandParameter.several(label, meaning));
  }

  /** The names of a part of the configuration, looked up when a shell asks for them. */
  final class Names implements Iterable<String> {
    private final AuthPart part;

    Names(AuthPart part) {
      this.part = part;
    }

    @Override
    public Iterator<String> iterator() {
      ConfiguredAuthNames names = new ConfiguredAuthNames(services);
      return switch (part) {
        case PROVIDERS -> names.providers().iterator();
        case IDENTITIES -> names.identities().iterator();
        case INTEGRATIONS -> names.integrations().iterator();
      };
    }
  }

  /** Looked up when a shell asks for them. */
  private final class Regions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return services.service(WebConsole.class).regions().iterator();
    }
  }

  /** Fails if more than one of the ways to select something was used. */
  static void requireOne(String sentence, boolean... used) {
    int count = 0;
    for (boolean each : used) {
      count += each ? 1 : 0;
    }
    if (count > 1) {
      throw new AtmosException(ExitCode.USAGE, sentence, "use one of them");
    }
  }

  // ---- output

  final void say(String line) {
    services.console().say(line);
  }

  final void answerJson(@Nullable Object tree) {
    services.console().answer(services.service(DataFormats.class).json(tree));
  }
}
