package dev.atmos.plugin.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the configuration: the definition of an entry of the {@code auth} section, the settings
 * of a store, or a plugin's own section. Immutable, and safe for use by several threads.
 *
 * <p>A path names a field: keys joined by dots, such as {@code principal.account}. A field with an
 * empty value counts as absent. A value with a tag ({@code !env}, {@code !exec}) is evaluated when
 * a getter asks for it.
 *
 * <p>All getters throw an {@link AtmosException} with {@link dev.atmos.plugin.base.ExitCode#USAGE}
 * that names file, line and column if the value has another type, or if the value needs the user's
 * approval for the getter's {@link Effect} and the user hasn't given it.
 */
@ImplementedByHost
public interface Definition {

  /** The name of the entry, spelled as in the configuration; the key of a section. */
  String name();

  /** What {@code kind} says; empty where there is none. */
  String kind();

  /** Where it was written. */
  Position position();

  /** Where a field was written; if it is absent, where the nearest mapping around it begins. */
  Position position(String path);

  /** The keys, in the order in which they were written. */
  List<String> keys();

  /** Whether a field is present, even if it is empty. Evaluates no value. */
  boolean has(String path);

  /** The text of a field that is data. */
  Optional<String> text(String path);

  /** The text of a field that is data, and must be present and not empty. */
  String requiredText(String path);

  /** The number of a field. */
  Optional<Long> number(String path);

  /** Whether a field is {@code true}. */
  Optional<Boolean> flag(String path);

  /** The length of time of a field. */
  Optional<Duration> duration(String path);

  /** The texts of a list; empty if it is absent. */
  List<String> list(String path);

  /** The texts of a mapping by their keys, in the order of the file; empty if it is absent. */
  Map<String, String> map(String path);

  /** A secret that signs, or that is sent to an {@linkplain #endpoint endpoint} beside it. */
  Optional<Secret> secret(String path);

  /** An address that something is about to be sent to. */
  Optional<String> endpoint(String path);

  /**
   * A command that is about to be run, as a program: the system's shell, in the directory of the
   * file that the command is written in, wherever the user is.
   */
  Optional<Processes.Program> command(String path);

  /** A file that is about to be read; {@code ~} is the home, other paths are the file's own. */
  Optional<Path> readablePath(String path);

  /** A file that is about to be written; {@code ~} is the home, other paths are the file's own. */
  Optional<Path> writablePath(String path);

  /** Variables that are about to be passed to a program, in the order of the file. */
  Map<String, Secret> variables(String path);

  /** The mapping below a field. */
  Optional<Definition> section(String path);

  /** The mappings of a list; empty if it is absent. */
  List<Definition> sections(String path);

  /**
   * The texts of those of these fields that are present, by their paths; a {@linkplain
   * dev.atmos.plugin.auth.ChainStep#cacheKey cache key} is made of them. A mapping gives all texts
   * in it. They must not be used for anything else, because no effect is checked.
   */
  Map<String, String> values(String... paths);

  /**
   * A failure that names the file, line and column of a field.
   *
   * @param problem one sentence, without values that may be secrets
   * @param hint the command to type or the change to make; null for none
   */
  AtmosException error(String path, String problem, @Nullable String hint);
}
