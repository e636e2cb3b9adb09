package dev.atmos.auth.command;

import static java.util.stream.Collectors.joining;

import dev.atmos.auth.list.ListFormat;
import dev.atmos.auth.list.Listing;
import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.StatusReader;
import dev.atmos.auth.status.StatusText;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code atmos auth list}: the providers, identities and integrations of the configuration, and the
 * links between them. It lists broken entries as well; {@code atmos auth validate} explains them.
 */
public final class ListCommand extends AuthCommand {
  private final EntrySelector selector;
  private final OutputOption format = output(ListFormat.option());
  private final CommandOption providers = part(AuthPart.PROVIDERS);
  private final CommandOption identities = part(AuthPart.IDENTITIES);
  private final CommandOption integrations = part(AuthPart.INTEGRATIONS);
  private final CommandOption tags =
      tags("Only the entries with at least one of these tags, and the integrations bound to them.");

  /** The command over this engine. */
  public ListCommand(AuthEngine engine) {
    super(engine);
    selector = EntrySelector.of(engine);
    syntax.synopsis(
        "atmos auth list [-f FORMAT] [--providers[=NAME,...] |",
        "                       --identities[=NAME,...]] [--integrations[=NAME,...]]",
        "                       [--tags TAG,...] [options]");
    syntax.description(
        "List the providers, identities and integrations of the configuration, and the links"
            + " between them. It asks nothing and runs nothing: values that a command would make"
            + " are named, not made. Secrets are never shown.",
        "What is broken is listed too, and marked; atmos auth validate says what is wrong with it."
            + " The tree and the graphs also show what leads to what was asked for.");
    syntax.examples(
        "Everything, as a tree:",
        "",
        "  atmos auth list",
        "",
        "The way to every identity, one line each:",
        "",
        "  atmos auth list --identities --format table",
        "",
        "Two identities, for a program; one of them by its alias:",
        "",
        "  atmos auth list --identities=dev,adm --format json",
        "",
        "What production has, as a picture:",
        "",
        "  atmos auth list --tags prod --format graphviz | dot -Tsvg > auth.svg");
  }

  private CommandOption part(AuthPart part) {
    return withValue("NAME,...", "--" + part.key())
        .optional("")
        .candidates(new Names(part))
        .description(
            "Only the " + part.key() + "; with names, only these, found as everywhere else.");
  }

  @Override
  public int run() {
    ListFormat wanted = ListFormat.of(format);
    List<String> wantedTags = EntrySelector.tags(tags.value());
    Listing listing = listing(wantedTags, wanted.showsSignIns());
    if (!listing.selected().isEmpty() || wanted.isDocument()) {
      services.console().answer(wanted.write(listing, services));
    }
    if (listing.selected().isEmpty()) {
      say("atmos: " + nothing(listing, wantedTags));
    }
    for (ConfigProblem problem : services.trust().leftOut()) {
      if (problem.position() == null) {
        say(TerminalText.line("atmos: " + problem.sentence() + "; " + problem.hint()));
      }
    }
    if (listing.graph().hasProblems()) {
      say("atmos: the auth configuration has problems; run: atmos auth validate");
    }
    return 0;
  }

  private Listing listing(List<String> wantedTags, boolean withSignIns) {
    Set<AuthPart> wanted = EnumSet.allOf(AuthPart.class);
    wanted.removeIf(part -> names(part) == null);
    if (wanted.contains(AuthPart.PROVIDERS) && wanted.contains(AuthPart.IDENTITIES)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "--providers and --identities don't go together",
          "without either of them, both are listed");
    }
    if (wanted.isEmpty()) {
      wanted = EnumSet.allOf(AuthPart.class);
    }
    List<AuthEntry> selected = new ArrayList<>();
    for (AuthPart part : wanted) {
      Set<AuthEntry> named = new HashSet<>(named(part));
      for (AuthEntry entry : selector.graph().entries(part)) {
        if (named.contains(entry)
            && (wantedTags.isEmpty() || EntrySelector.hasTag(entry, wantedTags))) {
          selected.add(entry);
        }
      }
    }
    return new Listing(
        selector.graph(), wanted, selected, withSignIns ? signIns(selected) : Map.of());
  }

  private Map<AuthEntry, String> signIns(List<AuthEntry> entries) {
    StatusReader reader = engine.sessions().status(true);
    StatusText text = new StatusText(services);
    Map<AuthEntry, String> signIns = new HashMap<>();
    for (AuthEntry entry : entries) {
      boolean known = entry.part() != AuthPart.INTEGRATIONS && entry.problems().isEmpty();
      String cell =
          !known
              ? ""
              : text.cell(
                  entry.part() == AuthPart.PROVIDERS
                      ? reader.provider(entry.name())
                      : reader.identity(entry.name()));
      if (!cell.isEmpty()) {
        signIns.put(entry, cell);
      }
    }
    return signIns;
  }

  /** The entries of a part that its option names; all of them if it names none. */
  private List<AuthEntry> named(AuthPart part) {
    String names = names(part);
    List<String> words = EntrySelector.atCommas(names == null ? "" : names);
    if (names == null || words.isEmpty()) {
      return selector.graph().entries(part);
    }
    // A name may hold commas itself.
    List<AuthEntry> whole = selector.graph().find(part, names);
    return whole.size() == 1
        ? whole
        : words.stream().map(word -> selector.named(part, word)).toList();
  }

  /** The value of a part's option; null if it wasn't given, and empty for all of the part. */
  private @Nullable String names(AuthPart part) {
    return switch (part) {
      case PROVIDERS -> providers.value();
      case IDENTITIES -> identities.value();
      case INTEGRATIONS -> integrations.value();
    };
  }

  /** Why the list is empty. */
  private static String nothing(Listing listing, List<String> wantedTags) {
    AuthGraph graph = listing.graph();
    if (graph.all().isEmpty()) {
      return "no providers, identities or integrations are configured; where atmos looked for"
          + " them: atmos config files";
    }
    if (wantedTags.isEmpty()) {
      return "no "
          + listing.parts().stream().map(AuthPart::key).collect(joining(" or "))
          + " are configured";
    }
    List<String> known = EntrySelector.tagsOf(graph.all());
    return "nothing that was asked for has the tag "
        + DisplayNames.alternatives(wantedTags)
        + (known.isEmpty() ? "; there are no tags" : "; tags in use: " + DisplayNames.list(known));
  }
}
