package dev.atmos.auth.list;

import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.cli.OutputOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** The option that chooses one of them. */
  public static OutputOption option() {
    List<String> words = new ArrayList<>();
    Map<String, String> aliases = new LinkedHashMap<>();
    for (ListFormat format : values()) {
      words.add(format.word());
      if (!format.alias.isEmpty()) {
        aliases.put(format.alias, format.word());
      }
    }
    return OutputOption.of(words.toArray(new String[0]))
        .named("-f", "--format", "-o", "--output")
        .withAliases(aliases)
        .describedAs(
            "tree (if it is left out), table, json, yaml, mermaid, graphviz (or dot) or markdown"
                + " (or md).");
  }

  /**
   * The format that the option chooses.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if there is no such format
   */
  public static ListFormat of(OutputOption option) {
    return valueOf(option.format().toUpperCase(Locale.ROOT));
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
