package dev.atmos.auth.command;

import dev.atmos.auth.list.ListFormat;
import dev.atmos.auth.list.Listing;
import dev.atmos.auth.list.Selection;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.text.DisplayNames;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code atmos auth list}: the providers, identities and integrations of the configuration, and who
 * goes through whom. It lists what is wrong as well, and leaves it to {@code atmos auth validate}
 * to say where and why.
 */
public final class ListCommand implements Callable<Integer> {

  private final Services context;
  private final OutputOption format;
  private final Map<AuthPart, OptionSpec> parts;
  private final OptionSpec tags;

  private ListCommand(
      AuthEngine engine, OutputOption format, Map<AuthPart, OptionSpec> parts, OptionSpec tags) {
    this.context = engine.services();
    this.format = format;
    this.parts = parts;
    this.tags = tags;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    OutputOption format = ListFormat.option();
    Map<AuthPart, OptionSpec> parts = new EnumMap<>(AuthPart.class);
    parts.put(
        AuthPart.PROVIDERS, option(AuthPart.PROVIDERS, () -> names(engine).providers().iterator()));
    parts.put(
        AuthPart.IDENTITIES,
        option(AuthPart.IDENTITIES, () -> names(engine).identities().iterator()));
    parts.put(
        AuthPart.INTEGRATIONS,
        option(AuthPart.INTEGRATIONS, () -> names(engine).integrations().iterator()));
    OptionSpec tags =
        OptionSpec.builder("--tags")
            .arity("1")
            .type(String.class)
            .paramLabel("TAG,...")
            .description("Only what has at least one of these tags, and what is bound to it.")
            .build();
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new ListCommand(engine, format, parts, tags));
    format.addTo(spec);
    for (OptionSpec part : parts.values()) {
      spec.addOption(part);
    }
    spec.addOption(tags);
    spec.usageMessage()
        .customSynopsis(
            "atmos auth list [-f FORMAT] [--providers[=NAME,...] |",
            "                       --identities[=NAME,...]] [--integrations[=NAME,...]]",
            "                       [--tags TAG,...] [options]")
        .description(
            "",
            "List the providers, identities and integrations of the configuration, and who goes"
                + " through whom. Nobody is asked and nothing is run for it; values that are made"
                + " by running something are named, not made. Secrets are never shown.",
            "",
            "What is broken is listed too, and marked; atmos auth validate says what is wrong with"
                + " it. The tree and the graphs also show what leads to what was asked for.",
            "")
        .footer(
            "",
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
    return spec;
  }

  private static OptionSpec option(AuthPart part, Iterable<String> names) {
    return OptionSpec.builder("--" + part.key())
        .arity("0..1")
        .fallbackValue("")
        .type(String.class)
        .paramLabel("NAME,...")
        .completionCandidates(names)
        .description(
            "Only the " + part.key() + "; with names, only these, found as everywhere else.")
        .build();
  }

  private static ConfiguredAuthNames names(AuthEngine engine) {
    return new ConfiguredAuthNames(engine.services());
  }

  @Override
  public Integer call() {
    ListFormat wanted = ListFormat.of(format);
    Map<AuthPart, String> named = new EnumMap<>(AuthPart.class);
    for (Map.Entry<AuthPart, OptionSpec> part : parts.entrySet()) {
      String value = part.getValue().getValue();
      if (value != null) {
        named.put(part.getKey(), value);
      }
    }
    String tagged = tags.getValue();
    Selection selection = Selection.of(named, tagged);

    AuthGraph graph = AuthGraph.of(context);
    Listing listing = selection.of(graph);
    if (!listing.selected().isEmpty() || wanted.isWhole()) {
      context.console().answer(wanted.write(listing, () -> context.service(DataFormats.class)));
    }
    String nothing = nothing(listing, selection);
    if (nothing != null) {
      context.console().say("atmos: " + nothing);
    }
    if (graph.hasProblems()) {
      context.console().say("atmos: the auth configuration has problems; run: atmos auth validate");
    }
    return 0;
  }

  /** Why the list is empty; null where it isn't. */
  private static @Nullable String nothing(Listing listing, Selection selection) {
    if (!listing.selected().isEmpty()) {
      return null;
    }
    if (listing.graph().all().isEmpty()) {
      return "no providers, identities or integrations are configured; where atmos looked for"
          + " them: atmos config files";
    }
    if (selection.tags().isEmpty()) {
      StringBuilder keys = new StringBuilder();
      for (AuthPart part : listing.parts()) {
        keys.append(keys.isEmpty() ? "" : " or ").append(part.key());
      }
      return "no " + keys + " are configured";
    }
    List<String> known = Selection.tagsIn(listing.graph());
    return "nothing that was asked for has the tag "
        + DisplayNames.alternatives(selection.tags())
        + (known.isEmpty() ? "; there are no tags" : "; tags in use: " + DisplayNames.list(known));
  }
}
