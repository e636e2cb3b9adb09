package dev.atmos.auth.list;

import dev.atmos.auth.config.AuthConfig;
import dev.atmos.auth.config.AuthReader;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.ConfiguredNames;
import dev.atmos.plugin.auth.IdentityTypes;
import dev.atmos.plugin.cli.OutputOption;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.Problem;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.text.DisplayNames;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * The {@code auth} section as it was read.
   *
   * @param hasErrors whether something in it is wrong
   */
  private record Read(AuthConfig config, boolean hasErrors) {

    static Read of(ConfigMap auth) {
      AuthReader reader = new AuthReader(auth);
      boolean errors = false;
      for (Problem problem : reader.problems()) {
        errors |= problem.isError();
      }
      return new Read(reader.config(), errors);
    }
  }

  private final PluginContext context;
  private final OutputOption format;
  private final Map<Part, OptionSpec> parts;
  private final OptionSpec tags;

  private ListCommand(
      PluginContext context, OutputOption format, Map<Part, OptionSpec> parts, OptionSpec tags) {
    this.context = context;
    this.format = format;
    this.parts = parts;
    this.tags = tags;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(PluginContext context) {
    OutputOption format = Format.option();
    Map<Part, OptionSpec> parts = new EnumMap<>(Part.class);
    parts.put(Part.PROVIDERS, option(Part.PROVIDERS, () -> names(context).providers().iterator()));
    parts.put(
        Part.IDENTITIES, option(Part.IDENTITIES, () -> names(context).identities().iterator()));
    parts.put(
        Part.INTEGRATIONS,
        option(Part.INTEGRATIONS, () -> names(context).integrations().iterator()));
    OptionSpec tags =
        OptionSpec.builder("--tags")
            .arity("1")
            .type(String.class)
            .paramLabel("TAG,...")
            .description("Only what has at least one of these tags, and what is bound to it.")
            .build();
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new ListCommand(context, format, parts, tags));
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

  private static OptionSpec option(Part part, Iterable<String> names) {
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

  private static ConfiguredNames names(PluginContext context) {
    return context.service(ConfiguredNames.class);
  }

  @Override
  public Integer call() {
    Format wanted = Format.of(format);
    Map<Part, String> named = new EnumMap<>(Part.class);
    for (Map.Entry<Part, OptionSpec> part : parts.entrySet()) {
      String value = part.getValue().getValue();
      if (value != null) {
        named.put(part.getKey(), value);
      }
    }
    String tagged = tags.getValue();
    Selection selection = Selection.of(named, tagged);

    Optional<ConfigMap> auth = context.config("auth");
    Read read = auth.isPresent() ? Read.of(auth.get()) : new Read(AuthConfig.EMPTY, false);
    Inventory inventory =
        Inventory.of(
            read.config(), kind -> context.service(IdentityTypes.class).kinds().contains(kind));
    Listing listing = selection.of(inventory);
    if (!listing.selected().isEmpty() || wanted.isWhole()) {
      context.console().answer(wanted.write(listing, () -> context.service(DataFormats.class)));
    }
    String nothing = nothing(listing, selection);
    if (nothing != null) {
      context.console().say("atmos: " + nothing);
    }
    if (read.hasErrors() || inventory.hasProblems()) {
      context
          .console()
          .say("atmos: something is wrong with this configuration; run: atmos auth validate");
    }
    return 0;
  }

  /** Why the list is empty; null where it isn't. */
  private static @Nullable String nothing(Listing listing, Selection selection) {
    if (!listing.selected().isEmpty()) {
      return null;
    }
    if (listing.inventory().isEmpty()) {
      return "no providers, identities or integrations are configured; where atmos looked for"
          + " them: atmos config files";
    }
    if (selection.tags().isEmpty()) {
      StringBuilder keys = new StringBuilder();
      for (Part part : listing.parts()) {
        keys.append(keys.isEmpty() ? "" : " or ").append(part.key());
      }
      return "no " + keys + " are configured";
    }
    List<String> known = Selection.tagsIn(listing.inventory());
    return "nothing that was asked for has the tag "
        + DisplayNames.alternatives(selection.tags())
        + (known.isEmpty() ? "; there are no tags" : "; tags in use: " + DisplayNames.list(known));
  }
}
