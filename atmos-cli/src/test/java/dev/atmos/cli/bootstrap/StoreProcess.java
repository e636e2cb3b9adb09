package dev.atmos.cli.bootstrap;

import dev.atmos.auth.store.BuiltInStores;
import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInState;
import dev.atmos.auth.store.StoredItem;
import dev.atmos.auth.store.StoredItems;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.Network;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.plugin.io.Terminal;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.kind.CredentialStoreTypes;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.Sleeper;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A process of its own that keeps things with the real ports: what its arguments say, one after the
 * other. Each is followed by a line on standard output, failures on standard error.
 */
final class StoreProcess implements Services {
  static final CredentialKey KEY = CredentialKey.of("sso-session", "a1");
  static final Fingerprint ROLE = new Fingerprint("1".repeat(64));
  private static final Instant UNTIL = Instant.parse("2025-01-15T13:00:00Z");

  private final ProcessEnvironment environment = new ProcessEnvironment();
  private final RealMachine machine = new RealMachine(environment);

  private StoreProcess() {}

  public static void main(String[] words) {
    StoreProcess process = new StoreProcess();
    try {
      process.run(words);
    } catch (AtmosException e) {
      System.err.println(e.sentence());
      System.exit(e.exitCode().code());
    }
  }

  private void run(String[] words) {
    SignInState signIns = new SignInState(this, false);
    RoleCredentialFiles roles = new RoleCredentialFiles(this);
    StoredItems items = new StoredItems(this, roles, signIns);
    for (String word : words) {
      int colon = word.indexOf(':');
      String argument = word.substring(colon + 1);
      switch (colon < 0 ? word : word.substring(0, colon)) {
        case "write" -> signIns.write(KEY, Secret.of(argument));
        case "large" -> signIns.write(KEY, Secret.of("x".repeat(Integer.parseInt(argument))));
        case "read" -> {
          System.out.println(signIns.read(KEY).map(Secret::reveal).orElse("nothing"));
          continue;
        }
        case "role" -> roles.write(ROLE, "dev", credentials(argument), "eu-west-1");
        case "forever" -> {
          for (int i = 0; true; i++) {
            signIns.write(KEY, Secret.of(("value " + i + " ").repeat(2000)));
            roles.write(ROLE, "dev", credentials("KEY" + i), null);
            System.out.println(i);
          }
        }
        case "removeAll" -> {
          for (StoredItem item : items.all()) {
            items.remove(item);
          }
        }
        default -> throw new IllegalArgumentException(word);
      }
      System.out.println(word.toLowerCase(Locale.ROOT));
    }
  }

  private static AwsCredentials credentials(String keyId) {
    return AwsCredentials.of(
        keyId, Secret.of((keyId + "/").repeat(50)), Secret.of((keyId + "=").repeat(500)), UNTIL);
  }

  @Override
  public Environment environment() {
    return environment;
  }

  @Override
  public Directories directories() {
    return new StandardDirectories(environment);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public CommandConsole console() {
    return new CommandConsole() {
      @Override
      public void answer(String text) {
        System.out.print(text);
      }

      @Override
      public void say(String line) {
        System.err.println(line);
      }

      @Override
      public void debug(String line) {}
    };
  }

  @Override
  public ReadOnlyFiles files() {
    return new PlainFileReader();
  }

  @Override
  public PrivateFiles privateFiles() {
    return new PathPrivateFiles(new PlainFileReader());
  }

  @Override
  public Locks locks() {
    return machine.locks();
  }

  @Override
  public Network network() {
    return machine.network(environment, directories(), files());
  }

  @Override
  public Processes processes() {
    return machine.processes();
  }

  @Override
  public Terminal terminal() {
    return new StandardTerminal("", InputStream.nullInputStream(), OutputStream.nullOutputStream());
  }

  @Override
  public Sleeper pauses() {
    return machine.sleeper();
  }

  @Override
  public ParallelTasks tasks() {
    return machine.tasks();
  }

  @Override
  public Optional<ConfigMap> config(String section) {
    return Optional.empty();
  }

  @Override
  public <T> T service(Class<T> type) {
    if (type != CredentialStoreTypes.class) {
      throw new AtmosException(ExitCode.PLUGIN, "no plugin supplies " + type.getName());
    }
    return type.cast(
        new CredentialStoreTypes() {
          @Override
          public Optional<CredentialStoreType> findStore(String name) {
            return BuiltInStores.types().stream()
                .filter(store -> store.name().equals(name))
                .findFirst();
          }

          @Override
          public List<String> storeNames() {
            return List.of();
          }
        });
  }

  /** What the process has said so far, as a text of UTF-8. */
  static String text(byte[] output) {
    return new String(output, StandardCharsets.UTF_8);
  }
}
