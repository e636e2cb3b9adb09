package dev.atmos.auth.command;

import dev.atmos.auth.config.AuthConfig;
import dev.atmos.auth.config.AuthGraph;
import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.Definition;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.Keys;
import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.auth.terminal.Manners;
import dev.atmos.auth.terminal.Picker;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who is meant, by asking where somebody can be asked. */
final class Meant {
  private static final String FIX = "say which: --identity NAME";
  private static final String PROVIDER_FIX = "say which: --provider NAME";

  private final PluginContext context;
  private final AuthConfig config;
  private final AuthGraph graph;

  private Meant(PluginContext context, AuthConfig config) {
    this.context = context;
    this.config = config;
    this.graph = AuthGraph.of(config);
  }

  static Meant in(PluginContext context) {
    Optional<ConfigMap> auth = context.config(Keys.AUTH);
    return new Meant(
        context, auth.isEmpty() ? AuthConfig.EMPTY : new AuthReader(auth.get()).config());
  }

  AuthConfig config() {
    return config;
  }

  AuthGraph graph() {
    return graph;
  }

  /**
   * The identity that is meant; empty where that is nobody of the configuration, and the
   * environment is asked.
   *
   * @param option what {@code --identity} said
   * @param word what was said without an option
   * @param asks whether somebody may be asked although a bare {@code --identity} wasn't given
   */
  Optional<String> identity(@Nullable String option, @Nullable String word, boolean asks) {
    if (option != null && word != null) {
      throw new AtmosException(
          ExitCode.USAGE,
          "both " + DisplayNames.quoted(word) + " and --identity say who is meant",
          "leave one of them out");
    }
    String wanted = option == null ? word : option;
    if (wanted != null && wanted.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE, option == null ? "the name is empty" : "--identity is empty", FIX);
    }
    if (Options.PICK.equals(wanted)) {
      return Optional.of(pick(identities()));
    }
    if (wanted == null
        && asks
        && context.environment().nonEmpty("ATMOS_IDENTITY").isEmpty()
        && Manners.of(context).asks()) {
      List<IdentityDefinition> defaults = graph.defaults();
      if (defaults.size() > 1) {
        return Optional.of(pick(defaults));
      }
      if (defaults.isEmpty() && config.identities().size() > 1) {
        return Optional.of(pick(identities()));
      }
    }
    return context.service(Identities.class).nameOf(wanted);
  }

  /** The same where the environment won't do. */
  String configured(@Nullable String option, @Nullable String word, boolean asks) {
    return identity(option, word, asks).orElseThrow(this::nobody);
  }

  AtmosException nobody() {
    Optional<String> variable = context.environment().nonEmpty("ATMOS_IDENTITY");
    if (!config.identities().isEmpty() && variable.isPresent()) {
      return new AtmosException(
          ExitCode.USAGE,
          "ATMOS_IDENTITY=" + TerminalText.line(variable.get()) + " says that no identity is meant",
          FIX);
    }
    return new AtmosException(
        ExitCode.USAGE,
        "no identities are configured",
        "they are configured below auth.identities of atmos.yaml; where atmos looked for it:"
            + " atmos config files");
  }

  private List<IdentityDefinition> identities() {
    return List.copyOf(config.identities().values());
  }

  /** Has somebody pick one. */
  String pick(List<IdentityDefinition> identities) {
    if (identities.isEmpty()) {
      throw nobody();
    }
    List<Picker.Choice> choices = new ArrayList<>();
    for (IdentityDefinition identity : identities) {
      StringBuilder detail = new StringBuilder(identity.kind());
      Optional<Definition> parent = graph.parent(identity);
      parent.ifPresent(definition -> detail.append(" via ").append(definition.name()));
      if (identity.alias() != null) {
        detail.append(", alias ").append(identity.alias().text());
      }
      if (identity.isDefault()) {
        detail.append(", default");
      }
      choices.add(new Picker.Choice(identity.name(), detail.toString()));
    }
    return Picker.pick(context, "identity", choices, FIX);
  }

  /** The provider of a name. */
  String provider(String wanted) {
    if (wanted.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, "--provider is empty", PROVIDER_FIX);
    }
    List<ProviderDefinition> found = graph.providers(wanted);
    List<String> names = new ArrayList<>(config.providers().keySet());
    if (found.size() > 1) {
      List<String> meant = new ArrayList<>();
      for (ProviderDefinition provider : found) {
        meant.add(provider.name());
      }
      throw new AtmosException(
          ExitCode.USAGE,
          "provider "
              + DisplayNames.quoted(wanted)
              + " could be any of "
              + DisplayNames.list(meant),
          "choose one, spelt as in the configuration");
    }
    if (found.isEmpty()) {
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
    return found.get(0).name();
  }

  /** The only provider, or one that somebody picks. */
  String anyProvider() {
    List<ProviderDefinition> providers = List.copyOf(config.providers().values());
    if (providers.size() == 1) {
      return providers.get(0).name();
    }
    List<Picker.Choice> choices = new ArrayList<>();
    for (ProviderDefinition provider : providers) {
      choices.add(new Picker.Choice(provider.name(), provider.kind()));
    }
    return Picker.pick(context, "provider", choices, PROVIDER_FIX);
  }

  /** The identities with one of these tags. */
  List<IdentityDefinition> tagged(List<String> tags) {
    List<IdentityDefinition> tagged = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (IdentityDefinition identity : config.identities().values()) {
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
}
