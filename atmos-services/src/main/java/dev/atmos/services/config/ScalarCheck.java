package dev.atmos.services.config;

import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares a scalar with its {@link Schema}.
 *
 * @param subject what messages call it
 * @param path the keys that lead to it
 */
record ScalarCheck(Schema schema, ConfigText found, String subject, String path) {
  /** A longer text isn't a mistyped value. */
  private static final int LONGEST_VALUE = 100;

  /** What is wrong; empty if nothing is. */
  Optional<ConfigProblem> problem() {
    return Optional.ofNullable(
        switch (schema.type()) {
          case FLAG ->
              found.text().equalsIgnoreCase("true") || found.text().equalsIgnoreCase("false")
                  ? null
                  : error("must be true or false", null);
          case NUMBER ->
              found.text().matches("[+-]?[0-9]{1,18}")
                  ? null
                  : error("must be a whole number", null);
          case DURATION -> duration();
          default -> schema.choices().isEmpty() ? text() : choice();
        });
  }

  private @Nullable ConfigProblem duration() {
    Duration duration = DurationText.parse(found.text());
    if (duration == null) {
      return error(
          "must be " + DurationText.FORMAT, "for example: " + schema.example().orElse("8h"));
    }
    Duration shortest = schema.shortest().orElse(duration);
    Duration longest = schema.longest().orElse(duration);
    boolean more = duration.compareTo(longest) > 0;
    return more || duration.compareTo(shortest) < 0
        ? warning(
            "is " + (more ? "more" : "less") + " than is allowed here",
            "allowed: " + shown(shortest) + " to " + shown(longest))
        : null;
  }

  private static String shown(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds % 3600 == 0
        ? seconds / 3600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private @Nullable ConfigProblem choice() {
    List<String> choices = schema.choices();
    return choices.contains(found.text())
        ? null
        : error(
            "must be " + DisplayNames.alternatives(choices),
            found.tag() == null
                ? SchemaCheck.didYouMean(NearestNames.of(found.text(), choices))
                : null);
  }

  private @Nullable ConfigProblem text() {
    String text = found.text();
    String pattern = schema.pattern().orElse(null);
    if (pattern != null && !Pattern.matches(pattern, text)) {
      String corrected = text.strip().toLowerCase(Locale.ROOT);
      // Of the form that is asked for, so it isn't a secret that ended up here.
      boolean nearly =
          found.tag() == null
              && schema.effect() == Effect.DATA
              && !schema.isSecret()
              && corrected.length() <= LONGEST_VALUE
              && Pattern.matches(pattern, corrected);
      return error(
          "must be " + schema.format().orElse("of another form"),
          nearly
              ? SchemaCheck.didYouMean(List.of(corrected))
              : schema.example().map(example -> "for example: " + example).orElse(null));
    }
    List<String> known = schema.knownTexts();
    return known.isEmpty() || known.contains(text)
        ? null
        : warning("is not a known value", "known: " + String.join(", ", known));
  }

  private ConfigProblem error(String problem, @Nullable String hint) {
    return ConfigProblem.error(path, found.position(), subject + " " + problem, hint);
  }

  private ConfigProblem warning(String problem, String hint) {
    return ConfigProblem.warning(path, found.position(), subject + " " + problem, hint);
  }
}
