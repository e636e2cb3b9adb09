package dev.atmos.services.testing;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.kind.Kinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, AtmosException> broken = new HashMap<>();
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

  /** Adds a kind of an installed plugin that can't be loaded. */
  public FakeKinds<T> addBroken(String kind, AtmosException failure) {
    broken.put(kind, failure);
    return this;
  }

  /** The kinds that were asked for, in order: those whose plugins the host would load. */
  public List<String> found() {
    return List.copyOf(found);
  }

  @Override
  public Optional<T> find(String kind) {
    found.add(kind);
    AtmosException failure = broken.get(kind);
    if (failure != null) {
      throw failure;
    }
    return Optional.ofNullable(types.get(kind));
  }

  @Override
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>(types.keySet());
    names.addAll(broken.keySet());
    return List.copyOf(names);
  }

  @Override
  public List<String> builtInNames() {
    return List.copyOf(builtIn);
  }
}
