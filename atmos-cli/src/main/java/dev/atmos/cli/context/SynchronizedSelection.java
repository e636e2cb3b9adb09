package dev.atmos.cli.context;

import dev.atmos.services.config.ConfigSelection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A selection of the configuration's loader, which isn't safe for two threads. */
record SynchronizedSelection(ConfigSelection selection, Object lock) implements ConfigSelection {
  @Override
  public Map<String, String> variables() {
    synchronized (lock) {
      return selection.variables();
    }
  }

  @Override
  public Map<String, String> variablesOf(@Nullable String identity) {
    synchronized (lock) {
      return selection.variablesOf(identity);
    }
  }

  @Override
  public List<String> words() {
    synchronized (lock) {
      return selection.words();
    }
  }
}
