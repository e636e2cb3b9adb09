package dev.atmos.auth.status;

import dev.atmos.auth.model.CurrentIdentity;
import dev.atmos.auth.status.EntryStatus.State;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.TextTable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A status for people: a line for each sign-in and identity. */
public final class StatusText {
  private final Services services;
  private final boolean symbols;

  /** For the terminal of these services. */
  public StatusText(Services services) {
    this.services = services;
    this.symbols = TerminalMode.takesSymbols(services.environment());
  }

  /** All of it. */
  public String text(StatusReport report) {
    StringBuilder text = new StringBuilder();
    TextTable providers = new TextTable();
    for (EntryStatus each : report.providers()) {
      providers.row("  " + mark(each), each.name(), signIn(each) + advice(each, true));
    }
    section(text, "Sign-ins", providers.render());
    TextTable identities = new TextTable();
    for (EntryStatus each : report.identities()) {
      String name = each.name() + origin(each, report.current());
      identities.row(
          "  " + mark(each), name, who(each.description()), identity(each) + advice(each, false));
    }
    section(text, "Identities", identities.render());
    return text.toString();
  }

  private static void section(StringBuilder text, String title, String rows) {
    if (!rows.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(title).append('\n').append(rows);
    }
  }

  private String mark(EntryStatus status) {
    if (status.isUsable()) {
      return symbols ? "\u2713" : "ok";
    }
    boolean open = status.state() == State.UNAVAILABLE || status.state() == State.ENVIRONMENT;
    return open ? "-" : symbols ? "\u2717" : "no";
  }

  private static String origin(EntryStatus status, @Nullable CurrentIdentity current) {
    if (current == null || !current.name().equals(status.name())) {
      return "";
    }
    return switch (current.origin()) {
      case VARIABLE -> " (ATMOS_IDENTITY)";
      case CHOICE -> " (chosen)";
      case DEFAULT -> " (default)";
    };
  }

  /** Account and principal in one line; empty where the configuration says neither. */
  public static String who(Description description) {
    String account = description.account().orElse("");
    String principal = description.principal().orElse("");
    if (principal.isEmpty()) {
      return account.isEmpty() ? description.subject().orElse("") : account;
    }
    return account.isEmpty() || principal.contains(account)
        ? principal
        : principal + " in " + account;
  }

  /** How a sign-in stands, in a few words. */
  public String signIn(EntryStatus status) {
    return switch (status.state()) {
      case SIGNED_IN -> "signed in" + (status.external() ? " by another tool" : "") + until(status);
      case RENEWS ->
          "signed in; renews by itself until your organization's session ends"
              + (status.since() == null
                  ? ""
                  : " (signed in " + TimeLeft.at(status.since(), services) + ")");
      case NOT_NEEDED -> "needs no sign-in";
      case ENVIRONMENT -> "has the credentials of the environment";
      case SIGNED_OUT -> status.until() == null ? "not signed in" : "the sign-in has expired";
      case UNAVAILABLE, UNKNOWN -> note(status);
    };
  }

  private String identity(EntryStatus status) {
    Instant live = status.liveCredentialsUntil(services.localClock().instant());
    boolean ownSignIn = status.provider() == null && status.state() == State.RENEWS;
    if (live != null) {
      String renewed = ownSignIn ? ", renewed by themselves" : "";
      return "credentials until " + TimeLeft.until(live, services) + renewed;
    }
    return switch (status.state()) {
      case SIGNED_IN, RENEWS, NOT_NEEDED -> "gets credentials when it is used";
      case ENVIRONMENT -> "has the credentials of the environment";
      case SIGNED_OUT -> "needs a sign-in";
      case UNAVAILABLE, UNKNOWN -> note(status);
    };
  }

  private String until(EntryStatus status) {
    return status.until() == null || status.until().equals(Instant.MAX)
        ? ""
        : " until " + TimeLeft.until(status.until(), services);
  }

  private static String note(EntryStatus status) {
    String note = status.note() == null ? "" : status.note();
    int end = note.indexOf('\n');
    note = end < 0 ? note : note.substring(0, end);
    return status.state() == State.UNAVAILABLE ? "not usable here: " + note : note;
  }

  private static String advice(EntryStatus status, boolean provider) {
    String command = command(status, provider);
    return command == null ? "" : "; run: " + command;
  }

  /** The command that leads on; null where none is needed. */
  static @Nullable String command(EntryStatus status, boolean provider) {
    String option = provider ? "--provider " : "";
    return switch (status.state()) {
      case SIGNED_OUT -> "atmos auth login " + option + ShellQuoting.word(status.name());
      case UNKNOWN -> "atmos auth validate";
      default -> null;
    };
  }

  // ---- in a listing

  /** The cell of a table. */
  public String cell(EntryStatus status) {
    return switch (status.state()) {
      case SIGNED_IN -> "signed in" + until(status);
      case RENEWS -> "signed in, renews by itself";
      case SIGNED_OUT -> "signed out";
      case NOT_NEEDED, ENVIRONMENT, UNAVAILABLE, UNKNOWN -> "";
    };
  }
}
