package dev.atmos.auth.store;

import dev.atmos.services.Services;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.Locks;
import dev.atmos.plugin.io.Network;
import dev.atmos.services.system.Sleeper;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.plugin.io.Terminal;
import java.time.Clock;
import java.util.Optional;

/** The world without anybody at the keyboard: a store that is given it can't ask for a password. */
record QuietContext(Services world) implements Services {

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
  public CommandConsole console() {
    return world.console();
  }

  @Override
  public ReadOnlyFiles files() {
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
  public Sleeper pauses() {
    return world.sleeper();
  }

  @Override
  public Network network() {
    return world.network();
  }

  @Override
  public ParallelTasks tasks() {
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
