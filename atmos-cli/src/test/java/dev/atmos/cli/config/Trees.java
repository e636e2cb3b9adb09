package dev.atmos.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.plugin.testkit.FakeReadOnlyFiles;
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
final class Trees {

  /** Stands in files where a secret could; no message may hold it. */
  static final String CANARY = "hunter2canary";

  private static final Path FILE = FakeFiles.unix().fileSystem().getPath("f.yaml");

  private Trees() {}

  static ConfigMap read(String text) {
    return read(text.getBytes(UTF_8));
  }

  static ConfigMap read(byte[] content) {
    return read(content, null, new FakeEnvironment());
  }

  /** Reads what the file {@code f.yaml} could hold. */
  static ConfigMap read(byte[] content, @Nullable Set<String> sections, Environment environment) {
    ConfigFile file = new ConfigFile(FILE, content, null);
    return YamlReader.read(file, sections, new Tags(tags(environment), file), new Budget());
  }

  /** What tags need, where there are no files and no commands. */
  private static TagContext tags(Environment environment) {
    FakeFiles files = FakeFiles.unix();
    FakeReadOnlyFiles reader = new FakeReadOnlyFiles();
    ConfigReads reads = new ConfigReads(reader);
    FileTrust trust = new FileTrust(files, environment, reader, reads, FileTrust.Mode.ENFORCE);
    CommandRunner commands =
        (command, directory, mostBytes, limit) -> {
          throw new IOException("can't be run here");
        };
    return new TagContext(files, environment, reader, reads, commands, trust, false);
  }

  /** The text at a path of keys. */
  static @Nullable String text(ConfigMap map, String... path) {
    ConfigMap at = map;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.map(path[i]).orElseThrow();
    }
    return at.text(path[path.length - 1]).orElse(null);
  }

  /** The failure of something that must fail for what the user has written. */
  static AtmosException failure(ThrowingCallable code) {
    AtmosException e = catchThrowableOfType(AtmosException.class, code);
    Assertions.assertThat(e).as("it must fail").isNotNull();
    Assertions.assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    Assertions.assertThat(e.getCause()).as("a cause could quote the file").isNull();
    return Objects.requireNonNull(e);
  }

  /** The first line of a failure's message: the place and what is wrong. */
  static String problem(AtmosException e) {
    return e.sentence().lines().findFirst().orElseThrow();
  }

  /** In the manner of {@code {a: "text", b: [plain]}}. */
  static String write(ConfigValue value) {
    StringBuilder out = new StringBuilder();
    write(value, false, out);
    return out.toString();
  }

  /** The same with each value's and each key's line and column. */
  static String writeWithPositions(ConfigValue value) {
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
