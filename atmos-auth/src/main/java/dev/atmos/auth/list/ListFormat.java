package dev.atmos.auth.list;

import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.command.OutputOption;
import java.util.Locale;
import java.util.Map;

/** The formats of a listing. */
public enum ListFormat {
  TREE,
  TABLE,
  JSON,
  YAML,
  MERMAID,
  GRAPHVIZ,
  MARKDOWN;

  /** The option that chooses one of them. */
  public static OutputOption option() {
    return OutputOption.of("tree", "table", "json", "yaml", "mermaid", "graphviz", "markdown")
        .named("-f", "--format", "-o", "--output")
        .withAliases(Map.of("dot", "graphviz", "md", "markdown"))
        .describedAs(
            "tree (if it is left out), table, json, yaml, mermaid, graphviz (or dot) or markdown"
                + " (or md).");
  }

  /**
   * The format that the option chooses.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if the option names another format
   */
  public static ListFormat of(OutputOption option) {
    return valueOf(option.format().toUpperCase(Locale.ROOT));
  }

  /** Whether an empty listing in this format is still a document. */
  public boolean isDocument() {
    return switch (this) {
      case JSON, YAML, MERMAID, GRAPHVIZ -> true;
      case TREE, TABLE, MARKDOWN -> false;
    };
  }

  /** Whether it has a column for sign-ins. */
  public boolean showsSignIns() {
    return this == TABLE || this == MARKDOWN;
  }

  /** Writes a listing in this format. */
  public String write(Listing listing, Services services) {
    return switch (this) {
      case TREE -> TreeText.of(listing);
      case TABLE -> ListTable.text(listing);
      case JSON -> services.service(DataFormats.class).json(ListData.of(listing));
      case YAML -> services.service(DataFormats.class).yaml(ListData.of(listing));
      case MERMAID -> ListGraph.of(listing).mermaid();
      case GRAPHVIZ -> ListGraph.of(listing).graphviz();
      case MARKDOWN -> ListTable.markdown(listing);
    };
  }
}
