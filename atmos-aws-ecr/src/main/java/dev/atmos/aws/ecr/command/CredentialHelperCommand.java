package dev.atmos.aws.ecr.command;

import dev.atmos.aws.ecr.docker.HelperRecords;
import dev.atmos.aws.ecr.registry.Registry;
import dev.atmos.aws.ecr.registry.RegistryPassword;
import dev.atmos.aws.ecr.registry.RegistryPasswords;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.audit.AuditEvent;
import dev.atmos.services.audit.AuditLog;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.services.command.CommandSyntax;
import dev.atmos.services.command.DirectCommand;
import dev.atmos.text.TerminalText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code atmos aws ecr credential-helper}, which is {@code docker-credential-atmos} to docker:
 * answers with a password of a registry that {@code configure-docker} has noted. What goes wrong is
 * said on standard output, with exit code 1, as docker wants it.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">The protocol</a>
 */
public final class CredentialHelperCommand implements DirectCommand {
  /** With these words docker goes on without a password. */
  private static final String NOT_FOUND = "credentials not found in native keychain";

  private final Services services;
  private final CommandSyntax syntax = new CommandSyntax();
  private final CommandParameter verb =
      syntax.add(CommandParameter.one("get|list|store|erase", "What docker wants."));

  /** The command with these services. */
  public CredentialHelperCommand(Services services) {
    this.services = services;
    syntax.synopsis("atmos aws ecr credential-helper get|list|store|erase");
    syntax.description(
        "Answer docker's questions for passwords of ECR registries. docker runs this by"
            + " itself, as docker-credential-atmos, and writes the registry to standard input.");
    syntax.examples(
        "docker asks atmos about the registries that were given to:",
        "",
        "  atmos aws ecr configure-docker");
  }

  @Override
  public CommandSyntax syntax() {
    return syntax;
  }

  @Override
  public int run() {
    try {
      services.console().answer(answer(verb.value()));
      return 0;
    } catch (AtmosException e) {
      String sentence = TerminalText.line(e.sentence());
      Optional<String> hint = e.hint();
      services
          .console()
          .answer(
              sentence.equals(NOT_FOUND)
                  ? NOT_FOUND + "\n"
                  : "atmos: "
                      + sentence
                      + (hint.isPresent() ? "; " + TerminalText.line(hint.get()) : "")
                      + "\n");
      return ExitCode.FAILED.code();
    }
  }

  private String answer(@Nullable String verb) {
    HelperRecords records = new HelperRecords(services);
    return switch (verb) {
      case "get" -> get(host(), records);
      case "list" -> list(records);
      case "erase" -> erase(host(), records);
      case "store" ->
          throw new AtmosException(
              ExitCode.FAILED,
              "atmos makes the passwords of this registry when docker asks for them, and stores"
                  + " none",
              "to sign in by hand: atmos aws ecr configure-docker --remove");
      case null, default ->
          throw new AtmosException(
              ExitCode.USAGE, "docker asks for get, list, store or erase, and nothing else");
    };
  }

  private String host() {
    String host = Registry.hostOf(services.terminal().readLine().orElse(""));
    if (host.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, "no credentials server URL");
    }
    return host;
  }

  private String get(String host, HelperRecords records) {
    HelperRecords.Answerer answerer = records.find(host);
    if (answerer == null) {
      throw new AtmosException(ExitCode.FAILED, NOT_FOUND);
    }
    Services recorded = services.withVariables(answerer.variables());
    Registry registry = answerer.registry();
    RegistryPassword password;
    try {
      password = new RegistryPasswords(recorded).get(registry, answerer.identity());
    } catch (AtmosException e) {
      if (registry.isPublic() && e.exitCode() == ExitCode.SIGN_IN_REQUIRED) {
        // Everybody may pull from it.
        throw new AtmosException(ExitCode.FAILED, NOT_FOUND);
      }
      throw e;
    }
    Optional<AuditLog> audit = recorded.audit();
    if (audit.isPresent()) {
      audit.get().record(event(recorded, registry, answerer.identity()));
    }
    Secret secret = password.password();
    return "{\"ServerURL\":\""
        + host
        + "\",\"Username\":\""
        + password.user()
        + "\",\"Secret\":\""
        + secret.reveal()
        + "\"}\n";
  }

  private static AuditEvent event(Services recorded, Registry registry, @Nullable String identity) {
    return AuditEvent.of("registry")
        .withIdentity(
            identity,
            identity == null
                ? Description.NONE
                : recorded.service(ConfiguredNames.class).describe(identity),
            null)
        .with("registry", registry.host())
        .with("region", registry.region());
  }

  private static String list(HelperRecords records) {
    StringBuilder list = new StringBuilder("{");
    for (String host : records.hosts()) {
      list.append(list.length() == 1 ? "\"" : ",\"").append(host).append("\":\"AWS\"");
    }
    return list.append("}\n").toString();
  }

  /** Docker no longer wants the password, and gets another one when it asks again. */
  private String erase(String host, HelperRecords records) {
    HelperRecords.Answerer answerer = records.find(host);
    if (answerer != null) {
      new RegistryPasswords(services.withVariables(answerer.variables()))
          .forget(answerer.registry(), answerer.identity());
    }
    return "";
  }
}
