package dev.atmos.aws.ecr.command;

import dev.atmos.aws.ecr.docker.HelperRecords;
import dev.atmos.services.Services;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code atmos aws ecr configure-docker}: has docker ask atmos for passwords of registries. */
@Command(
    name = "configure-docker",
    customSynopsis = {
      "atmos aws ecr configure-docker [<integration>] [--remove] [options]",
    },
    description = {
      "",
      "Have docker and podman ask atmos for a password of an ECR registry whenever they need one,"
          + " so that none expires and none is kept in their files. This writes credHelpers in"
          + " docker's configuration, and no other setting.",
      "",
      "The configuration and the identity that are in force now are written down for each registry,"
          + " and nothing else is used to answer. Without a registry, those of the identity's"
          + " integrations are configured.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "",
      "  atmos aws ecr configure-docker",
      "  atmos aws ecr configure-docker --registry 111122223333.dkr.ecr.us-east-2.amazonaws.com",
      "  atmos aws ecr configure-docker --remove"
    })
public final class ConfigureDockerCommand implements Callable<Integer> {
  private final Services services;
  @Mixin private final RegistryOptions options = new RegistryOptions();

  @Option(
      names = "--remove",
      description = "Have docker ask whom it asked before; of all registries, if none is named.")
  private boolean remove;

  private ConfigureDockerCommand(Services services) {
    this.services = services;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(Services services) {
    ConfigureDockerCommand command = new ConfigureDockerCommand(services);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    command.options.complete(spec, services);
    return spec;
  }

  @Override
  public Integer call() {
    HelperRecords records = new HelperRecords(services);
    List<String> lines = new ArrayList<>();
    if (remove) {
      List<String> hosts = options.hosts(services);
      for (String host : options.named() ? hosts : records.hosts()) {
        lines.addAll(records.remove(host));
      }
    } else {
      for (RegistryOptions.Target target : options.targets(services)) {
        String identity = target.identity();
        lines.addAll(
            records.add(
                new HelperRecords.Answerer(target.registry(), identity, variables(identity))));
      }
    }
    lines.forEach(services.console()::say);
    if (lines.isEmpty()) {
      services.console().say("nothing to change");
    }
    if (!remove && services.processes().find(HelperRecords.PROGRAM).isEmpty()) {
      services
          .console()
          .say(
              "docker looks for "
                  + HelperRecords.PROGRAM
                  + " on PATH, where it isn't; it is beside atmos: put that directory on PATH");
    }
    return 0;
  }

  private Map<String, String> variables(@Nullable String identity) {
    Map<String, String> variables =
        new LinkedHashMap<>(services.configSelection().variablesOf(identity));
    if (identity == null) {
      // No configuration and no shell may put an identity in the place of the environment's.
      variables.put("ATMOS_IDENTITY", "off");
      boolean key = services.environment().nonEmpty("AWS_ACCESS_KEY_ID").isPresent();
      if (!key) {
        services
            .environment()
            .nonEmpty("AWS_PROFILE")
            .ifPresent(profile -> variables.put("AWS_PROFILE", profile));
      }
    }
    return variables;
  }
}
