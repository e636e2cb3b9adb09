package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that its tag makes when it is used, such as {@code !exec}, or that can't be made at all.
 * It may stand in a part of the configuration that a run doesn't use: before the value is used, no
 * command runs, no file is read and no error is reported.
 */
public final class DeferredValue implements ConfigValue {
  private final String tag;
  private final String argument;
  private final Position position;
  private final Supplier<? extends ConfigValue> maker;
  private @Nullable ConfigValue brought;
  private @Nullable ConfigValue made;

  /**
   * A value that is made when it is first used, and kept.
   *
   * @param tag a tag that messages may show, with its {@code !}
   * @param argument what stands behind the tag; not to be shown in a message, as it may be a secret
   * @param position where it begins
   * @param maker makes the value, or throws an {@link AtmosException}
   */
  public DeferredValue(
      String tag, String argument, Position position, Supplier<? extends ConfigValue> maker) {
    this.tag = tag;
    this.argument = argument;
    this.position = position;
    this.maker = maker;
  }

  /**
   * A value that can't be made.
   *
   * @param problem what the error says, without a value and without a tag that isn't well known: it
   *     may be a secret that begins with {@code !}
   * @param position where it begins
   */
  public static DeferredValue unreadable(String problem, Position position) {
    return new DeferredValue(
        "",
        "",
        position,
        () -> {
          throw position.error(problem);
        });
  }

  /** The tag, with its {@code !}; empty if it isn't one that is known. */
  public String tag() {
    return tag;
  }

  /** What stands behind the tag; it may be a secret. */
  public String argument() {
    return argument;
  }

  @Override
  public Position position() {
    return position;
  }

  /**
   * {@inheritDoc}
   *
   * @throws AtmosException if it can't be made, or must not be
   */
  @Override
  public ConfigValue resolved() {
    ConfigValue value = made;
    if (value == null) {
      value = brought().resolved();
      made = value;
    }
    return value;
  }

  /**
   * What its own tag makes, which may have a tag in turn.
   *
   * @throws AtmosException if it can't be made, or must not be
   */
  public ConfigValue brought() {
    ConfigValue value = brought;
    if (value == null) {
      value = maker.get();
      brought = value;
    }
    return value;
  }

  /** The value, or what was brought of it, if it was made already. */
  public @Nullable ConfigValue made() {
    return made == null ? brought : made;
  }

  @Override
  public String describe() {
    return "a value with a tag";
  }

  @Override
  public String toString() {
    return "ConfigTagged[" + tag + " " + position + "]";
  }
}
