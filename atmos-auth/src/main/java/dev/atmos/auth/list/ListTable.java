package dev.atmos.auth.list;

import static java.util.stream.Collectors.joining;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ResolvedVia;
import dev.atmos.auth.model.StaticValues;
import dev.atmos.plugin.kind.Description;
import dev.atmos.text.TerminalText;
import dev.atmos.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of a part, one in a row.
 *
 * @param part the part
 * @param columns the titles of the columns
 * @param rows as many cells each as there are columns, made of clean text
 */
record ListTable(AuthPart part, List<String> columns, List<List<String>> rows) {
  private static final String ARROW = " -> ";

  /** One table for each part of which something is listed. */
  private static List<ListTable> of(Listing listing) {
    List<ListTable> tables = new ArrayList<>();
    for (AuthPart part : AuthPart.values()) {
      List<AuthEntry> entries = listing.selected(part);
      if (!entries.isEmpty()) {
        tables.add(of(part, entries, listing.signIns()));
      }
    }
    return tables;
  }

  private static ListTable of(
      AuthPart part, List<AuthEntry> entries, Map<AuthEntry, String> signIns) {
    List<String> columns = new ArrayList<>(columns(part));
    boolean stands = entries.stream().anyMatch(signIns::containsKey);
    if (stands) {
      columns.add("SIGN-IN");
    }
    boolean problems = entries.stream().anyMatch(entry -> !entry.problems().isEmpty());
    if (problems) {
      columns.add("PROBLEM");
    }
    List<List<String>> rows = new ArrayList<>();
    for (AuthEntry entry : entries) {
      List<String> cells = new ArrayList<>(cells(entry));
      if (stands) {
        cells.add(signIns.getOrDefault(entry, ""));
      }
      if (problems) {
        cells.add(String.join("; ", entry.problems()));
      }
      rows.add(cells.stream().map(cell -> cell.isEmpty() ? "-" : TerminalText.line(cell)).toList());
    }
    return new ListTable(part, columns, rows);
  }

  private static List<String> columns(AuthPart part) {
    return switch (part) {
      case PROVIDERS -> List.of("NAME", "KIND", "REGION", "URL", "DEFAULT", "TAGS");
      case IDENTITIES -> List.of("NAME", "KIND", "CHAIN", "PRINCIPAL", "DEFAULT", "ALIAS", "TAGS");
      case INTEGRATIONS ->
          List.of("NAME", "KIND", "VIA", "SUBJECT", "REGION", "ALIAS", "AT SIGN-IN");
    };
  }

  /** A cell for each column; empty if the value is absent. */
  private static List<String> cells(AuthEntry entry) {
    String name = entry.name();
    String kind = entry.kind();
    String isDefault = entry.isDefault() ? "yes" : "";
    String tags = String.join(", ", entry.tags());
    Description description = entry.description();
    String region = description.region().orElse("");
    String subject = description.subject().orElse("");
    return switch (entry.part()) {
      case PROVIDERS -> List.of(name, kind, region, subject, isDefault, tags);
      case IDENTITIES -> {
        String principal = subject.isEmpty() ? principal(description) : subject;
        String alias = entry.alias() == null ? "" : entry.alias().shown();
        yield List.of(name, kind, chain(entry), principal, isDefault, alias, tags);
      }
      case INTEGRATIONS -> {
        boolean provisions =
            StaticValues.flag(entry.knownFields(), AuthFields.AUTO_PROVISION, true);
        String alias = description.alias().orElse("");
        yield List.of(name, kind, via(entry), subject, region, alias, provisions ? "yes" : "no");
      }
    };
  }

  private static String principal(Description description) {
    String account = description.account().orElse("");
    return description
        .principal()
        .map(who -> account.isEmpty() ? who : who + " in " + account)
        .orElse(account);
  }

  /** The way to an identity from its root; from where it breaks off, if it does. */
  private static String chain(AuthEntry entry) {
    List<AuthEntry> seen = new ArrayList<>();
    String text = entry.name();
    AuthEntry at = entry;
    while (true) {
      seen.add(at);
      ResolvedVia link = at.link();
      if (link == null) {
        return text;
      }
      Optional<AuthEntry> target = at.target();
      if (target.isEmpty()) {
        return link.via().name() + " (" + link.state().word() + ")" + ARROW + text;
      }
      at = target.get();
      text = at.name() + ARROW + text;
      if (seen.contains(at)) {
        return "(circular) " + text;
      }
    }
  }

  private static String via(AuthEntry entry) {
    ResolvedVia link = entry.link();
    if (link == null) {
      return "";
    }
    String state = link.state() == ResolvedVia.State.SOUND ? "" : " (" + link.state().word() + ")";
    return link.via().part().singular() + " " + link.via().name() + state;
  }

  /** The tables of a listing in columns, for a terminal. */
  static String text(Listing listing) {
    return of(listing).stream().map(ListTable::text).collect(joining("\n"));
  }

  private String text() {
    TextTable table = new TextTable();
    table.row(columns.toArray(String[]::new));
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    return part.key().toUpperCase(Locale.ROOT) + "\n" + table.render();
  }

  /** The tables of a listing in GitHub's Markdown. */
  static String markdown(Listing listing) {
    return of(listing).stream().map(ListTable::markdown).collect(joining("\n"));
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("## ").append(part.title()).append("\n\n");
    text.append(markdown(columns.stream().map(ListTable::titleCase).toList()));
    text.append('|').append(" --- |".repeat(columns.size())).append('\n');
    rows.forEach(row -> text.append(markdown(row.stream().map(ListTable::escaped).toList())));
    return text.toString();
  }

  private static String markdown(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String titleCase(String column) {
    return column.equals("URL")
        ? column
        : column.charAt(0) + column.substring(1).toLowerCase(Locale.ROOT);
  }

  /**
   * The text with a backslash before everything that has a meaning in a line of Markdown, such as
   * an underscore outside of a word.
   *
   * @see <a href="https://spec.commonmark.org/0.31.2/#backslash-escapes">CommonMark</a>
   */
  private static String escaped(String cell) {
    return cell.replaceAll(
        "[\\\\`*\\[\\]<|&~$]|(?<![\\p{L}\\p{Nd}])_|_(?![\\p{L}\\p{Nd}])", "\\\\$0");
  }
}
