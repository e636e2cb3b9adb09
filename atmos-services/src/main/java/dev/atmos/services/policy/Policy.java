package dev.atmos.services.policy;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.Region;
import dev.atmos.text.DisplayNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the administrator of the machine allows this program to do, whatever its user says. What
 * isn't mentioned is allowed. Each refusal has {@link ExitCode#USAGE}, and names the rule by file
 * and line.
 */
public final class Policy {

  /** Who or what may make a file of the configuration trusted. */
  public enum Trust {
    /** The user, by {@code atmos config trust}. */
    USERS,
    /** Its option {@code --yes}. */
    YES,
    /** {@code --config} and {@code --config-path} on the command line. */
    CONFIG,
    /** The variable {@code ATMOS_TRUSTED_PATHS}. */
    TRUSTED_PATHS
  }

  private static final String ALLOW = "allow";
  private static final String STATIC = "static";

  private final ConfigMap rules;
  private final List<Path> userPlaces;

  /**
   * @param rules the file, which has the form that the policy's schema wants
   * @param userPlaces where the user's own configuration is, whatever variables say
   */
  public Policy(ConfigMap rules, List<Path> userPlaces) {
    this.rules = rules;
    this.userPlaces = List.copyOf(userPlaces);
  }

  /** The rules as they are written. */
  public ConfigMap rules() {
    return rules;
  }

  /** What is audited; empty where the policy doesn't say. */
  public Optional<ConfigMap> audit() {
    return rules.map("audit");
  }

  /** Checks where a sign-in is kept. What keeps nothing is always allowed. */
  public void requireStore(String store) {
    if (!store.equals("memory") && !store.equals("none")) {
      requireListed("stores", store, "the sign-in", "the store " + DisplayNames.quoted(store));
    }
  }

  /** Checks a start URL, or what takes the place of a host of AWS's. */
  public void requireUrl(String subject, String url) {
    requireListed("start_urls", url, subject, DisplayNames.quoted(url));
  }

  /** Checks a region. What isn't one is on no list, whatever it begins with. */
  public void requireRegion(String subject, String region) {
    String known = Region.isRegion(region) ? region : "";
    requireListed("regions", known, subject, "the region " + DisplayNames.quoted(region));
  }

  /**
   * Checks an account.
   *
   * @param account null where it isn't known
   */
  public void requireAccount(String subject, @Nullable String account) {
    String thing =
        account == null
            ? "credentials of an unknown account"
            : "the account " + DisplayNames.quoted(account);
    requireListed("accounts", account == null ? "" : account, subject, thing);
  }

  /** Checks whether programs may have keys instead of a profile that asks for them. */
  public void requireStaticKeys(String subject) {
    if (!allowsStaticKeys()) {
      throw refusal(rule(ALLOW, STATIC), subject, "keys in variables", null);
    }
  }

  /** Whether programs may have keys instead of a profile that asks for them. */
  public boolean allowsStaticKeys() {
    ConfigMap.Entry rule = rule(ALLOW, STATIC);
    return rule == null || !text(rule.value()).equals("false");
  }

  /**
   * Checks a jar of a plugin.
   *
   * @param digest its SHA-256, in hexadecimal digits
   */
  public void requirePlugin(String plugin, String digest) {
    requireListed("plugins", digest, plugin, "a jar with the SHA-256 " + digest);
  }

  /** Whether that makes a file trusted. */
  public boolean allowsTrust(Trust by) {
    ConfigMap.Entry rule = rule(by);
    return rule == null || text(rule.value()).equals("allowed");
  }

  /**
   * Checks that that makes a file trusted.
   *
   * @param hint what makes it trusted in another way; null for nothing
   */
  public void requireTrust(Trust by, String subject, String thing, @Nullable String hint) {
    if (!allowsTrust(by)) {
      throw refusal(rule(by), subject, thing, hint);
    }
  }

  /**
   * Where the files of the user are trusted, if anything is denied that makes files trusted: a
   * variable that moves these places would make any file trusted as well. Empty where nothing is.
   */
  public Optional<List<Path>> userPlaces() {
    for (Trust by : Trust.values()) {
      if (!allowsTrust(by)) {
        return Optional.of(userPlaces);
      }
    }
    return Optional.empty();
  }

  private void requireListed(String key, String value, String subject, String thing) {
    ConfigMap.Entry rule = rule(ALLOW, key);
    if (rule == null) {
      return;
    }
    for (ConfigValue item : ((ConfigList) rule.value()).items()) {
      if (AllowedPattern.matches(text(item), value)) {
        return;
      }
    }
    throw refusal(rule, subject, thing, null);
  }

  private ConfigMap.@Nullable Entry rule(Trust by) {
    return rule("trust", by.name().toLowerCase(Locale.ROOT));
  }

  private ConfigMap.@Nullable Entry rule(String section, String key) {
    Optional<ConfigMap> rulesOfSection = rules.map(section);
    return rulesOfSection.isPresent() ? rulesOfSection.get().entries().get(key) : null;
  }

  private static String text(ConfigValue value) {
    return ((ConfigText) value).text();
  }

  private AtmosException refusal(
      ConfigMap.@Nullable Entry rule, String subject, String thing, @Nullable String hint) {
    int line = rule == null ? 1 : rule.keyPosition().line();
    return new AtmosException(
        ExitCode.USAGE,
        subject
            + ": the policy of this machine ("
            + rules.position().source().name()
            + ":"
            + line
            + ") doesn't allow "
            + thing,
        hint == null ? "see what it allows: atmos config policy" : hint);
  }
}
