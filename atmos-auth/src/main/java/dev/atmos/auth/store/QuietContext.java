package dev.atmos.auth.store;

import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.io.Console;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.FileReader;
import dev.atmos.plugin.io.Locks;
import dev.atmos.plugin.io.Network;
import dev.atmos.plugin.io.Pauses;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.Tasks;
import dev.atmos.plugin.io.Terminal;
import java.time.Clock;
import java.util.Optional;

/** The world without anybody at the keyboard: a store that is given it can't ask for a password. */
record QuietContext(PluginContext world) implements PluginContext {

  private static final class Nobody implements Terminal {
    @Override
    public boolean isInteractive() {
      return false;
    }

    @Override
    public Optional<String> readLine() {
      return Optional.empty();
    }

    @Override
    public Optional<Secret> readSecret() {
      return Optional.empty();
    }
  }

  @Override
  public Terminal terminal() {
    return new Nobody();
  }

  @Override
  public Environment environment() {
    return world.environment();
  }

  @Override
  public Directories directories() {
    return world.directories();
  }

  @Override
  public Clock clock() {
    return world.clock();
  }

  @Override
  public Console console() {
    return world.console();
  }

  @Override
  public FileReader files() {
    return world.files();
  }

  @Override
  public PrivateFiles privateFiles() {
    return world.privateFiles();
  }

  @Override
  public Locks locks() {
    return world.locks();
  }

  @Override
  public Processes processes() {
    return world.processes();
  }

  @Override
  public Pauses pauses() {
    return world.pauses();
  }

  @Override
  public Network network() {
    return world.network();
  }

  @Override
  public Tasks tasks() {
    return world.tasks();
  }

  @Override
  public Optional<ConfigMap> config(String section) {
    return world.config(section);
  }

  @Override
  public <T> T service(Class<T> type) {
    return world.service(type);
  }
}
