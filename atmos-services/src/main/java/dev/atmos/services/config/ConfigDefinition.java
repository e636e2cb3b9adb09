package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Processes;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A definition over a mapping of the configuration. On the token path: it reads what it is asked
 * for and nothing else, and knows no schema.
 */
public final class ConfigDefinition implements Definition {
  private static final String KIND = "kind";

  private final String name;
  private final ConfigMap fields;
  private final ConfigContext context;

  /**
   * What definitions need beside their fields.
   *
   * @param trust whether a value may have its effect
   * @param host knows the directories where paths start, and the shell
   * @param auth the section {@code auth}, in which the chain of an identity stands; null if what is
   *     read is no identity
   */
  public record ConfigContext(TrustPolicy trust, PluginContext host, @Nullable ConfigMap auth) {}

  /** The definition of that name. */
  public ConfigDefinition(String name, ConfigMap fields, ConfigContext context) {
    this.name = name;
    this.fields = fields;
    this.context = context;
  }

  /** The mapping behind a definition of the host's. */
  public static ConfigMap fields(Definition definition) {
    if (definition instanceof ConfigDefinition config) {
      return config.fields;
    }
    throw new IllegalArgumentException("not a definition of the host");
  }

  /** Whose something is if no field says so: it belongs to this name in this file only. */
  public static Map<String, String> owner(Definition definition, Directories directories) {
    Path file = directories.workingDirectory().resolve(definition.position().source().name());
    return Map.of("name", definition.name(), "file", file.normalize().toString());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return fields.text(KIND).orElse("");
  }

  @Override
  public Position position() {
    return fields.position();
  }

  @Override
  public Position position(String path) {
    ConfigMap at = fields;
    int start = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
      ConfigMap.Entry entry = at.entries().get(path.substring(start, dot));
      if (entry == null || !(entry.value() instanceof ConfigMap below)) {
        return entry == null ? at.position() : entry.keyPosition();
      }
      at = below;
      start = dot + 1;
    }
    return at.positionOf(path.substring(start));
  }

  @Override
  public List<String> keys() {
    return fields.keys();
  }

  @Override
  public boolean has(String path) {
    return entry(path) != null;
  }

  @Override
  public Optional<String> text(String path) {
    ConfigMap.Entry entry = entry(path);
    if (entry != null) {
      requirePassable(last(path), entry.value());
    }
    return written(path);
  }

  private Optional<String> written(String path) {
    Optional<String> text = parent(path).text(last(path));
    return text.isPresent() && text.get().isEmpty() ? Optional.empty() : text;
  }

  /** What a variable holds is data only if that can be no secret. */
  private void requirePassable(String field, ConfigValue value) {
    boolean included = value instanceof DeferredValue tagged && tagged.tag().startsWith("!include");
    ConfigValue known = included ? value.resolved() : value;
    if (known instanceof ConfigText text && (included || text.variable() != null)) {
      String variable = text.variable() == null ? "" : text.variable();
      context.trust().requireVariable(text.position(), variable, field, text.text());
    }
  }

  @Override
  public String requiredText(String path) {
    Optional<String> text = text(path);
    if (text.isPresent()) {
      return text.get();
    }
    throw error(
        path,
        "'"
            + last(path)
            + (has(path) ? "' is empty; most likely its variable is not set" : "' is missing"),
        null);
  }

  @Override
  public Optional<Long> number(String path) {
    Optional<String> text = text(path);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(text.get()));
    } catch (NumberFormatException e) {
      throw error(path, "'" + last(path) + "' must be a whole number", null);
    }
  }

  @Override
  public Optional<Boolean> flag(String path) {
    // No secret reads as a flag or a length of time, from whatever variable.
    return written(path).isPresent() ? parent(path).flag(last(path)) : Optional.empty();
  }

  @Override
  public Optional<Duration> duration(String path) {
    Optional<String> text = written(path);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Duration duration = DurationText.parse(text.get());
    if (duration == null) {
      throw error(path, "'" + last(path) + "' must be " + DurationText.FORMAT, "for example: 8h");
    }
    return Optional.of(duration);
  }

  @Override
  public List<String> list(String path) {
    requireOwn(path);
    List<String> texts = new ArrayList<>();
    for (ConfigValue item : items(path)) {
      if (!(item.resolved() instanceof ConfigText text)) {
        throw wrongItem(path, "a text", item);
      }
      requirePassable("", item);
      texts.add(text.text());
    }
    return texts;
  }

  @Override
  public Map<String, String> map(String path) {
    requireOwn(path);
    Optional<ConfigMap> map = parent(path).map(last(path));
    Map<String, String> texts = new LinkedHashMap<>();
    if (map.isPresent()) {
      for (Map.Entry<String, ConfigMap.Entry> each : map.get().entries().entrySet()) {
        Optional<String> text = map.get().text(each.getKey());
        if (text.isPresent()) {
          requirePassable("", each.getValue().value());
          texts.put(each.getKey(), text.get());
        }
      }
    }
    return texts;
  }

  private void requireOwn(String path) {
    ConfigMap.Entry entry = entry(path);
    if (entry != null) {
      context.trust().requireOwn(entry.value(), last(path));
    }
  }

  @Override
  public Optional<Secret> secret(String path) {
    Optional<String> text = written(path);
    return text.isPresent() ? Optional.of(Secret.of(text.get())) : Optional.empty();
  }

  @Override
  public Optional<String> endpoint(String path) {
    Optional<String> text = written(path);
    return text.isPresent() && LiteralKeys.onlySigner(context.auth(), fields)
        ? text
        : allowed(Effect.ENDPOINT, path);
  }

  @Override
  public Optional<Processes.Program> command(String path) {
    Optional<String> text = allowed(Effect.COMMAND, path);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = context.host().processes().shell(text.get());
    Processes.Program program = Processes.Program.of(words);
    return Optional.of(program.withDirectory(context.trust().directory(place(path))));
  }

  @Override
  public Optional<Path> readablePath(String path) {
    return path(path, Effect.READS);
  }

  @Override
  public Optional<Path> writablePath(String path) {
    return path(path, Effect.WRITES);
  }

  @Override
  public Map<String, Secret> variables(String path) {
    ConfigMap.Entry entry = entry(path);
    ConfigValue value = entry == null ? null : entry.value().resolved();
    Map<String, Secret> variables = new LinkedHashMap<>();
    if (value instanceof ConfigList list) {
      for (ConfigValue item : list.items()) {
        if (item.resolved() instanceof ConfigMap variable) {
          Optional<String> key = variable.text("key");
          if (key.isPresent()) {
            put(variables, key.get(), variable.entries().get("value"), variable.position());
          }
        }
      }
    } else if (value instanceof ConfigMap map) {
      for (Map.Entry<String, ConfigMap.Entry> each : map.entries().entrySet()) {
        put(variables, each.getKey(), each.getValue(), map.position());
      }
    } else if (value != null && !value.isNull()) {
      throw error(path, "'" + last(path) + "' must be a mapping, and is " + value.describe(), null);
    }
    return variables;
  }

  private void put(
      Map<String, Secret> variables,
      String key,
      ConfigMap.@Nullable Entry entry,
      Position otherwise) {
    ConfigValue value = entry == null ? null : entry.value();
    ConfigValue resolved = value == null ? null : value.resolved();
    String text = resolved instanceof ConfigText found && !found.isNull() ? found.text() : "";
    Position position = resolved == null ? otherwise : resolved.position();
    context.trust().require(Effect.ENVIRONMENT, position, key + "=" + text);
    variables.put(key, Secret.of(text));
  }

  @Override
  public Optional<Definition> section(String path) {
    Optional<ConfigMap> map = parent(path).map(last(path));
    return map.isEmpty()
        ? Optional.empty()
        : Optional.of(new ConfigDefinition(last(path), map.get(), context));
  }

  @Override
  public List<Definition> sections(String path) {
    List<Definition> sections = new ArrayList<>();
    for (ConfigValue item : items(path)) {
      if (!(item.resolved() instanceof ConfigMap map)) {
        throw wrongItem(path, "a mapping", item);
      }
      sections.add(new ConfigDefinition(last(path), map, context));
    }
    return sections;
  }

  @Override
  public Map<String, String> values(String... paths) {
    Map<String, String> values = new TreeMap<>();
    for (String path : paths) {
      ConfigMap.Entry entry = entry(path);
      if (entry != null) {
        add(values, path, entry.value().resolved());
      }
    }
    return values;
  }

  private static void add(Map<String, String> values, String path, ConfigValue value) {
    if (value instanceof ConfigText text && !text.isNull()) {
      values.put(path, text.text());
    } else if (value instanceof ConfigMap map) {
      for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
        // Not by '+', whose first use in a process is costly.
        add(values, path.concat(".").concat(entry.getKey()), entry.getValue().value().resolved());
      }
    } else if (value instanceof ConfigList list) {
      for (int i = 0; i < list.items().size(); i++) {
        add(values, path + "[" + i + "]", list.items().get(i).resolved());
      }
    }
  }

  @Override
  public AtmosException error(String path, String problem, @Nullable String hint) {
    return ConfigProblem.error(path, position(path), problem, hint).failure();
  }

  private Optional<String> allowed(Effect effect, String path) {
    Optional<String> text = written(path);
    if (text.isPresent()) {
      context.trust().require(effect, place(path), text.get());
    }
    return text;
  }

  /** Where the value of a field is written, which may be in an included file. */
  private Position place(String path) {
    ConfigMap.Entry entry = entry(path);
    return entry == null ? position(path) : entry.value().resolved().position();
  }

  private Optional<Path> path(String path, Effect effect) {
    Optional<String> text = allowed(effect, path);
    ConfigMap.Entry entry = entry(path);
    if (entry != null) {
      requirePassable(last(path), entry.value());
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Directories directories = context.host().directories();
    Optional<Path> home = directories.home();
    try {
      Path base = directories.workingDirectory();
      Path file = base.resolve(position(path).source().name()).getParent();
      String name = text.get();
      if (home.isPresent() && (name.equals("~") || name.startsWith("~/"))) {
        return Optional.of(home.get().resolve(name.substring(name.length() > 1 ? 2 : 1)));
      }
      Path found = (file == null ? base : file).resolve(name).normalize();
      context.trust().requireNoLink(position(path), found);
      return Optional.of(found);
    } catch (InvalidPathException e) {
      throw error(path, "'" + last(path) + "' is not a valid path", null);
    }
  }

  private List<ConfigValue> items(String path) {
    Optional<ConfigList> list = parent(path).list(last(path));
    return list.isPresent() ? list.get().items() : List.of();
  }

  private static AtmosException wrongItem(String path, String wanted, ConfigValue item) {
    return item.position()
        .error("an item of '" + last(path) + "' must be " + wanted + ", and is " + item.describe());
  }

  private ConfigMap.@Nullable Entry entry(String path) {
    return parent(path).entries().get(last(path));
  }

  /** The mapping that a field stands in; an empty one where a mapping on the way is absent. */
  private ConfigMap parent(String path) {
    ConfigMap at = fields;
    int start = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
      Optional<ConfigMap> below = at.map(path.substring(start, dot));
      if (below.isEmpty()) {
        return new ConfigMap(Map.of(), at.position());
      }
      at = below.get();
      start = dot + 1;
    }
    return at;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
