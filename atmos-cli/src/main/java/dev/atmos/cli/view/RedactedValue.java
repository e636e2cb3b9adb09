package dev.atmos.cli.view;

import dev.atmos.plugin.config.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of the configuration as it may be shown: without a secret in it. */
public sealed interface RedactedValue {

  /** Where it comes from. */
  Position position();

  /**
   * A scalar.
   *
   * @param value a text, a number, a boolean or null
   * @param note a remark about it; empty for none
   */
  record Leaf(@Nullable Object value, String note, Position position) implements RedactedValue {}

  /** A mapping, in the order in which it was written. */
  record Mapping(Map<String, RedactedValue> entries, Position position) implements RedactedValue {}

  /** A list. */
  record Listing(List<RedactedValue> items, Position position) implements RedactedValue {}

  /** What is made of a leaf, or of a mapping or list without anything in it. */
  interface Format {
    @Nullable Object of(@Nullable Object value, String note, Position position);
  }

  /** As a tree of data, in which the leaves are what the format makes of them. */
  default @Nullable Object tree(Format format) {
    return switch (this) {
      case Leaf leaf -> format.of(leaf.value(), leaf.note(), leaf.position());
      case Mapping mapping when mapping.entries().isEmpty() ->
          format.of(Map.of(), "", mapping.position());
      case Listing listing when listing.items().isEmpty() ->
          format.of(List.of(), "", listing.position());
      case Mapping mapping -> {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> tree.put(key, value.tree(format)));
        yield tree;
      }
      case Listing listing -> {
        List<@Nullable Object> tree = new ArrayList<>();
        listing.items().forEach(item -> tree.add(item.tree(format)));
        yield tree;
      }
    };
  }
}
