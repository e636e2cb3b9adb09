package dev.atmos.auth.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.plugin.config.Shape;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.config.TrustPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a section would run, or send to somebody, that will be refused, because the file that
 * says so isn't trusted. Each file is warned of once for each of these; nothing is run to find out.
 */
public final class TrustCheck {
  private final TrustPolicy trust;
  private final Set<List<String>> said = new HashSet<>();
  private final List<ConfigProblem> problems = new ArrayList<>();

  private TrustCheck(TrustPolicy trust) {
    this.trust = trust;
  }

  /**
   * What will be refused.
   *
   * @param path the keys that lead to the value, joined by dots, such as {@code auth}
   */
  public static List<ConfigProblem> check(Shape shape, ConfigValue value, String path, TrustPolicy trust) {
    TrustCheck check = new TrustCheck(trust);
    check.value(shape, value, path);
    return List.copyOf(check.problems);
  }

  private void value(Shape shape, ConfigValue value, String path) {
    if (value instanceof DeferredValue tagged && tagged.tag().equals("!exec")) {
      Position position = tagged.position();
      refused(path, position, () -> trust.requireForCommand(position));
      return;
    }
    ConfigValue found = value;
    if (value instanceof DeferredValue tagged) {
      if (SchemaCheck.isDeferred(value)) {
        return;
      }
      try {
        found = tagged.resolved();
      } catch (AtmosException e) {
        // The check of the shape tells of it.
        return;
      }
    }
    if (found instanceof ConfigText text) {
      text(shape, text, path);
    } else if (found instanceof ConfigList list) {
      Shape item = item(shape);
      for (int i = 0; i < list.items().size(); i++) {
        value(item, list.items().get(i), path + "[" + i + "]");
      }
    } else if (found instanceof ConfigMap map) {
      for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
        value(
            child(shape, map, entry.getKey()),
            entry.getValue().value(),
            SchemaCheck.path(path, entry.getKey()));
      }
    }
  }

  private void text(Shape shape, ConfigText found, String path) {
    if (shape instanceof Shape.Text text && !found.text().isEmpty() && !found.isNull()) {
      if (text.role() == Shape.Role.COMMAND) {
        refused(path, found.position(), () -> trust.requireForCommand(found.position()));
      } else if (text.role() == Shape.Role.ENDPOINT) {
        refused(
            path, found.position(), () -> trust.requireForEndpoint(found.position(), found.text()));
      }
    }
  }

  private void refused(String path, Position position, Runnable requirement) {
    try {
      requirement.run();
    } catch (AtmosException e) {
      ConfigProblem problem = ConfigProblem.of(path, position, e);
      if (said.add(List.of(position.source().name(), problem.sentence()))) {
        problems.add(ConfigProblem.warning(path, position, problem.sentence(), problem.hint()));
      }
    }
  }

  private static Shape item(Shape shape) {
    for (Shape each : alternatives(shape)) {
      if (each instanceof Shape.Items items) {
        return items.item();
      }
    }
    return new Shape.Anything("");
  }

  private static Shape child(Shape shape, ConfigMap map, String key) {
    for (Shape each : alternatives(shape)) {
      Shape fields = each instanceof Shape.Kinds kinds ? fields(kinds, map) : each;
      if (fields instanceof Shape.Named named) {
        return named.value();
      }
      if (fields instanceof Shape.Fields known) {
        for (Shape.Field field : known.fields()) {
          if (field.name().equals(key)) {
            return field.shape();
          }
        }
      }
    }
    return new Shape.Anything("");
  }

  private static Shape.Fields fields(Shape.Kinds kinds, ConfigMap map) {
    ConfigMap.Entry entry = map.entries().get(Keys.KIND);
    return entry != null && entry.value() instanceof ConfigText kind
        ? kinds.kinds().getOrDefault(kind.text(), kinds.other())
        : kinds.other();
  }

  private static List<Shape> alternatives(Shape shape) {
    return shape instanceof Shape.OneOf oneOf ? oneOf.shapes() : List.of(shape);
  }
}
