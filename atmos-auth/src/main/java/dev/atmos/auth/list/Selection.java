package dev.atmos.auth.list;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
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
public record Selection(Map<AuthPart, String> names, List<String> tags) {

  /**
   * The selection of the options.
   *
   * @param tags the value of {@code --tags}; null where it wasn't given
   * @throws AtmosException with {@link ExitCode#USAGE} if they don't go together, or {@code --tags}
   *     names none
   */
  public static Selection of(Map<AuthPart, String> names, @Nullable String tags) {
    if (names.containsKey(AuthPart.PROVIDERS) && names.containsKey(AuthPart.IDENTITIES)) {
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
  public Selection {
    tags = List.copyOf(tags);
  }

  /**
   * What of an graph is meant.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if there is nobody of a name, or it can't be
   *     told who
   */
  public Listing of(AuthGraph graph) {
    Set<AuthPart> parts =
        names.isEmpty() ? EnumSet.allOf(AuthPart.class) : EnumSet.copyOf(names.keySet());
    List<AuthEntry> selected = new ArrayList<>();
    for (AuthPart part : parts) {
      String value = names.getOrDefault(part, "");
      List<AuthEntry> named = words(value).isEmpty() ? null : named(graph, part, value);
      for (AuthEntry entry : graph.entries(part)) {
        if ((named == null || named.contains(entry)) && isTagged(graph, entry)) {
          selected.add(entry);
        }
      }
    }
    return new Listing(graph, parts, selected);
  }

  /** The tags in use, in the configuration's order, each once. */
  public static List<String> tagsIn(AuthGraph graph) {
    List<String> known = new ArrayList<>();
    for (AuthEntry entry : graph.all()) {
      for (String tag : entry.tags()) {
        if (!known.contains(tag)) {
          known.add(tag);
        }
      }
    }
    return known;
  }

  /** An integration has no tags: those of what it is bound to count. */
  private boolean isTagged(AuthGraph graph, AuthEntry entry) {
    if (tags.isEmpty()) {
      return true;
    }
    if (entry.part() == AuthPart.INTEGRATIONS) {
      Optional<AuthEntry> target = entry.target();
      return target.isPresent() && isTagged(graph, target.get());
    }
    for (String tag : entry.tags()) {
      for (String wanted : tags) {
        if (tag.equalsIgnoreCase(wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<AuthEntry> named(AuthGraph graph, AuthPart part, String value) {
    List<AuthEntry> whole = graph.find(part, value);
    if (whole.size() == 1) {
      // A name may hold commas itself.
      return whole;
    }
    List<AuthEntry> named = new ArrayList<>();
    for (String word : words(value)) {
      List<AuthEntry> found = graph.find(part, word);
      if (found.isEmpty()) {
        throw unknown(graph, part, word);
      }
      if (found.size() > 1) {
        List<String> candidates = new ArrayList<>();
        for (AuthEntry entry : found) {
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

  private static AtmosException unknown(AuthGraph graph, AuthPart part, String word) {
    List<String> configured = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    for (AuthEntry entry : graph.entries(part)) {
      configured.add(entry.name());
      candidates.add(entry.name());
      if (entry.alias() != null) {
        candidates.add(entry.alias().text());
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
