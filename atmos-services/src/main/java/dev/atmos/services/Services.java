package dev.atmos.services;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.audit.AuditLog;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigSelection;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.services.policy.Policy;
import dev.atmos.services.system.ClockSkew;
import dev.atmos.services.system.GenericCredentials;
import dev.atmos.services.system.InteractiveTerminal;
import dev.atmos.services.system.Launcher;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.system.UserFiles;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The world, as built-in plugins see it: all that a guest sees, and what only the program needs.
 */
public interface Services extends PluginContext {

  /**
   * The services behind the context that a built-in plugin is given. The only cast from the one to
   * the other.
   *
   * @throws IllegalArgumentException if the context isn't the host's
   */
  static Services of(PluginContext context) {
    if (context instanceof Services services) {
      return services;
    }
    throw new IllegalArgumentException("not a context of the host");
  }

  @Override
  ProcessControl processes();

  @Override
  InteractiveTerminal terminal();

  @Override
  ProxyNetwork network();

  /** Keeps processes, and the threads of this one, from doing the same thing at once. */
  Locks locks();

  /** Lets time pass. */
  Sleeper sleeper();

  /**
   * The clock of this machine as it is set, for what other programs here compare with it. {@link
   * #clock} is corrected as far as AWS's answers have shown that it is wrong.
   */
  Clock localClock();

  /** How far local time is from UTC at a time, for times that people read. */
  default ZoneOffset offsetAt(Instant time) {
    return ZoneOffset.UTC;
  }

  /** By how much {@link #clock} is corrected; empty if it isn't. */
  Optional<ClockSkew> clockSkew();

  /** Corrects {@link #clock} from now on, and says so once; null for no correction. */
  void correctClock(@Nullable ClockSkew skew);

  /** Does several things at a time. */
  ParallelTasks tasks();

  /** Writes files of the user's that other programs read as well. */
  UserFiles userFiles();

  /** What Windows keeps for its user; empty on other systems. */
  default Optional<GenericCredentials> genericCredentials() {
    return Optional.empty();
  }

  /**
   * A section of the merged configuration, as {@link #config} reads it.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} as {@link #config} does
   */
  Optional<ConfigMap> configMap(String section);

  /** Which files of the configuration may have which effects. */
  TrustPolicy trust();

  /**
   * What the administrator of the machine allows; empty where there is no policy.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if there is one that can't be used
   */
  default Optional<Policy> policy() {
    return Optional.empty();
  }

  /** Takes what is to be audited; empty where nothing is. */
  default Optional<AuditLog> audit() {
    return Optional.empty();
  }

  /** The kinds that plugins supply. */
  KindRegistry kinds();

  /** The variables that select the configuration of this run in another one. */
  ConfigSelection configSelection();

  /** The program by which atmos is started. */
  Launcher launcher();

  /**
   * The services of a run that was started with these variables as well, and without options of the
   * configuration. They mean what variables of the process would, and grant no more.
   */
  Services with(Map<String, String> variables);
}
