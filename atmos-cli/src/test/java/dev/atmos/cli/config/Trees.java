package dev.atmos.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.cli.config.merge.MergeLimit;
import dev.atmos.cli.config.trust.FileTrust;
import dev.atmos.cli.config.yaml.Tags;
import dev.atmos.cli.config.yaml.YamlReader;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Reads texts, and writes trees down as texts, so that tests can compare them. */
public final class Trees {

  /** Stands in files where a secret could; no message may hold it. */
  public static final String CANARY = "hunter2canary";

  private static final Path FILE = FakeFiles.unix().fileSystem().getPath("f.yaml");

  private Trees() {}

  public static ConfigMap read(String text) {
    return read(text.getBytes(UTF_8));
  }

  public static ConfigMap read(byte[] content) {
    return read(content, null, new FakeEnvironment());
  }

  /** Reads what the file {@code f.yaml} could hold. */
  public static ConfigMap read(
      byte[] content, @Nullable Set<String> sections, Environment environment) {
    ConfigFile file = file(content);
    return YamlReader.read(file, sections, tags(file, environment), new MergeLimit());
  }

  /** The file {@code f.yaml}. */
  public static ConfigFile file(byte[] content) {
    return new ConfigFile(FILE, content, null);
  }

  /** The tags of that file. */
  public static Tags tags(ConfigFile file, Environment environment) {
    return new Tags(ports(environment), file, /* explained= */ false, null);
  }

  /** Reads what the file {@code f.yaml} could hold, to be explained. */
  static ConfigMap readToExplain(String text) {
    ConfigFile file = new ConfigFile(FILE, text.getBytes(UTF_8), null);
    Tags tags = new Tags(ports(new FakeEnvironment()), file, /* explained= */ true, null);
    return YamlReader.read(file, null, tags, new MergeLimit());
  }

  /** What tags need, where there are no files and no commands. */
  private static ConfigPorts ports(Environment environment) {
    FakeFiles files = FakeFiles.unix();
    FakeFileInspector reader = new FakeFileInspector();
    ConfigFileCache cache = new ConfigFileCache(reader, files, environment);
    FileTrust trust = new FileTrust(ClassPath.trustPorts(files, environment, reader), cache, true);
    CommandRunner commands =
        (command, directory, mostBytes, limit) -> {
          throw new IOException("can't be run here");
        };
    return new ConfigPorts(files, environment, cache, commands, trust, trust);
  }

  /** The text at a path of keys. */
  public static @Nullable String text(ConfigMap map, String... path) {
    ConfigMap at = map;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.map(path[i]).orElseThrow();
    }
    return at.text(path[path.length - 1]).orElse(null);
  }

  /** The failure of something that must fail for what the user has written. */
  public static AtmosException failure(ThrowingCallable code) {
    AtmosException e = catchThrowableOfType(AtmosException.class, code);
    Assertions.assertThat(e).as("it must fail").isNotNull();
    Assertions.assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    Assertions.assertThat(e.getCause()).as("a cause could quote the file").isNull();
    return Objects.requireNonNull(e);
  }

  /** The first line of a failure's message: the place and what is wrong. */
  public static String problem(AtmosException e) {
    return e.sentence().lines().findFirst().orElseThrow();
  }

  /** In the manner of {@code {a: "text", b: [plain]}}. */
  public static String write(ConfigValue value) {
    StringBuilder out = new StringBuilder();
    write(value, false, out);
    return out.toString();
  }

  /** The same with each value's and each key's line and column. */
  public static String writeWithPositions(ConfigValue value) {
    StringBuilder out = new StringBuilder();
    write(value, true, out);
    return out.toString();
  }

  private static void write(ConfigValue value, boolean positions, StringBuilder out) {
    switch (value) {
      case ConfigMap map -> {
        out.append('{');
        String comma = "";
        for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
          out.append(comma).append(entry.getKey());
          write(entry.getValue().keyPosition(), positions, out);
          out.append(": ");
          write(entry.getValue().value(), positions, out);
          comma = ", ";
        }
        out.append('}');
      }
      case ConfigList list -> {
        out.append('[');
        String comma = "";
        for (ConfigValue item : list.items()) {
          out.append(comma);
          write(item, positions, out);
          comma = ", ";
        }
        out.append(']');
      }
      case ConfigText text -> {
        String quote = text.plain() ? "" : "\"";
        out.append(quote).append(text.text()).append(quote);
      }
      case DeferredValue tagged ->
          out.append('<').append(tagged.tag()).append(' ').append(tagged.argument()).append('>');
    }
    write(value.position(), positions, out);
  }

  private static void write(Position position, boolean positions, StringBuilder out) {
    if (positions) {
      out.append('@').append(position.line()).append(':').append(position.column());
    }
  }
}
