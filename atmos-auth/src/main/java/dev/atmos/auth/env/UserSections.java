package dev.atmos.auth.env;

import dev.atmos.plugin.base.AtmosException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The user's own profiles as they stand beside ours in a file without secrets: a profile with keys
 * becomes one whose program is atmos, which reads the keys from the user's files.
 */
record UserSections(IdentityProfiles profiles, UserProfiles files, UserProfiles.Content content) {
  private static final String PROCESS = "credential_process";

  private static final List<String> ROLE =
      List.of("role_arn", "source_profile", "credential_source", "mfa_serial");

  /** Variables that would stand above the profile's keys. */
  private static final List<String> EMPTY =
      List.of(
          "ATMOS_CONFIG",
          "ATMOS_CONFIG_PATH",
          "ATMOS_PROFILE",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_ROLE_ARN");

  /** Adds them. */
  void append(StringBuilder text, List<String> notes) {
    for (String name : new TreeSet<>(content.names())) {
      Map<String, String> properties = content.plain(name);
      try {
        if (content.hasKeys(name)) {
          // The program assumes the role as well.
          ROLE.forEach(properties::remove);
          properties.put(PROCESS, program(name));
        }
        appendSection(text, IdentityProfiles.header(name), properties);
      } catch (AtmosException e) {
        notes.add("your AWS profile is left out: " + e.sentence());
      }
    }
    append(text, "sso-session", content.config().ssoSessions());
    append(text, "services", content.config().services());
  }

  private static void append(
      StringBuilder text, String kind, Map<String, Map<String, String>> sections) {
    for (Map.Entry<String, Map<String, String>> each : sections.entrySet()) {
      String header = "[" + kind + " " + EnvFormat.posix(each.getKey()) + "]\n";
      appendSection(text, header, each.getValue());
    }
  }

  private static void appendSection(
      StringBuilder text, String header, Map<String, String> properties) {
    text.append(header);
    properties.forEach((name, value) -> {
      String nested = value.replace("\n", "\n  ");
      text.append(name).append(value.startsWith("\n") ? " =" : " = ").append(nested).append('\n');
    });
  }

  private String program(String profile) {
    Map<String, String> variables = new TreeMap<>();
    EMPTY.forEach(name -> variables.put(name, ""));
    variables.put("ATMOS_IDENTITY", "false");
    variables.put("AWS_CONFIG_FILE", String.valueOf(files.config()));
    variables.put("AWS_SHARED_CREDENTIALS_FILE", String.valueOf(files.credentials()));
    variables.put("AWS_PROFILE", profile);
    return profiles.line(variables, "auth credential-process");
  }
}
