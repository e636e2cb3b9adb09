package dev.atmos.auth.session;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ProvisionedFile;
import dev.atmos.services.system.FileReason;
import dev.atmos.services.system.InteractiveTerminal;
import dev.atmos.services.terminal.ProgressBar;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The identities that a provider offers, which the configuration has from its file. The file is
 * replaced by a full list only, so that an identity isn't gone because AWS didn't answer.
 */
final class IdentityList {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final int MOST_BYTES = 32 * 1024 * 1024;
  private static final int MOST_NAMES = 5;

  private final Services services;
  private final ChainLink link;
  private final @Nullable Fingerprint of;

  /**
   * @param chain of a provider alone
   */
  IdentityList(Services services, Chain chain) {
    this.services = services;
    this.link = chain.link(0);
    this.of = chain.cachedUnder(0);
  }

  /**
   * Lists them, unless the last full list is younger than an hour.
   *
   * @param all lists them in any case, and all of them
   * @param signedIn gives the provider's grant without asking the user
   */
  void update(boolean all, Supplier<Grant> signedIn) {
    Path file = ProvisionedFile.of(link.name(), services.directories(), services.environment());
    Provider provider = link.provider();
    if (file == null || provider == null || !provider.discoversIdentities()) {
      return;
    }
    String fingerprint = of == null ? "" : of.hex();
    String before = text(file);
    Optional<Instant> last = ProvisionedText.writtenAt(before, fingerprint);
    if (!all && last.isPresent() && isFresh(last.get())) {
      return;
    }
    Path unfinished = ProvisionedFile.unfinished(file);
    UnfinishedList list =
        all
            ? UnfinishedList.begun(services, unfinished, fingerprint)
            : UnfinishedList.resumed(services, unfinished, fingerprint, FRESH);
    try {
      List<DiscoveredIdentity> found = found(provider, signedIn, list);
      Instant now = services.clock().instant();
      String text = ProvisionedText.of(link.name(), link.kind(), fingerprint, found, now);
      services.privateFiles().write(file, text.getBytes(StandardCharsets.UTF_8));
      services.privateFiles().delete(unfinished);
      report(found.size(), last.isPresent() ? before : null, text);
    } catch (AtmosException e) {
      if (e.exitCode() != ExitCode.SIGN_IN_REQUIRED) {
        stopped(list, e.sentence());
      }
      if (e.exitCode() == ExitCode.INTERRUPTED) {
        throw e;
      }
    } catch (GrantRefusedException e) {
      stopped(list, e.sentence());
    } catch (IOException e) {
      stopped(list, "can't write " + file + ": " + FileReason.of(e));
    }
  }

  private String text(Path file) {
    try {
      return services
          .privateFiles()
          .read(file, MOST_BYTES)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
          .orElse("");
    } catch (IOException e) {
      // It is written again.
      return "";
    }
  }

  private boolean isFresh(Instant listed) {
    Duration age = Duration.between(listed, services.clock().instant());
    return !age.isNegative() && age.compareTo(FRESH) < 0;
  }

  private List<DiscoveredIdentity> found(
      Provider provider, Supplier<Grant> signedIn, UnfinishedList list) {
    try (var _ = progress(list)) {
      return provider.discover(signedIn.get(), list);
    }
  }

  private InteractiveTerminal.Line progress(UnfinishedList list) {
    String what = "Listing what " + TerminalText.line(link.name()) + " offers";
    return ProgressBar.show(services, what, list::done, list::expected);
  }

  /**
   * @param before the text of the list before, if it was of the same provider
   */
  private void report(int count, @Nullable String before, String now) {
    String offer =
        "Provider %s offers %d %s"
            .formatted(
                DisplayNames.quoted(link.name()), count, count == 1 ? "identity" : "identities");
    if (before == null) {
      services.console().say(offer);
      return;
    }
    Set<String> added = new LinkedHashSet<>(ProvisionedText.names(now));
    Set<String> gone = new LinkedHashSet<>(ProvisionedText.names(before));
    gone.removeAll(added);
    added.removeAll(ProvisionedText.names(before));
    if (!added.isEmpty() || !gone.isEmpty()) {
      services.console().say(offer + change("new: ", added) + change("no longer: ", gone));
    }
  }

  private static String change(String what, Set<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    List<String> shown =
        names.stream()
            .limit(MOST_NAMES)
            .map(name -> TerminalText.line(name.replaceAll("^\"(.*)\"$", "$1")))
            .toList();
    int more = names.size() - shown.size();
    return "; " + what + String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
  }

  private void stopped(UnfinishedList list, String why) {
    list.save();
    String progress =
        list.done() == 0 || list.expected() == 0
            ? ""
            : " after "
                + list.done()
                + " of "
                + list.expected()
                + " (the next atmos auth login goes on there)";
    services
        .console()
        .say(
            "The identities of "
                + DisplayNames.quoted(link.name())
                + " were not updated"
                + progress
                + ": "
                + why);
  }
}
