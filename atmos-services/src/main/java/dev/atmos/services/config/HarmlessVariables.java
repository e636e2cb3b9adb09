package dev.atmos.services.config;

/**
 * Variables that any file may set for programs. A list of dangerous ones can't be complete: the
 * shell, the linker and every language and tool have their own.
 */
public final class HarmlessVariables {
  private HarmlessVariables() {}

  /**
   * Whether a variable with that value can only choose a region, or how the AWS tools retry and
   * page.
   *
   * @param variable the name and the value with {@code =} between them
   */
  public static boolean contains(String variable) {
    int equals = variable.indexOf('=');
    String value = variable.substring(equals + 1);
    return switch (variable.substring(0, Math.max(0, equals))) {
      case "AWS_REGION", "AWS_DEFAULT_REGION" -> Region.isRegion(value);
      case "AWS_PAGER" -> value.isEmpty();
      case "AWS_RETRY_MODE" -> value.matches("legacy|standard|adaptive");
      case "AWS_MAX_ATTEMPTS" -> value.matches("[0-9]{1,3}");
      case "AWS_SDK_LOAD_CONFIG" -> value.matches("0|1|true|false");
      default -> false;
    };
  }
}
