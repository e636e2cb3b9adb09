package dev.atmos.auth.list;

import dev.atmos.auth.config.Definition;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.Located;
import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the options ask for.
 *
 * @param names the value of each part's option, which is empty for all of the part; without any
 *     option, all parts are meant
 * @param tags the tags of which one is enough; empty for any
 */
record Selection(Map<Part, String> names, List<String> tags) {

  /**
   * The selection of the options.
   *
   * @param tags the value of {@code --tags}; null where it wasn't given
   * @throws AtmosException with {@link ExitCode#USAGE} if they don't go together, or {@code --tags}
   *     names none
   */
  static Selection of(Map<Part, String> names, @Nullable String tags) {
    if (names.containsKey(Part.PROVIDERS) && names.containsKey(Part.IDENTITIES)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "--providers and --identities don't go together",
          "without either of them, both are listed");
    }
    List<String> wanted = tags == null ? List.of() : words(tags);
    if (tags != null && wanted.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, "--tags has no tag", "say which: --tags TAG,TAG");
    }
    return new Selection(new EnumMap<>(names), wanted);
  }

  /** Copies the list. */
  Selection {
    tags = List.copyOf(tags);
  }

  /**
   * What of an inventory is meant.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if there is nobody of a name, or it can't be
   *     told who
   */
  Listing of(Inventory inventory) {
    Set<Part> parts = names.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(names.keySet());
    List<Entry> selected = new ArrayList<>();
    for (Part part : parts) {
      String value = names.getOrDefault(part, "");
      List<Entry> named = words(value).isEmpty() ? null : named(inventory, part, value);
      for (Entry entry : inventory.entries(part)) {
        if ((named == null || named.contains(entry)) && isTagged(inventory, entry)) {
          selected.add(entry);
        }
      }
    }
    return new Listing(inventory, parts, selected);
  }

  /** The tags in use, in the configuration's order, each once. */
  static List<String> tagsIn(Inventory inventory) {
    List<String> known = new ArrayList<>();
    for (Entry entry : inventory.all()) {
      for (String tag : tagsOf(entry.definition())) {
        if (!known.contains(tag)) {
          known.add(tag);
        }
      }
    }
    return known;
  }

  /** An integration has no tags: those of what it is bound to count. */
  private boolean isTagged(Inventory inventory, Entry entry) {
    if (tags.isEmpty()) {
      return true;
    }
    if (entry.part() == Part.INTEGRATIONS) {
      Optional<Entry> target = inventory.target(entry);
      return target.isPresent() && isTagged(inventory, target.get());
    }
    for (String tag : tagsOf(entry.definition())) {
      for (String wanted : tags) {
        if (tag.equalsIgnoreCase(wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> tagsOf(Definition definition) {
    if (definition instanceof ProviderDefinition provider) {
      return provider.tags();
    }
    return definition instanceof IdentityDefinition identity ? identity.tags() : List.of();
  }

  private static List<Entry> named(Inventory inventory, Part part, String value) {
    List<Entry> whole = inventory.find(part, value);
    if (whole.size() == 1) {
      // A name may hold commas itself.
      return whole;
    }
    List<Entry> named = new ArrayList<>();
    for (String word : words(value)) {
      List<Entry> found = inventory.find(part, word);
      if (found.isEmpty()) {
        throw unknown(inventory, part, word);
      }
      if (found.size() > 1) {
        List<String> candidates = new ArrayList<>();
        for (Entry entry : found) {
          candidates.add(entry.name());
        }
        throw new AtmosException(
            ExitCode.USAGE,
            part.singular()
                + " "
                + DisplayNames.quoted(word)
                + " could be any of "
                + DisplayNames.list(candidates),
            "spell it as in the configuration");
      }
      named.add(found.get(0));
    }
    return named;
  }

  private static AtmosException unknown(Inventory inventory, Part part, String word) {
    List<String> configured = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    for (Entry entry : inventory.entries(part)) {
      configured.add(entry.name());
      candidates.add(entry.name());
      if (entry.definition() instanceof IdentityDefinition identity) {
        Located alias = identity.alias();
        if (alias != null) {
          candidates.add(alias.text());
        }
      }
    }
    List<String> nearest = NearestNames.of(word, candidates);
    String hint;
    if (!nearest.isEmpty()) {
      hint = "did you mean " + DisplayNames.alternatives(nearest) + "?";
    } else if (configured.isEmpty()) {
      hint = "no " + part.key() + " are configured";
    } else {
      hint = "configured: " + DisplayNames.list(configured);
    }
    return new AtmosException(
        ExitCode.USAGE, "unknown " + part.singular() + " " + DisplayNames.quoted(word), hint);
  }

  private static List<String> words(String value) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start <= value.length()) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      String word = value.substring(start, end).strip();
      if (!word.isEmpty()) {
        words.add(word);
      }
      start = end + 1;
    }
    return words;
  }
}
