package dev.atmos.cli.config.approval;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.trust.TrustRecord;
import dev.atmos.cli.config.trust.TrustRequest;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that isn't trusted as a whole, as it was read.
 *
 * @param real its real path
 * @param values the values that need approval, in the order in which they are written
 * @param unsupplied the entries of which nothing is known
 * @param before what the user has approved; null for nothing
 */
public record UntrustedFile(
    ConfigFile file,
    Path real,
    List<Value> values,
    List<Unsupplied> unsupplied,
    @Nullable TrustRecord before) {

  /** Whether a value is approved. */
  public enum State {
    /** It is. */
    APPROVED,
    /** Nothing was approved at its keys. */
    NEW,
    /** Another value was approved at its keys. */
    CHANGED,
    /** A script that it names was not approved as it is now. */
    SCRIPT,
    /** It can't be approved, as it isn't known which files of the project it runs. */
    UNTELLABLE,
    /** A definition that it is a part of was not approved as it is now. */
    DEFINITION
  }

  /**
   * A value that needs approval.
   *
   * @param request what is approved
   * @param text the value as it is written; of a variable for programs, its name and value with
   *     {@code =} between them
   * @param declared whether the schema declares the effect; false for the field of an open kind
   * @param secret whether it is never shown
   */
  public record Value(TrustRequest request, String text, boolean declared, boolean secret) {

    /** What is done with it. */
    public Effect effect() {
      return request.effect();
    }

    /** Says where it is, not what: the text may be anything. */
    @Override
    public String toString() {
      return request.toString();
    }
  }

  /**
   * What can't be approved: an entry of a kind that nothing supplies, or an included text.
   *
   * @param kind the kind; empty for a text
   * @param path the keys that lead to it
   */
  public record Unsupplied(String kind, String path, Position position) {}

  /** The path that it was found by. */
  public Path path() {
    return file.path();
  }

  /** Whether the user has approved some of it before. */
  public boolean wasTrusted() {
    return before != null;
  }

  /** The values that aren't approved. */
  public List<Value> pending() {
    return values.stream()
        .filter(value -> state(value) != State.APPROVED && state(value) != State.UNTELLABLE)
        .toList();
  }

  /** The values that can't be approved. */
  public List<Value> untellable() {
    return values.stream().filter(value -> state(value) == State.UNTELLABLE).toList();
  }

  /** Whether a value is approved. */
  public State state(Value value) {
    TrustRecord record = before;
    TrustRecord.Approval missing = record == null ? null : record.missing(value.request());
    if (!value.request().canBeGranted()) {
      return State.UNTELLABLE;
    }
    if (record == null) {
      return State.NEW;
    }
    if (missing == null) {
      return State.APPROVED;
    }
    if (missing.isScript()) {
      return State.SCRIPT;
    }
    if (missing.isDefinition()) {
      return State.DEFINITION;
    }
    return record.knows(missing.subject()) ? State.CHANGED : State.NEW;
  }
}
