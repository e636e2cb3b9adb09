package dev.atmos.auth.command;

import static java.util.Comparator.comparingInt;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ChosenIdentity;
import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.status.StatusText;
import dev.atmos.auth.terminal.SelectPrompt;
import dev.atmos.auth.terminal.SelectPrompt.Choice;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the entries that a command is about, by asking the user where that is possible. */
final class EntrySelector {
  private static final String FIX = "name one: --identity NAME";
  private static final String PROVIDER_FIX = "name one: --provider NAME";

  private final AuthEngine engine;
  private final Services services;
  private @Nullable AuthGraph graph;

  private EntrySelector(AuthEngine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  static EntrySelector of(AuthEngine engine) {
    return new EntrySelector(engine);
  }

  AuthGraph graph() {
    AuthGraph known = graph;
    if (known == null) {
      known = AuthGraph.of(services);
      graph = known;
    }
    return known;
  }

  List<AuthEntry> identities() {
    return graph().entries(AuthPart.IDENTITIES);
  }

  // ---- one identity

  /**
   * The name of the identity; empty for the credentials of the environment.
   *
   * @param option the value of {@code --identity}
   * @param word the name that was given without an option
   * @param asks whether the user may be asked even without a bare {@code --identity}
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
    if (AuthCommand.PICK.equals(wanted)) {
      return Optional.of(pick(identities()));
    }
    if (wanted == null) {
      Optional<String> chosen = new ConfiguredAuthNames(services).chosenIdentity();
      if (chosen.isPresent()) {
        return Optional.of(chosen(chosen.get()));
      }
    }
    if (wanted == null
        && asks
        && services.environment().nonEmpty("ATMOS_IDENTITY").isEmpty()
        && TerminalMode.of(services).asks()) {
      List<AuthEntry> candidates = graph().defaults().isEmpty() ? identities() : graph().defaults();
      if (candidates.size() > 1) {
        return Optional.of(pick(candidates));
      }
    }
    return engine.identities().nameOf(wanted);
  }

  /** An identity that was chosen, and may be gone. */
  private String chosen(String name) {
    try {
      return engine.identities().nameOf(name).orElseThrow();
    } catch (AtmosException e) {
      if (!(e.getCause() instanceof NoSuchElementException)) {
        throw e;
      }
      throw new AtmosException(
          ExitCode.USAGE,
          "identity " + DisplayNames.quoted(name) + ", which you have chosen, isn't configured",
          "choose another: atmos auth use NAME; or none: atmos auth use --unset",
          e);
    }
  }

  /** The same where the credentials of the environment won't do. */
  String configured(@Nullable String option, @Nullable String word, boolean asks) {
    Optional<String> name = identity(option, word, asks);
    if (name.isEmpty()) {
      throw none();
    }
    return name.get();
  }

  /** The failure of a command that needs an identity and has none. */
  AtmosException none() {
    Optional<String> variable = services.environment().nonEmpty("ATMOS_IDENTITY");
    if (!identities().isEmpty()) {
      String by =
          variable.map(value -> "ATMOS_IDENTITY=" + TerminalText.line(value)).orElse("--identity");
      return new AtmosException(
          ExitCode.USAGE, by + " turns identities off, and this command needs one", FIX);
    }
    return new AtmosException(
        ExitCode.USAGE,
        "no identities are configured",
        "they are configured below auth.identities of atmos.yaml; where atmos looked for it:"
            + " atmos config files",
        new NoSuchElementException());
  }

  /** Has the user pick an identity. */
  String pick(List<AuthEntry> identities) {
    if (identities.isEmpty()) {
      throw none();
    }
    ChosenIdentity chosen = new ChosenIdentity(services);
    List<String> recent = chosen.recent();
    List<Choice> choices =
        identities.stream()
            .sorted(comparingInt(identity -> rank(identity, recent)))
            .map(EntrySelector::choice)
            .toList();
    String picked = SelectPrompt.pick(services, "identity", choices, FIX);
    chosen.used(picked);
    return picked;
  }

  /** The recent ones are first, the last one before the others. */
  private static int rank(AuthEntry identity, List<String> recent) {
    int at = recent.indexOf(identity.name());
    return at < 0 ? recent.size() : at;
  }

  private static Choice choice(AuthEntry identity) {
    StringBuilder detail = new StringBuilder();
    String who = StatusText.who(identity.description());
    detail.append(who).append(who.isEmpty() ? "" : ", ").append(identity.kind());
    identity.parent().ifPresent(parent -> detail.append(" via ").append(parent.name()));
    if (identity.alias() != null) {
      detail.append(", alias ").append(identity.alias().shown());
    }
    if (identity.isDefault()) {
      detail.append(", default");
    }
    return new Choice(identity.name(), detail.toString());
  }

  // ---- one provider

  /** Whether a name is a provider's and no identity's. */
  boolean isProviderOnly(String name) {
    return graph().find(AuthPart.IDENTITIES, name).isEmpty()
        && graph().find(AuthPart.PROVIDERS, name).size() == 1;
  }

  /** The name of the provider. */
  String provider(String wanted) {
    if (wanted.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, "--provider is empty", PROVIDER_FIX);
    }
    return named(AuthPart.PROVIDERS, wanted).name();
  }

  /** The only provider, or one that the user picks. */
  String anyProvider() {
    List<AuthEntry> providers = graph().entries(AuthPart.PROVIDERS);
    return providers.size() == 1
        ? providers.getFirst().name()
        : SelectPrompt.pick(
            services,
            "provider",
            providers.stream().map(each -> new Choice(each.name(), each.kind())).toList(),
            PROVIDER_FIX);
  }

  // ---- names

  /** The entry of a name. */
  AuthEntry named(AuthPart part, String wanted) {
    List<AuthEntry> found = graph().find(part, wanted);
    if (found.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "unknown " + part.singular() + " " + DisplayNames.quoted(wanted),
          hint(part, wanted),
          new NoSuchElementException());
    }
    if (found.size() > 1) {
      throw new AtmosException(
          ExitCode.USAGE,
          part.singular()
              + " "
              + DisplayNames.quoted(wanted)
              + " could be any of "
              + DisplayNames.list(names(found)),
          "spell it as in the configuration");
    }
    return found.getFirst();
  }

  private String hint(AuthPart part, String wanted) {
    List<AuthEntry> entries = graph().entries(part);
    if (entries.isEmpty()) {
      return "no " + part.key() + " are configured";
    }
    List<String> candidates = new ArrayList<>();
    for (AuthEntry entry : entries) {
      candidates.add(entry.name());
      if (entry.alias() != null) {
        candidates.add(entry.alias().shown());
      }
    }
    List<String> nearest = NearestNames.of(wanted, candidates);
    return nearest.isEmpty()
        ? "configured: " + DisplayNames.list(names(entries))
        : "did you mean " + DisplayNames.alternatives(nearest) + "?";
  }

  static List<String> names(List<AuthEntry> entries) {
    return entries.stream().map(AuthEntry::name).toList();
  }

  // ---- tags

  /** The tags of {@code --tags}; empty if it wasn't given. */
  static List<String> tags(@Nullable String option) {
    List<String> tags = atCommas(option == null ? "" : option);
    if (option != null && tags.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, "--tags has no tag", "say which: --tags TAG,TAG");
    }
    return tags;
  }

  /** Whether an entry has one of the tags. An integration has those of what it is bound to. */
  static boolean hasTag(AuthEntry entry, List<String> tags) {
    return entry.part() == AuthPart.INTEGRATIONS
        ? entry.target().isPresent() && hasTag(entry.target().get(), tags)
        : entry.tags().stream().anyMatch(tag -> tags.stream().anyMatch(tag::equalsIgnoreCase));
  }

  /** The tags that entries have, in the configuration's order, each once. */
  static List<String> tagsOf(List<AuthEntry> entries) {
    return entries.stream().flatMap(entry -> entry.tags().stream()).distinct().toList();
  }

  /** The identities with one of the tags; all of them without tags. */
  List<AuthEntry> tagged(@Nullable String wantedTags) {
    List<String> wanted = tags(wantedTags);
    List<AuthEntry> identities = identities();
    if (identities.isEmpty() && wanted.isEmpty()) {
      throw none();
    }
    List<AuthEntry> tagged =
        identities.stream().filter(each -> wanted.isEmpty() || hasTag(each, wanted)).toList();
    if (tagged.isEmpty()) {
      List<String> known = tagsOf(identities);
      throw new AtmosException(
          ExitCode.USAGE,
          "no identity has the tag " + DisplayNames.alternatives(wanted),
          known.isEmpty() ? "no identity has tags" : "tags in use: " + DisplayNames.list(known));
    }
    return tagged;
  }

  /** The texts between commas; empty ones are left out. */
  static List<String> atCommas(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
