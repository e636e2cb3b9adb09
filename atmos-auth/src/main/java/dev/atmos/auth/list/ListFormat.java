package dev.atmos.auth.list;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What the list can be written as. */
public enum ListFormat {
  TREE(""),
  TABLE(""),
  JSON(""),
  YAML(""),
  MERMAID(""),
  GRAPHVIZ("dot"),
  MARKDOWN("md");

  /** Its shorter name; empty for none. */
  private final String alias;

  ListFormat(String alias) {
    this.alias = alias;
  }

  /** The words for all formats. */
  public static List<String> words() {
    List<String> words = new ArrayList<>();
    for (ListFormat format : values()) {
      words.add(format.word());
      if (!format.alias.isEmpty()) {
        words.add(format.alias);
      }
    }
    return words;
  }

  /**
   * The format of a word, in any case.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if there is none
   */
  public static ListFormat of(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (ListFormat format : values()) {
      if (lower.equals(format.word()) || (lower.equals(format.alias) && !lower.isEmpty())) {
        return format;
      }
    }
    List<String> nearest = NearestNames.of(word, words());
    throw new AtmosException(
        ExitCode.USAGE,
        "unknown format " + DisplayNames.quoted(word),
        nearest.isEmpty()
            ? "formats: tree, table, json, yaml, mermaid, graphviz, markdown"
            : "did you mean " + DisplayNames.alternatives(nearest) + "?");
  }

  /** Whether an empty list in this format is still something to read. */
  public boolean isWhole() {
    return switch (this) {
      case JSON, YAML, MERMAID, GRAPHVIZ -> true;
      case TREE, TABLE, MARKDOWN -> false;
    };
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The list in this format.
   *
   * @param data writes JSON and YAML; asked for only there
   */
  public String write(Listing listing, Supplier<DataFormats> data) {
    return switch (this) {
      case TREE -> TreeText.of(listing);
      case TABLE -> ListTable.text(ListTable.of(listing));
      case JSON -> data.get().json(ListData.of(listing));
      case YAML -> data.get().yaml(ListData.of(listing));
      case MERMAID -> ListGraph.of(listing).mermaid();
      case GRAPHVIZ -> ListGraph.of(listing).graphviz();
      case MARKDOWN -> ListTable.markdown(ListTable.of(listing));
    };
  }
}
