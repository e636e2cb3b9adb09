package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerRequest.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a request to STS, from its query and its body. */
record StsForm(List<Parameter> parameters) {

  static StsForm of(ServerRequest request) {
    List<Parameter> all = new ArrayList<>(request.query());
    all.addAll(request.form());
    return new StsForm(all);
  }

  static AwsException invalid(String message) {
    return new AwsException(400, "ValidationError", message);
  }

  /** The error of a value that does not fulfil a constraint. */
  static AwsException constraint(String value, String constraint) {
    return invalid(
        "1 validation error detected: " + value + " failed to satisfy constraint: " + constraint);
  }

  @Nullable String text(String name) {
    return ServerRequest.first(parameters, name).orElse(null);
  }

  String required(String name) {
    return ServerRequest.first(parameters, name)
        .orElseThrow(() -> constraint("Value null at '" + name + "'", "Member must not be null"));
  }

  String sessionName() {
    String name = required("RoleSessionName");
    if (!name.matches("[\\w+=,.@-]{2,64}")) {
      throw constraint(
          "Value '" + name + "' at 'roleSessionName'",
          "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
    }
    return name;
  }

  int seconds(int fallback, int min, int max) {
    String text = text("DurationSeconds");
    if (text == null) {
      return fallback;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min) {
      throw duration(text, "greater than or equal to " + min);
    }
    if (Integer.parseInt(text) > max) {
      throw duration(text, "less than or equal to " + max);
    }
    return Integer.parseInt(text);
  }

  private static AwsException duration(String text, String bound) {
    return constraint(
        "Value '" + text + "' at 'durationSeconds'", "Member must have value " + bound);
  }

  /** The values of a list, whose names hold numbers from 1 on. */
  List<String> list(String pattern) {
    List<String> values = new ArrayList<>();
    for (int i = 1; ; i++) {
      String value = text(pattern.formatted(i));
      if (value == null) {
        return values;
      }
      values.add(value);
    }
  }

  Map<String, String> tags() {
    List<String> keys = list("Tags.member.%d.Key");
    List<String> values = list("Tags.member.%d.Value");
    Map<String, String> tags = new HashMap<>();
    Set<String> folded = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      if (i >= values.size() || !folded.add(keys.get(i).toLowerCase(Locale.ROOT))) {
        throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      tags.put(keys.get(i), values.get(i));
    }
    return tags;
  }
}
