package dev.atmos.cli.bootstrap;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInRecords;
import dev.atmos.auth.store.SignInState;
import dev.atmos.auth.store.StoredItem;
import dev.atmos.auth.store.StoredItems;
import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.context.StreamConsole;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.cli.host.PluginIndex;
import dev.atmos.cli.port.SystemPorts;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * A process of its own that keeps things with the real ports: what its arguments say, one after the
 * other. Each is followed by a line on standard output, failures on standard error.
 */
final class StoreProcess {
  static final CredentialKey KEY = CredentialKey.of("sso-session", "a1");
  static final Fingerprint ROLE = new Fingerprint("1".repeat(64));
  private static final Instant UNTIL = Instant.parse("2025-01-15T13:00:00Z");

  private final Services services;
  private final PrintStream out;

  private StoreProcess(Services services, PrintStream out) {
    this.services = services;
    this.out = out;
  }

  public static void main(String[] words) throws IOException {
    PrintStream out = System.out;
    SystemPorts ports = Main.systemPorts();
    PluginIndex builtIn = PluginIndex.builtIn(ports.installation().builtInPlugins());
    HostContext context =
        new HostContext(
            ports,
            new StreamConsole(ports.out(), ports.err()),
            new PluginHost(
                builtIn, () -> PluginIndex.EMPTY, DaemonPluginThreads::new, new OwnershipCheck()));
    try {
      new StoreProcess(context, out).run(words);
    } catch (AtmosException e) {
      System.err.println(e.sentence());
      System.exit(e.exitCode().code());
    }
  }

  private void run(String[] words) {
    SignInState signIns = new SignInState(services, false);
    RoleCredentialFiles roles = new RoleCredentialFiles(services);
    StoredItems items = new StoredItems(services, roles, signIns);
    for (String word : words) {
      int colon = word.indexOf(':');
      String argument = word.substring(colon + 1);
      switch (colon < 0 ? word : word.substring(0, colon)) {
        case "write" -> signIns.write(KEY, Secret.of(argument), SignInRecords.Times.NONE);
        case "large" ->
            signIns.write(
                KEY, Secret.of("x".repeat(Integer.parseInt(argument))), SignInRecords.Times.NONE);
        case "read" -> {
          out.println(signIns.read(KEY).map(Secret::reveal).orElse("nothing"));
          continue;
        }
        case "role" -> roles.write(ROLE, "dev", credentials(argument), "eu-west-1");
        case "forever" -> {
          for (int i = 0; true; i++) {
            signIns.write(
                KEY, Secret.of(("value " + i + " ").repeat(2000)), SignInRecords.Times.NONE);
            roles.write(ROLE, "dev", credentials("KEY" + i), null);
            out.println(i);
          }
        }
        case "removeAll" -> {
          for (StoredItem item : items.all()) {
            items.remove(item);
          }
        }
        default -> throw new IllegalArgumentException(word);
      }
      out.println(word.toLowerCase(Locale.ROOT));
    }
  }

  private static AwsCredentials credentials(String keyId) {
    return AwsCredentials.of(
        keyId, Secret.of((keyId + "/").repeat(50)), Secret.of((keyId + "=").repeat(500)), UNTIL);
  }

  /** What the process has said so far, as a text of UTF-8. */
  static String text(byte[] output) {
    return new String(output, StandardCharsets.UTF_8);
  }
}
