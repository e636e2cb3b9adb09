package dev.atmos.auth.model;

import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.HarmlessVariables;
import dev.atmos.services.config.Region;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the variables that the {@code env} of an identity has for programs: they can't name other
 * credentials than the identity's, whoever wrote them. Names count in any case, as on Windows.
 */
public final class IdentityVariables {
  /** By these, programs get the region that they work in. */
  public static final List<String> REGIONS = List.of("AWS_REGION", "AWS_DEFAULT_REGION");

  /** By these, the AWS tools find credentials. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_SECURITY_TOKEN",
          "AWS_ACCESS_KEY",
          "AWS_SECRET_KEY",
          "AWS_CREDENTIAL_EXPIRATION",
          "AWS_PROFILE",
          "AWS_DEFAULT_PROFILE",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "AWS_CREDENTIAL_FILE",
          "AWS_ROLE_ARN",
          "AWS_ROLE_SESSION_NAME",
          "AWS_WEB_IDENTITY_TOKEN_FILE");

  private static final String CONTAINER = "AWS_CONTAINER_";

  private IdentityVariables() {}

  /**
   * What is wrong with a variable; null for nothing. The sentence doesn't show the value, which may
   * be a secret.
   *
   * @param value null where it isn't known yet
   */
  public static @Nullable String fault(String name, @Nullable String value) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      // Shells take no other names.
      return "is not the name of a variable: letters, digits and _ make one";
    }
    if (isCredential(name)) {
      return "would give programs other credentials than those of the identity";
    }
    return REGIONS.contains(upper) && value != null && !Region.isRegion(value)
        ? "is not an AWS region"
        : null;
  }

  /** Whether the AWS tools find credentials by a variable. */
  public static boolean isCredential(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return CREDENTIALS.contains(upper) || upper.startsWith(CONTAINER);
  }

  /** The fault as a sentence. */
  public static String sentence(String name, String identity, String fault) {
    return DisplayNames.quoted(name)
        + " in 'env' of "
        + AuthPart.IDENTITIES.described(identity)
        + " "
        + fault;
  }

  /**
   * Whether a variable holds no key, token or password: only what can't be one is known not to be,
   * whatever the name of its variable says.
   */
  public static boolean isKeyless(String name, String value) {
    return HarmlessVariables.contains(name + "=" + value)
        || value.matches("|[0-9]{1,3}|(?i:true|false|yes|no|on|off|none|auto)");
  }

  /** What is wrong with the variables of an identity, as far as they are known. */
  static List<ConfigProblem> problems(String identity, ConfigMap fields) {
    List<ConfigProblem> problems = new ArrayList<>();
    String path = SchemaCheck.path(AuthPart.IDENTITIES.path(identity), AuthFields.ENV);
    ConfigValue env = StaticValues.value(fields, AuthFields.ENV);
    if (env instanceof ConfigMap map) {
      for (Map.Entry<String, ConfigMap.Entry> each : map.entries().entrySet()) {
        String name = each.getKey();
        ConfigValue value = StaticValues.value(map, name);
        Position position = each.getValue().keyPosition();
        report(identity, name, name, value, SchemaCheck.path(path, name), position, problems);
      }
    } else if (env instanceof ConfigList list) {
      for (int i = 0; i < list.items().size(); i++) {
        ConfigValue item = list.items().get(i);
        ConfigText key = StaticValues.text(item, "key");
        // Others are wrong by the schema.
        if (key != null && key.text().matches("[!-<>-~]+")) {
          ConfigValue value = StaticValues.value(item, "value");
          String at = path + "[" + i + "].key";
          report(identity, key.text(), key.shown(), value, at, key.position(), problems);
        }
      }
    }
    return problems;
  }

  private static void report(
      String identity,
      String name,
      String shown,
      @Nullable ConfigValue value,
      String path,
      Position position,
      List<ConfigProblem> problems) {
    String fault = fault(name, value instanceof ConfigText text ? text.text() : null);
    if (fault != null) {
      problems.add(ConfigProblem.error(path, position, sentence(shown, identity, fault), null));
    }
  }
}
