package dev.atmos.plugin.testkit;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.testkit.FakeTree.Node;
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
 * A definition that a test builds from a tree of maps, lists and texts:
 *
 * <pre>{@code
 * FakeDefinition.of(
 *     "dev", Map.of("kind", "acme/vault", "principal", Map.of("role", "deploy")));
 * }</pre>
 *
 * <p>It answers as the host's definitions do: each value has its place in the file {@code
 * /project/atmos.yaml}, which the user has approved, and numbers and booleans are written as texts.
 * With {@link #withSchema} it fails a test that reads a field by a getter of another effect than
 * the schema declares.
 */
public final class FakeDefinition implements Definition {
  private final String name;
  private final Node root;
  private final FakeFiles files;
  private final boolean approved;
  private final @Nullable Schema schema;

  private FakeDefinition(
      String name, Node root, FakeFiles files, boolean approved, @Nullable Schema schema) {
    this.name = name;
    this.root = root;
    this.files = files;
    this.approved = approved;
    this.schema = schema;
  }

  /** The definition of that name and tree, in an approved file. */
  public static FakeDefinition of(String name, Map<String, ?> tree) {
    return new FakeDefinition(
        name, FakeTree.of("/project/atmos.yaml", tree), FakeFiles.unix(), true, null);
  }

  /** The same definition in the file {@code atmos.yaml} of the current directory of those files. */
  public FakeDefinition in(FakeFiles other) {
    return new FakeDefinition(name, root, other, approved, schema);
  }

  /** The same definition in a file that the user hasn't approved. */
  public FakeDefinition unapproved() {
    return new FakeDefinition(name, root, files, false, schema);
  }

  /** The same definition, whose getters fail the test where they don't match that schema. */
  public FakeDefinition withSchema(Schema fields) {
    return new FakeDefinition(name, root, files, approved, fields);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return scalar("kind").orElse("");
  }

  @Override
  public Position position() {
    return root.position();
  }

  @Override
  public Position position(String path) {
    Node at = root;
    for (String key : path.split("\\.", -1)) {
      Map<String, Node> map = at.map();
      if (map == null) {
        return at.key();
      }
      Node below = map.get(key);
      if (below == null) {
        return at.position();
      }
      at = below;
    }
    return at.key();
  }

  @Override
  public List<String> keys() {
    Map<String, Node> map = root.map();
    return map == null ? List.of() : List.copyOf(map.keySet());
  }

  @Override
  public boolean has(String path) {
    return node(path) != null;
  }

  @Override
  public Optional<String> text(String path) {
    check(path, Effect.DATA);
    return scalar(path);
  }

  @Override
  public String requiredText(String path) {
    Optional<String> text = text(path);
    if (text.isPresent()) {
      return text.get();
    }
    String problem = has(path) ? " is empty; most likely its variable is not set" : " is missing";
    throw error(path, quoted(path) + problem, null);
  }

  @Override
  public Optional<Long> number(String path) {
    Optional<String> text = text(path);
    try {
      return text.map(Long::valueOf);
    } catch (NumberFormatException e) {
      throw error(path, quoted(path) + " must be a whole number", null);
    }
  }

  @Override
  public Optional<Boolean> flag(String path) {
    Optional<String> text = text(path);
    if (text.isPresent()
        && !text.get().equalsIgnoreCase("true")
        && !text.get().equalsIgnoreCase("false")) {
      throw error(path, quoted(path) + " must be true or false", null);
    }
    return text.map(Boolean::valueOf);
  }

  @Override
  public Optional<Duration> duration(String path) {
    Optional<String> text = text(path);
    Optional<Duration> duration = text.flatMap(FakeDurations::parse);
    if (text.isPresent() && duration.isEmpty()) {
      throw error(path, quoted(path) + " must be " + FakeDurations.FORMAT, "for example: 8h");
    }
    return duration;
  }

  @Override
  public List<String> list(String path) {
    check(path, Effect.DATA);
    List<String> texts = new ArrayList<>();
    for (Node item : items(path)) {
      if (!(item.value() instanceof String text)) {
        if (item.value() == null) {
          texts.add("~");
          continue;
        }
        throw item.position()
            .error("an item of " + quoted(path) + " must be a text, and is " + item.describe());
      }
      texts.add(text);
    }
    return texts;
  }

  @Override
  public Map<String, String> map(String path) {
    check(path, Effect.DATA);
    Map<String, String> texts = new LinkedHashMap<>();
    mapping(path)
        .forEach((key, value) -> {
          if (value.map() != null || value.list() != null) {
            throw value.key().error("'" + key + "' must be a text, and is " + value.describe());
          }
          if (value.value() instanceof String text) {
            texts.put(key, text);
          }
        });
    return texts;
  }

  @Override
  public Optional<Secret> secret(String path) {
    check(path, Effect.CREDENTIAL);
    return scalar(path).map(Secret::of);
  }

  @Override
  public Optional<String> endpoint(String path) {
    return approved(path, Effect.ENDPOINT);
  }

  @Override
  public Optional<Processes.Program> command(String path) {
    return approved(path, Effect.COMMAND)
        .map(text ->
            Processes.Program.of(new FakeProcesses().shell(text))
                .withDirectory(files.workingDirectory()));
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
    check(path, Effect.ENVIRONMENT);
    Node node = node(path);
    Map<String, Secret> variables = new LinkedHashMap<>();
    List<Node> pairs = node == null ? null : node.list();
    if (pairs != null) {
      for (Node pair : pairs) {
        Map<String, Node> fields = pair.map();
        Node key = fields == null ? null : fields.get("key");
        if (fields != null && key != null && key.value() instanceof String variable) {
          put(variables, variable, fields.get("value"));
        }
      }
    } else {
      mapping(path).forEach((key, value) -> put(variables, key, value));
    }
    return variables;
  }

  private void put(Map<String, Secret> variables, String key, @Nullable Node value) {
    if (value != null) {
      requireApproval(value.position());
    }
    variables.put(
        key, Secret.of(value != null && value.value() instanceof String text ? text : ""));
  }

  @Override
  public Optional<Definition> section(String path) {
    Node node = node(path);
    if (node == null || node.value() == null) {
      return Optional.empty();
    }
    mapping(path);
    return Optional.of(below(path, node, schemaOf(path)));
  }

  @Override
  public List<Definition> sections(String path) {
    Schema list = schemaOf(path);
    Schema item = list != null && list.type() == Schema.Type.LIST ? list.item() : null;
    List<Definition> sections = new ArrayList<>();
    for (Node node : items(path)) {
      if (node.map() == null) {
        throw node.position()
            .error("an item of " + quoted(path) + " must be a mapping, and is " + node.describe());
      }
      sections.add(below(path, node, item));
    }
    return sections;
  }

  private FakeDefinition below(String path, Node node, @Nullable Schema fields) {
    return new FakeDefinition(last(path), node, files, approved, fields);
  }

  @Override
  public Map<String, String> values(String... paths) {
    Map<String, String> values = new TreeMap<>();
    for (String path : paths) {
      Node node = node(path);
      if (node != null) {
        node.addTexts(values, path);
      }
    }
    return values;
  }

  @Override
  public AtmosException error(String path, String problem, @Nullable String hint) {
    Position place = position(path);
    return new AtmosException(
        ExitCode.USAGE, place + ": " + problem + "\n" + place.excerpt(), hint, null);
  }

  /** The text of a field, whatever its effect is. */
  private Optional<String> scalar(String path) {
    Node node = node(path);
    if (node == null || node.value() == null) {
      return Optional.empty();
    }
    if (node.value() instanceof String text) {
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
    throw wrongType(path, "a text", node);
  }

  private Optional<String> approved(String path, Effect effect) {
    check(path, effect);
    Optional<String> text = scalar(path);
    Node node = node(path);
    if (text.isPresent() && node != null) {
      requireApproval(node.position());
    }
    return text;
  }

  private void requireApproval(Position position) {
    if (!approved) {
      throw new AtmosException(
          ExitCode.USAGE,
          position + ": the file needs your approval first",
          "atmos config trust " + position.source().name());
    }
  }

  private Optional<Path> path(String path, Effect effect) {
    Optional<String> text = approved(path, effect);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String file = text.get();
    Optional<Path> home = files.home();
    if (home.isPresent() && (file.equals("~") || file.startsWith("~/"))) {
      return Optional.of(home.get().resolve(file.substring(Math.min(2, file.length()))));
    }
    return Optional.of(files.workingDirectory().resolve(file).normalize());
  }

  private List<Node> items(String path) {
    Node node = node(path);
    List<Node> list = node == null || node.value() == null ? List.of() : node.list();
    if (node != null && list == null) {
      throw wrongType(path, "a list", node);
    }
    return list == null ? List.of() : list;
  }

  private Map<String, Node> mapping(String path) {
    Node node = node(path);
    Map<String, Node> map = node == null || node.value() == null ? Map.of() : node.map();
    if (node != null && map == null) {
      throw wrongType(path, "a mapping", node);
    }
    return map == null ? Map.of() : map;
  }

  private AtmosException wrongType(String path, String wanted, Node node) {
    return node.key().error(quoted(path) + " must be " + wanted + ", and is " + node.describe());
  }

  /** The node at a path; null if it or a mapping on the way to it is absent. */
  private @Nullable Node node(String path) {
    Node at = root;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length; i++) {
      Map<String, Node> map = at.map();
      if (map == null && at.value() != null) {
        throw wrongType(keys[i - 1], "a mapping", at);
      }
      Node below = map == null ? null : map.get(keys[i]);
      if (below == null) {
        return null;
      }
      at = below;
    }
    return at;
  }

  private void check(String path, Effect effect) {
    Schema fields = schema;
    if (fields != null) {
      FakeSchemas.check(fields, path, effect);
    }
  }

  private @Nullable Schema schemaOf(String path) {
    Schema fields = schema;
    return fields == null ? null : FakeSchemas.at(fields, path).orElse(null);
  }

  private static String quoted(String path) {
    return "'" + last(path) + "'";
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
