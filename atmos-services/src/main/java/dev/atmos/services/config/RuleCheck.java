package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.text.DisplayNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares a mapping with the {@linkplain Schema.Rule rules} about several of its fields. */
final class RuleCheck {
  private final List<ConfigProblem> problems;
  private final Schema schema;
  private final ConfigMap map;
  private final String subject;
  private final Position at;
  private final String path;

  /**
   * @param problems what is wrong with the single fields; what breaks a rule is added to it
   * @param subject what messages call the mapping
   * @param at where its key is
   * @param path the keys that lead to it
   */
  RuleCheck(
      List<ConfigProblem> problems,
      Schema schema,
      ConfigMap map,
      String subject,
      Position at,
      String path) {
    this.problems = problems;
    this.schema = schema;
    this.map = map;
    this.subject = subject;
    this.at = at;
    this.path = path;
  }

  void check(Schema.Rule rule) {
    List<String> present =
        rule.fields().stream().filter(name -> says(map.entries().get(name))).toList();
    List<String> absent = rule.fields().stream().filter(name -> !present.contains(name)).toList();
    switch (rule.type()) {
      case ANY_OF -> {
        if (present.isEmpty()) {
          lacking(rule.fields());
        }
      }
      case TOGETHER -> together(present, absent);
      case ONLY_WITH -> {
        String first = rule.fields().get(0);
        if (present.equals(List.of(first))) {
          problems.add(
              ConfigProblem.warning(
                  SchemaCheck.path(path, first),
                  map.positionOf(first),
                  without(first, absent.get(0)) + ", and is not used",
                  null));
        }
      }
    }
  }

  private static boolean says(ConfigMap.@Nullable Entry entry) {
    if (entry == null || SchemaCheck.isDeferred(entry.value())) {
      return entry != null;
    }
    try {
      return !(entry.value().resolved() instanceof ConfigText text
          && (text.isNull() || text.text().isEmpty()));
    } catch (AtmosException e) {
      return true;
    }
  }

  /** Fields that belong together. One that is empty isn't left out: its variable isn't set. */
  private void together(List<String> present, List<String> absent) {
    boolean reported = false;
    for (String name : absent) {
      ConfigMap.Entry entry = map.entries().get(name);
      if (entry != null && (!present.isEmpty() || !entry.value().isNull())) {
        error(name, entry.keyPosition(), SchemaCheck.empty(name));
        reported = true;
      }
    }
    if (!reported && !present.isEmpty() && !absent.isEmpty()) {
      String alone = present.get(0);
      error(alone, map.positionOf(alone), without(alone, absent.get(0)));
    }
  }

  private void error(String field, Position position, String sentence) {
    problems.add(ConfigProblem.error(SchemaCheck.path(path, field), position, sentence, null));
  }

  private static String without(String name, String other) {
    return DisplayNames.quoted(name) + " is there without " + DisplayNames.quoted(other);
  }

  /**
   * An error for a mapping that has none of the keys of which it needs one. A key that isn't known
   * there is most likely one of these: it is reported here, and not once more by itself.
   */
  private void lacking(List<String> names) {
    String sentence =
        names.stream()
            .map(DisplayNames::quoted)
            .collect(Collectors.joining(" nor ", subject + " has neither ", ""));
    for (ConfigProblem problem : problems) {
      if (!problem.isError() && problem.path().startsWith(path + ".")) {
        problems.remove(problem);
        problems.add(
            ConfigProblem.error(
                path, problem.position(), sentence + ": " + problem.sentence(), problem.hint()));
        return;
      }
    }
    String examples =
        names.stream().map(this::example).collect(Collectors.joining(", or ", "add: ", ""));
    problems.add(ConfigProblem.error(path, at, sentence, examples));
  }

  private String example(String name) {
    Schema field = schema.field(name).map(Schema.Field::schema).orElse(Schema.text(""));
    Optional<String> format = field.format();
    return name + ": " + (format.isEmpty() ? "NAME" : field.example().orElse(format.get()));
  }
}
