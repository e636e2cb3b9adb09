package dev.atmos.auth.list;

import dev.atmos.auth.config.Definition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider, identity or integration, and what there is to say of it.
 *
 * @param definition what the configuration says
 * @param supplied whether its kind is known here, or a plugin has it
 * @param link what it gets its credentials from; null where it says nothing of that
 * @param problems why it can't be used, one sentence each; empty where nothing is known to be wrong
 */
record Entry(Definition definition, boolean supplied, @Nullable Link link, List<String> problems) {

  /** Copies the list. */
  Entry {
    problems = List.copyOf(problems);
  }

  String name() {
    return definition.name();
  }

  Part part() {
    return Part.of(definition);
  }

  /** Whether a link has that state. */
  boolean isLinked(Link.State state) {
    Link there = link;
    return there != null && there.state() == state;
  }
}
