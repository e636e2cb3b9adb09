package dev.atmos.auth.command;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.terminal.SelectPrompt;
import dev.atmos.auth.terminal.TerminalMode;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the identity or provider of a command, by asking the user where that is possible. */
final class IdentitySelector {
  private static final String FIX = "name one: --identity NAME";
  private static final String PROVIDER_FIX = "name one: --provider NAME";

  private final AuthEngine engine;
  private final Services services;
  private @Nullable AuthGraph graph;

  private IdentitySelector(AuthEngine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  static IdentitySelector of(AuthEngine engine) {
    return new IdentitySelector(engine);
  }

  AuthGraph graph() {
    AuthGraph known = graph;
    if (known == null) {
      known = AuthGraph.of(services);
      graph = known;
    }
    return known;
  }

  /**
   * The name of the identity; empty for what the environment offers.
   *
   * @param option the value of {@code --identity}
   * @param word the name that was given without an option
   * @param asks whether the user may be asked although a bare {@code --identity} wasn't given
   */
  Optional<String> identity(@Nullable String option, @Nullable String word, boolean asks) {
    if (option != null && word != null) {
      throw new AtmosException(
          ExitCode.USAGE,
          "both " + DisplayNames.quoted(word) + " and --identity name an identity",
          "leave one of them out");
    }
    String wanted = option == null ? word : option;
    if (wanted != null && wanted.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE, option == null ? "the name is empty" : "--identity is empty", FIX);
    }
    if (AuthOptions.PICK.equals(wanted)) {
      return Optional.of(pick(graph().entries(AuthPart.IDENTITIES)));
    }
    if (wanted == null
        && asks
        && services.environment().nonEmpty("ATMOS_IDENTITY").isEmpty()
        && TerminalMode.of(services).asks()) {
      List<AuthEntry> defaults = graph().defaults();
      List<AuthEntry> all = graph().entries(AuthPart.IDENTITIES);
      if (defaults.size() > 1) {
        return Optional.of(pick(defaults));
      }
      if (defaults.isEmpty() && all.size() > 1) {
        return Optional.of(pick(all));
      }
    }
    return engine.identities().nameOf(wanted);
  }

  /** The same where what the environment offers won't do. */
  String configured(@Nullable String option, @Nullable String word, boolean asks) {
    return identity(option, word, asks).orElseThrow(this::none);
  }

  /** No identity is selected. */
  AtmosException none() {
    Optional<String> variable = services.environment().nonEmpty("ATMOS_IDENTITY");
    if (!graph().entries(AuthPart.IDENTITIES).isEmpty() && variable.isPresent()) {
      return new AtmosException(
          ExitCode.USAGE,
          "ATMOS_IDENTITY="
              + TerminalText.line(variable.get())
              + " turns identities off, and this command needs one",
          FIX);
    }
    return new AtmosException(
        ExitCode.USAGE,
        "no identities are configured",
        "they are configured below auth.identities of atmos.yaml; where atmos looked for it:"
            + " atmos config files");
  }

  /** Has the user pick an identity. */
  String pick(List<AuthEntry> identities) {
    if (identities.isEmpty()) {
      throw none();
    }
    List<SelectPrompt.Choice> choices = new ArrayList<>();
    for (AuthEntry identity : identities) {
      StringBuilder detail = new StringBuilder(identity.kind());
      identity.parent().ifPresent(parent -> detail.append(" via ").append(parent.name()));
      if (identity.alias() != null) {
        detail.append(", alias ").append(identity.alias().text());
      }
      if (identity.isDefault()) {
        detail.append(", default");
      }
      choices.add(new SelectPrompt.Choice(identity.name(), detail.toString()));
    }
    return SelectPrompt.pick(services, "identity", choices, FIX);
  }

  /** The provider of a name. */
  String provider(String wanted) {
    if (wanted.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, "--provider is empty", PROVIDER_FIX);
    }
    List<AuthEntry> found = graph().find(AuthPart.PROVIDERS, wanted);
    if (found.size() == 1) {
      return found.get(0).name();
    }
    if (!found.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "provider "
              + DisplayNames.quoted(wanted)
              + " could be any of "
              + DisplayNames.list(names(found)),
          "choose one, spelled as in the configuration");
    }
    List<String> names = names(graph().entries(AuthPart.PROVIDERS));
    List<String> nearest = NearestNames.of(wanted, names);
    String hint = "configured: " + DisplayNames.list(names);
    if (names.isEmpty()) {
      hint = "no providers are configured";
    } else if (!nearest.isEmpty()) {
      hint = "did you mean " + DisplayNames.alternatives(nearest) + "?";
    }
    throw new AtmosException(
        ExitCode.USAGE, "unknown provider " + DisplayNames.quoted(wanted), hint);
  }

  /** The only provider, or one that the user picks. */
  String anyProvider() {
    List<AuthEntry> providers = graph().entries(AuthPart.PROVIDERS);
    if (providers.size() == 1) {
      return providers.get(0).name();
    }
    List<SelectPrompt.Choice> choices = new ArrayList<>();
    for (AuthEntry provider : providers) {
      choices.add(new SelectPrompt.Choice(provider.name(), provider.kind()));
    }
    return SelectPrompt.pick(services, "provider", choices, PROVIDER_FIX);
  }

  /** The identities with one of these tags. */
  List<AuthEntry> tagged(List<String> tags) {
    List<AuthEntry> tagged = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (AuthEntry identity : graph().entries(AuthPart.IDENTITIES)) {
      boolean has = false;
      for (String tag : identity.tags()) {
        if (!known.contains(tag)) {
          known.add(tag);
        }
        for (String wanted : tags) {
          has |= tag.equalsIgnoreCase(wanted);
        }
      }
      if (has) {
        tagged.add(identity);
      }
    }
    if (tagged.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "no identity has the tag " + DisplayNames.alternatives(tags),
          known.isEmpty() ? "no identity has tags" : "tags in use: " + DisplayNames.list(known));
    }
    return tagged;
  }

  private static List<String> names(List<AuthEntry> entries) {
    return entries.stream().map(AuthEntry::name).toList();
  }
}
