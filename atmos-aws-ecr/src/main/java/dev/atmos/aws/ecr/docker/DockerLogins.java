package dev.atmos.aws.ecr.docker;

import dev.atmos.aws.ecr.registry.Registry;
import dev.atmos.aws.ecr.registry.RegistryPassword;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.Services;
import dev.atmos.services.auth.DerivedSecrets;
import dev.atmos.services.auth.RegistryLogins;
import dev.atmos.services.system.Digests;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.json.FlatJson;
import dev.atmos.text.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives docker passwords to keep: in its file, or in the credential store that the file names. A
 * receipt says what was put where, so that nothing else is taken away again.
 */
public final class DockerLogins implements RegistryLogins {
  private static final String AUTHS = "auths";
  private static final String AUTH = "auth";
  private static final String HELPERS = "credHelpers";
  private static final String IDENTITY = "identity";
  private static final String STORE = "store";

  /** Before the path of a file: a digest of the login that was written to it. */
  private static final String FILE = "file ";

  private final Services services;
  private final DockerFiles files;
  private final HostFiles receipts;

  /** With the files of the user that these services have. */
  public DockerLogins(Services services) {
    this.services = services;
    this.files = new DockerFiles(services);
    this.receipts =
        new HostFiles(
            services,
            services
                .directories()
                .state()
                .map(state -> state.resolve("ecr").resolve("logins"))
                .orElse(null));
  }

  /**
   * Makes sure that docker may keep passwords of a host at all.
   *
   * @return whether docker asks atmos for them already, so that it has to keep none
   * @throws AtmosException with {@link ExitCode#USAGE} if the configuration says that nothing is
   *     kept, or docker asks another tool
   */
  public boolean asksAtmos(String host) {
    String helper = files.read(files.docker()).text(HELPERS, host);
    if (HelperRecords.SUFFIX.equals(helper)) {
      return true;
    }
    String cure = "have docker ask atmos: atmos aws ecr configure-docker --registry " + host;
    if (helper != null) {
      throw new AtmosException(
          ExitCode.USAGE,
          "docker asks docker-credential-" + helper + " for passwords of " + host,
          cure);
    }
    if (!services.service(DerivedSecrets.class).keeps()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "docker would keep the password of " + host + ", and the configuration keeps no secrets",
          cure);
    }
    return false;
  }

  /** Plans to give docker a password to keep. */
  public IntegrationPlan addition(
      Registry registry, @Nullable String identity, RegistryPassword password) {
    String host = registry.host();
    String store = files.read(files.docker()).text("credsStore");
    List<Path> changed = new ArrayList<>();
    for (Path file : files.all()) {
      boolean kept = password.login().reveal().equals(files.read(file).text(AUTHS, host, AUTH));
      if (!kept && (store == null || !file.equals(files.docker()))) {
        changed.add(file);
      }
    }
    List<String> changes =
        new ArrayList<>(
            changed.stream().map(file -> "sign in to " + host + " in " + file).toList());
    if (store != null && !store.isEmpty()) {
      changes.addFirst("sign in to " + host + " in docker's store " + DisplayNames.quoted(store));
    }
    return new Plan(
        changes,
        () -> {
          Map<String, String> receipt = new LinkedHashMap<>();
          Map<String, String> before = receipts.read(host);
          if (before != null) {
            receipt.putAll(before);
          }
          receipt.put(IDENTITY, identity == null ? "" : identity);
          String digest = digest(password.login().reveal());
          for (Path file : changed) {
            receipt.put(FILE.concat(file.toString()), digest);
          }
          if (store != null && !store.isEmpty()) {
            receipt.put(STORE, store);
          }
          // First: what is written down and not there does no harm.
          receipts.write(host, receipt);
          if (store != null && !store.isEmpty()) {
            tell(
                store,
                "store",
                Map.of(
                    "ServerURL", Secret.of(host),
                    "Username", Secret.of(password.user()),
                    "Secret", password.password()));
          }
          for (Path file : changed) {
            files.edit(file, true, text -> text.with(password.login().reveal(), AUTHS, host, AUTH));
          }
        });
  }

  @Override
  public IntegrationPlan removal(@Nullable String identity) {
    return removal((host, receipt) -> identity == null || identity.equals(receipt.get(IDENTITY)));
  }

  /** Plans to take the passwords of these hosts away from docker. */
  public IntegrationPlan removalOf(Predicate<String> hosts) {
    return removal((host, receipt) -> hosts.test(host));
  }

  private interface Choice {
    boolean test(String host, Map<String, String> receipt);
  }

  private IntegrationPlan removal(Choice choice) {
    Map<String, Map<String, String>> chosen = new LinkedHashMap<>();
    for (String host : receipts.hosts()) {
      Map<String, String> receipt = receipts.read(host);
      if (receipt != null && choice.test(host, receipt)) {
        chosen.put(host, receipt);
      }
    }
    return new Plan(
        chosen.keySet().stream().map(host -> "sign docker out of " + host).toList(),
        () -> chosen.forEach(this::remove));
  }

  private void remove(String host, Map<String, String> receipt) {
    for (Map.Entry<String, String> each : receipt.entrySet()) {
      if (each.getKey().startsWith(FILE)) {
        Path file = services.directories().workingDirectory().resolve(each.getKey().substring(5));
        if (services.files().exists(file)) {
          files.edit(file, false, text -> without(text, host, each.getValue()));
        }
      }
    }
    String store = receipt.get(STORE);
    if (store != null) {
      tell(store, "erase", Map.of("", Secret.of(host)));
    }
    receipts.delete(host);
  }

  /** A login that somebody else has put there since stays. */
  private static JsonText without(JsonText text, String host, String digest) {
    String login = text.text(AUTHS, host, AUTH);
    return login != null && digest(login).equals(digest) ? text.without(AUTHS, host, AUTH) : text;
  }

  private static String digest(String login) {
    return Digests.sha256Hex(login.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Runs docker's credential store, in words of its protocol. */
  private void tell(String store, String verb, Map<String, Secret> what) {
    String program = "docker-credential-" + store;
    Secret only = what.get("");
    Secret input = only == null ? Secret.of(FlatJson.write(what, Secret::reveal)) : only;
    try {
      int code =
          services
              .processes()
              .run(Processes.Program.of(List.of(program, verb)).withInput(input))
              .exitCode();
      if (code != 0) {
        throw new AtmosException(
            ExitCode.FAILED, program + " " + verb + " failed with exit code " + code);
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED,
          "docker's store can't be used: " + program + " " + e.getMessage(),
          "unlock or install it, or take credsStore out of docker's config.json",
          e);
    }
  }

  private record Plan(List<String> changes, Runnable action) implements IntegrationPlan {
    @Override
    public IntegrationResult apply() {
      action.run();
      return IntegrationResult.of(changes, List.of());
    }
  }
}
