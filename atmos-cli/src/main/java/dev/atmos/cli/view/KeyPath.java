package dev.atmos.cli.view;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a part of the configuration by its keys with dots between them. Keys may have dots
 * themselves: the longest one that leads to something counts, or what stands in double quotes. The
 * items of a list are counted from 0. Names of identities are found in any case, as everywhere.
 */
public final class KeyPath {
  private static final String IDENTITIES = "auth.identities.";
  private static final int LONGEST_LIST = 8;

  private final String path;

  /** How far the keys that were found lead, in characters of the path. */
  private int reached = -1;

  private RedactedValue nearest;

  private KeyPath(RedactedValue root, String path) {
    this.path = path;
    this.nearest = root;
  }

  /**
   * What the path leads to.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if that is nothing
   */
  public static RedactedValue find(RedactedValue root, String path) {
    KeyPath search = new KeyPath(root, path);
    RedactedValue found = path.isEmpty() ? null : search.at(root, 0);
    if (found == null) {
      throw search.unknown();
    }
    return found;
  }

  /** From a position in the path on. */
  private @Nullable RedactedValue at(RedactedValue part, int start) {
    if (start > path.length()) {
      return part;
    }
    if (start > reached) {
      reached = start;
      nearest = part;
    }
    return switch (part) {
      case RedactedValue.Leaf leaf -> null;
      case RedactedValue.Listing listing -> {
        int end = segmentEnd(start);
        int index = index(path.substring(start, end));
        yield index >= 0 && index < listing.items().size()
            ? at(listing.items().get(index), end + 1)
            : null;
      }
      case RedactedValue.Mapping mapping -> {
        if (path.startsWith("\"", start)) {
          int quote = path.indexOf('"', start + 1);
          if (quote > 0 && (quote + 1 == path.length() || path.charAt(quote + 1) == '.')) {
            RedactedValue below = entry(mapping, start, path.substring(start + 1, quote));
            if (below != null) {
              yield at(below, quote + 2);
            }
          }
        }
        for (String key : candidates(mapping, start)) {
          RedactedValue below = mapping.entries().get(key);
          RedactedValue found = below == null ? null : at(below, start + key.length() + 1);
          if (found != null) {
            yield found;
          }
        }
        yield null;
      }
    };
  }

  private @Nullable RedactedValue entry(RedactedValue.Mapping mapping, int start, String key) {
    RedactedValue exact = mapping.entries().get(key);
    if (exact != null || !isNames(start)) {
      return exact;
    }
    return mapping.entries().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Whether what follows is the name of an identity. */
  private boolean isNames(int start) {
    return start == IDENTITIES.length() && path.startsWith(IDENTITIES);
  }

  /** The keys that the path could go on with, the longest first, and exact ones before others. */
  private List<String> candidates(RedactedValue.Mapping mapping, int start) {
    List<String> keys = new ArrayList<>();
    for (String key : mapping.entries().keySet()) {
      int end = start + key.length();
      if ((end == path.length() || path.startsWith(".", end))
          && path.regionMatches(isNames(start), start, key, 0, key.length())) {
        keys.add(key);
      }
    }
    keys.sort(
        Comparator.comparing((String key) -> !path.startsWith(key, start))
            .thenComparing(Comparator.comparingInt(String::length).reversed()));
    return keys;
  }

  private int segmentEnd(int start) {
    int dot = path.indexOf('.', start);
    return dot < 0 ? path.length() : dot;
  }

  private static int index(String segment) {
    return segment.matches("[0-9]{1,6}") ? Integer.parseInt(segment) : -1;
  }

  private AtmosException unknown() {
    int start = Math.max(0, reached);
    String before = path.substring(0, start);
    String found = before.isEmpty() ? "" : before.substring(0, before.length() - 1);
    return new AtmosException(
        ExitCode.USAGE,
        "the configuration has no " + DisplayNames.quoted(path),
        hint(before, found, start),
        new NoSuchElementException());
  }

  private String hint(String before, String found, int start) {
    if (nearest instanceof RedactedValue.Mapping mapping) {
      List<String> keys = List.copyOf(mapping.entries().keySet());
      List<String> near = NearestNames.of(path.substring(start), keys);
      if (near.isEmpty()) {
        near = NearestNames.of(path.substring(start, segmentEnd(start)), keys);
      }
      if (!near.isEmpty()) {
        return "did you mean " + before + String.join(" or " + before, near);
      }
      if (!keys.isEmpty() && keys.size() <= LONGEST_LIST) {
        return (found.isEmpty() ? "it has " : found + " has ") + String.join(", ", keys);
      }
    }
    return found.isEmpty() ? "see: atmos config show" : "see: atmos config show " + found;
  }
}
