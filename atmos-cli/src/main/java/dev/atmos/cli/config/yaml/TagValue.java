package dev.atmos.cli.config.yaml;

import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.cli.config.merge.MergeLimit;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the value of one tag when it is used. */
record TagValue(Tags tags, String tag, String argument, Position position)
    implements Supplier<ConfigValue> {
  private static final int MOST_OUTPUT = 64 * 1024;
  private static final int LONGEST_SECONDS = 30;
  private static final long HIGHEST = 65_535;

  @Override
  public ConfigValue get() {
    return switch (tag) {
      case Tags.EXEC -> text(executed());
      case ConfigMerge.INCLUDE, Tags.INCLUDE_RAW -> included();
      case "!cwd" -> text(workingDirectory());
      case "!random" -> text(random());
      default -> text(repositoryRoot());
    };
  }

  /** Says where it is, not what: the argument may be a secret. */
  @Override
  public String toString() {
    return "TagValue[" + tag + " " + position + "]";
  }

  private ConfigText text(String made) {
    return ConfigText.made(made, position, tag);
  }

  private AtmosException error(String problem) {
    return position.error(problem);
  }

  private String executed() {
    if (argument.isEmpty()) {
      throw error("!exec needs a command");
    }
    tags.ports().trust().require(Effect.COMMAND, position, argument);
    Path directory = tags.ports().trust().directory(position);
    return tags.file().once(place(), () -> run(directory));
  }

  private String run(@Nullable Path directory) {
    CommandRunner.Outcome outcome;
    try {
      outcome =
          tags.ports()
              .commands()
              .run(
                  argument,
                  directory == null ? tags.file().directory() : directory,
                  MOST_OUTPUT,
                  Duration.ofSeconds(LONGEST_SECONDS));
    } catch (IOException e) {
      throw error("the command of !exec failed: it " + e.getMessage());
    }
    if (outcome.exitCode() != 0) {
      throw error("the command of !exec failed with exit code " + outcome.exitCode());
    }
    return outcome.output().reveal().strip();
  }

  private String place() {
    return tag + " " + argument + " " + position;
  }

  private ConfigValue included() {
    String path = Tags.unquoted(argument);
    if (path.isEmpty()) {
      throw error(tag + " needs the path of a file");
    }
    if (path.contains("://") || path.contains("::")) {
      throw error("remote includes are not supported");
    }
    ConfigPorts ports = tags.ports();
    Path target;
    try {
      Optional<Path> home = ports.directories().home();
      target = ConfigPaths.resolve(tags.file().basePath(home), path, home);
    } catch (InvalidPathException e) {
      throw error(tag + " needs a valid path");
    }
    ports.guard().check(tags.file(), target, position, false);
    ConfigFile file = ports.cache().include(target, position);
    String name = target.toString().toLowerCase(Locale.ROOT);
    boolean json = name.endsWith(".json");
    if (tag.equals(Tags.INCLUDE_RAW)
        || !(json || name.endsWith(".yaml") || name.endsWith(".yml"))) {
      // Its position is in the file that it is from, because that one has to be trusted for it.
      // Excerpts show keys, and nothing in a text is one.
      String text = file.source().text();
      return ConfigText.made(
          tag.equals(ConfigMerge.INCLUDE) ? text.strip() : text,
          new Position(new Source(file.source().name(), ""), 1, 1),
          tag);
    }
    checkIncluders(file);
    Tags inside = new Tags(ports, file, tags.explained(), tags);
    ConfigValue value =
        YamlReader.readAny(json ? withoutTabs(file) : file, inside, new MergeLimit());
    if (value != null) {
      file.addContent(value);
    }
    return value == null ? new ConfigText("", true, new Position(file.source(), 1, 1)) : value;
  }

  private void checkIncluders(ConfigFile file) {
    StringBuilder chain = new StringBuilder(file.toString());
    int depth = 1;
    for (Tags at = tags; at != null; at = at.includer()) {
      chain.insert(0, " -> ").insert(0, at.file());
      if (at.file().path().equals(file.path())) {
        throw error("a file includes itself: " + chain);
      }
      depth++;
    }
    if (depth > Tags.MOST_INCLUDERS + 1) {
      throw error(
          "includes are nested deeper than " + Tags.MOST_INCLUDERS + ", which is the limit");
    }
  }

  /** JSON is YAML, but for the tabs between its parts and for an escape that YAML 1.1 lacks. */
  private static ConfigFile withoutTabs(ConfigFile file) {
    String json = new String(file.bytes(), StandardCharsets.ISO_8859_1).replace('\t', ' ');
    // A slash behind a backslash, before which each other backslash is the escape of the next one.
    String yaml = json.replaceAll("(?<!\\\\)((?:\\\\\\\\)*+)\\\\/", "$1/");
    return new ConfigFile(file.path(), yaml.getBytes(StandardCharsets.ISO_8859_1), null);
  }

  private String workingDirectory() {
    Path directory = tags.ports().directories().workingDirectory();
    try {
      return directory.resolve(Tags.unquoted(argument)).normalize().toString();
    } catch (InvalidPathException e) {
      throw error("!cwd needs a valid path, or none");
    }
  }

  private String random() {
    String first = Tags.firstWord(argument);
    String second = argument.substring(first.length()).strip();
    long lowest = second.isEmpty() ? 0 : number(first);
    long highest = first.isEmpty() ? HIGHEST : number(second.isEmpty() ? first : second);
    if (lowest > highest) {
      throw error("!random needs its lowest number before its highest");
    }
    return tags.file()
        .once(place(), () -> Long.toString(new SplittableRandom().nextLong(lowest, highest + 1)));
  }

  private long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number < Long.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, without the text, which may be a secret.
    }
    throw error("!random needs no number, its highest, or its lowest and its highest");
  }

  private String repositoryRoot() {
    ConfigFileCache cache = tags.ports().cache();
    Path root = cache.repositoryOf(tags.file().directory());
    if (root == null) {
      // The user's own configuration lies in no repository.
      root = cache.repositoryOf(tags.ports().directories().workingDirectory());
    }
    if (root != null) {
      return root.toString();
    }
    if (argument.isEmpty()) {
      throw error("!repo-root: this is in no git repository, and there is no default");
    }
    return Tags.unquoted(argument);
  }
}
