package dev.atmos.auth.list;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ResolvedVia;
import dev.atmos.auth.model.StaticValues;
import dev.atmos.plugin.kind.Description;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a part, one in a row.
 *
 * @param part the part
 * @param columns what stands above the columns
 * @param rows as many cells each as there are columns, made of clean text
 */
record ListTable(AuthPart part, List<String> columns, List<List<String>> rows) {
  private static final String NOTHING = "-";
  private static final String ARROW = " -> ";

  /** One table for each part of which something is listed. */
  static List<ListTable> of(Listing listing) {
    List<ListTable> tables = new ArrayList<>();
    for (AuthPart part : AuthPart.values()) {
      List<AuthEntry> entries = listing.selected(part);
      if (!entries.isEmpty()) {
        tables.add(of(part, entries));
      }
    }
    return tables;
  }

  private static ListTable of(AuthPart part, List<AuthEntry> entries) {
    List<String> columns = new ArrayList<>(columns(part));
    List<List<String>> rows = new ArrayList<>();
    boolean problems = false;
    for (AuthEntry entry : entries) {
      problems |= !entry.problems().isEmpty();
    }
    for (AuthEntry entry : entries) {
      List<@Nullable String> cells = new ArrayList<>();
      cells.add(entry.name());
      cells.add(entry.kind());
      Description description = entry.description();
      switch (entry.part()) {
        case PROVIDERS ->
            Collections.addAll(
                cells,
                description.region().orElse(null),
                description.subject().orElse(null),
                entry.isDefault() ? "yes" : null,
                String.join(", ", entry.tags()));
        case IDENTITIES ->
            Collections.addAll(
                cells,
                chain(entry),
                description.subject().orElseGet(() -> principal(description)),
                entry.isDefault() ? "yes" : null,
                entry.alias() == null ? null : entry.alias().text(),
                String.join(", ", entry.tags()));
        case INTEGRATIONS ->
            Collections.addAll(
                cells,
                via(entry.link()),
                description.subject().orElse(null),
                description.region().orElse(null),
                description.alias().orElse(null),
                StaticValues.flag(entry.knownFields(), AuthFields.AUTO_PROVISION, true)
                    ? "yes"
                    : "no");
      }
      if (problems) {
        cells.add(String.join("; ", entry.problems()));
      }
      rows.add(clean(cells));
    }
    if (problems) {
      columns.add("PROBLEM");
    }
    return new ListTable(part, columns, rows);
  }

  private static @Nullable String principal(Description description) {
    Optional<String> account = description.account();
    return description
        .principal()
        .map(who -> account.isPresent() ? who + " in " + account.get() : who)
        .or(() -> account)
        .orElse(null);
  }

  private static List<String> columns(AuthPart part) {
    if (part == AuthPart.PROVIDERS) {
      return List.of("NAME", "KIND", "REGION", "URL", "DEFAULT", "TAGS");
    }
    if (part == AuthPart.IDENTITIES) {
      return List.of("NAME", "KIND", "CHAIN", "PRINCIPAL", "DEFAULT", "ALIAS", "TAGS");
    }
    return List.of("NAME", "KIND", "VIA", "SUBJECT", "REGION", "ALIAS", "AT SIGN-IN");
  }

  private static List<String> clean(List<@Nullable String> cells) {
    List<String> clean = new ArrayList<>();
    for (String cell : cells) {
      clean.add(cell == null || cell.isEmpty() ? NOTHING : TerminalText.line(cell));
    }
    return clean;
  }

  /** The way to an identity from its root; from where it breaks off, if it does. */
  private static String chain(AuthEntry entry) {
    List<AuthEntry> seen = new ArrayList<>();
    StringBuilder text = new StringBuilder(entry.name());
    AuthEntry at = entry;
    while (true) {
      seen.add(at);
      ResolvedVia link = at.link();
      if (link == null) {
        return text.toString();
      }
      Optional<AuthEntry> target = at.target();
      if (target.isEmpty()) {
        return link.via().name() + " (" + link.state().word() + ")" + ARROW + text;
      }
      text.insert(0, ARROW).insert(0, target.get().name());
      if (seen.contains(target.get())) {
        return "(circular) " + text;
      }
      at = target.get();
    }
  }

  private static @Nullable String via(@Nullable ResolvedVia link) {
    if (link == null) {
      return null;
    }
    String state = link.state() == ResolvedVia.State.SOUND ? "" : " (" + link.state().word() + ")";
    return link.via().part().singular() + " " + link.via().name() + state;
  }

  /** All tables in columns that are as wide as their widest cell, for a terminal. */
  static String text(List<ListTable> tables) {
    StringBuilder text = new StringBuilder();
    for (ListTable table : tables) {
      text.append(text.isEmpty() ? "" : "\n").append(table.part.key().toUpperCase(Locale.ROOT));
      text.append('\n');
      int[] widths = new int[table.columns.size()];
      widen(widths, table.columns);
      for (List<String> row : table.rows) {
        widen(widths, row);
      }
      line(text, widths, table.columns);
      for (List<String> row : table.rows) {
        line(text, widths, row);
      }
    }
    return text.toString();
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], TerminalText.width(cells.get(i)));
    }
  }

  private static void line(StringBuilder text, int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      text.append(cells.get(i));
      if (i < widths.length - 1) {
        text.append(" ".repeat(widths[i] - TerminalText.width(cells.get(i)) + 2));
      }
    }
    text.append('\n');
  }

  /** All tables in GitHub's Markdown. */
  static String markdown(List<ListTable> tables) {
    StringBuilder text = new StringBuilder();
    for (ListTable table : tables) {
      text.append(text.isEmpty() ? "" : "\n").append("## ").append(table.part.title());
      text.append("\n\n|");
      for (String column : table.columns) {
        text.append(' ').append(titleCase(column)).append(" |");
      }
      text.append("\n|").append(" --- |".repeat(table.columns.size())).append('\n');
      for (List<String> row : table.rows) {
        text.append('|');
        for (String cell : row) {
          text.append(' ').append(escaped(cell)).append(" |");
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static String titleCase(String column) {
    return column.equals("URL")
        ? column
        : column.charAt(0) + column.substring(1).toLowerCase(Locale.ROOT);
  }

  /**
   * The text with a backslash before everything that means something in a line of Markdown.
   *
   * @see <a href="https://spec.commonmark.org/0.31.2/#backslash-escapes">CommonMark</a>
   */
  private static String escaped(String cell) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      boolean inWord =
          i > 0
              && i < cell.length() - 1
              && Character.isLetterOrDigit(cell.charAt(i - 1))
              && Character.isLetterOrDigit(cell.charAt(i + 1));
      if ("\\`*[]<|&~$".indexOf(c) >= 0 || (c == '_' && !inWord)) {
        text.append('\\');
      }
      text.append(c);
    }
    return text.toString();
  }
}
