package dev.atmos.auth.status;

import dev.atmos.auth.model.CurrentIdentity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How all that is configured stands.
 *
 * @param current the identity of a command that names none; null for none
 */
public record StatusReport(
    @Nullable CurrentIdentity current, List<EntryStatus> providers, List<EntryStatus> identities) {

  /** Copies the lists. */
  public StatusReport {
    providers = List.copyOf(providers);
    identities = List.copyOf(identities);
  }

  /**
   * The report for programs. All keys are always there. {@code state} is {@code signed_in}, {@code
   * renews}, {@code not_needed}, {@code environment}, {@code signed_out}, {@code unavailable} or
   * {@code unknown}; times are in UTC.
   */
  public Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("identity", current == null ? null : current.name());
    tree.put(
        "identity_source",
        current == null ? null : current.origin().name().toLowerCase(Locale.ROOT));
    List<Object> signIns = new ArrayList<>();
    for (EntryStatus each : providers) {
      Map<String, @Nullable Object> row = row(each, true);
      row.put("external", each.external());
      signIns.add(row);
    }
    tree.put("providers", signIns);
    List<Object> rows = new ArrayList<>();
    for (EntryStatus each : identities) {
      Map<String, @Nullable Object> row = row(each, false);
      row.put("provider", each.provider());
      row.put("account", each.description().account().orElse(null));
      row.put("principal", each.description().principal().orElse(null));
      row.put("credentials_until", seconds(each.credentialsUntil()));
      rows.add(row);
    }
    tree.put("identities", rows);
    return tree;
  }

  private static Map<String, @Nullable Object> row(EntryStatus status, boolean provider) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("name", status.name());
    row.put("kind", status.kind());
    row.put("state", status.state().word());
    row.put("until", seconds(status.until()));
    row.put("signed_in_at", seconds(status.since()));
    row.put("note", status.note());
    row.put("command", StatusText.command(status, provider));
    return row;
  }

  private static @Nullable String seconds(@Nullable Instant time) {
    return time == null || time.equals(Instant.MAX)
        ? null
        : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
