package dev.atmos.services.testing;

import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.kind.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The kinds of one sort that a test adds.
 *
 * @param <T> what a kind of this sort is
 */
public final class FakeKinds<T extends KindType> implements Kinds<T> {
  private final TreeMap<String, T> types = new TreeMap<>();
  private final TreeSet<String> builtIn = new TreeSet<>();
  private final List<String> found = new ArrayList<>();

  /** No kinds. */
  public FakeKinds() {}

  /** Adds a kind of a built-in plugin. */
  public FakeKinds<T> add(T type) {
    builtIn.add(type.kind());
    return addGuest(type);
  }

  /** Adds a kind of an installed plugin. */
  public FakeKinds<T> addGuest(T type) {
    types.put(type.kind(), type);
    return this;
  }

  /** The kinds that were asked for, in order: those whose plugins the host would load. */
  public List<String> found() {
    return List.copyOf(found);
  }

  @Override
  public Optional<T> find(String kind) {
    found.add(kind);
    return Optional.ofNullable(types.get(kind));
  }

  @Override
  public List<String> names() {
    return List.copyOf(types.keySet());
  }

  @Override
  public List<String> builtInNames() {
    return List.copyOf(builtIn);
  }
}
