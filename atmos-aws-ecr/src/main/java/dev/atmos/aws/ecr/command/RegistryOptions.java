package dev.atmos.aws.ecr.command;

import dev.atmos.aws.ecr.integration.EcrSettings;
import dev.atmos.aws.ecr.registry.Registry;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.Integrations;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which registries a command is about. */
final class RegistryOptions {
  static final String IDENTITY = "--identity";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "<integration>",
      description = "An integration of the configuration that has a registry of ECR.")
  @Nullable String integration;

  @Option(
      names = {"-r", "--registry"},
      paramLabel = "<host>",
      description =
          "A registry, such as 111122223333.dkr.ecr.us-east-2.amazonaws.com; may be given several"
              + " times.")
  List<String> registries = new ArrayList<>();

  @Option(names = "--public", description = "The public registry, public.ecr.aws.")
  boolean isPublic;

  @Option(
      names = {"-i", IDENTITY},
      paramLabel = "<name>",
      description =
          "The identity to use it with. Default: ATMOS_IDENTITY, else the default identity, else"
              + " the only one.")
  @Nullable String identity;

  /**
   * A registry, and as whom it is used.
   *
   * @param identity the identity's name, spelled as in the configuration; null for what the
   *     environment offers
   */
  record Target(Registry registry, @Nullable String identity) {}

  /** Names that only the services know complete what is typed. */
  void complete(CommandSpec spec, Services services) {
    ConfiguredValues identities = new ConfiguredValues(services, false);
    OptionSpec option = spec.findOption(IDENTITY);
    spec.remove(option);
    spec.addOption(option.toBuilder().completionCandidates(identities).build());
    PositionalParamSpec word = spec.positionalParameters().getFirst();
    spec.remove(word);
    spec.addPositional(
        word.toBuilder().completionCandidates(new ConfiguredValues(services, true)).build());
  }

  /** Whether registries are named. */
  boolean named() {
    return integration != null || isPublic || !registries.isEmpty();
  }

  /** The hosts that the options name, without their identities. */
  List<String> hosts(Services services) {
    check();
    Set<String> hosts = new LinkedHashSet<>();
    if (integration != null) {
      hosts.add(registry(services, integration).registry().host());
    }
    direct().forEach(registry -> hosts.add(registry.host()));
    return List.copyOf(hosts);
  }

  /**
   * The registries; at least one.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if the options make no sense
   */
  List<Target> targets(Services services) {
    check();
    if (integration != null) {
      return List.of(registry(services, integration));
    }
    List<Registry> direct = direct();
    String name = identity(services);
    if (!direct.isEmpty()) {
      return direct.stream().map(registry -> new Target(registry, name)).toList();
    }
    List<Target> own =
        name == null
            ? List.of()
            : services.service(Integrations.class).of(name).stream()
                .filter(each -> EcrSettings.isOne(each.definition()))
                .map(each -> new Target(EcrSettings.registry(each.definition()), name))
                .toList();
    if (own.isEmpty()) {
      throw usage(
          "no registry is named"
              + (name == null
                  ? ""
                  : ", and identity " + DisplayNames.quoted(name) + " has no integration with one"),
          "name one: --registry 111122223333.dkr.ecr.us-east-2.amazonaws.com, or --public");
    }
    return own;
  }

  private void check() {
    if (integration != null && (isPublic || !registries.isEmpty())) {
      throw usage(
          "an integration has a registry of its own: leave out --registry and --public", null);
    }
    if (integration != null && identity != null) {
      throw usage("an integration has an identity of its own: leave out --identity", null);
    }
  }

  private List<Registry> direct() {
    List<Registry> found = new ArrayList<>();
    for (String each : registries) {
      found.add(Registry.parse("--registry", each));
    }
    if (isPublic) {
      found.add(Registry.PUBLIC);
    }
    return found;
  }

  private @Nullable String identity(Services services) {
    String wanted = identity;
    if (wanted == null) {
      wanted = services.service(ConfiguredNames.class).chosenIdentity().orElse(null);
    }
    return services.service(Identities.class).nameOf(wanted).orElse(null);
  }

  private static Target registry(Services services, String name) {
    Integrations integrations = services.service(Integrations.class);
    ConfiguredIntegration found = integrations.find(name);
    // Checks the definition.
    var _ = integrations.open(found);
    if (!EcrSettings.isOne(found.definition())) {
      throw usage(
          "integration "
              + DisplayNames.quoted(found.name())
              + " is of kind "
              + found.definition().kind()
              + ", and not a registry",
          "choose one with a registry of ECR: atmos auth list");
    }
    return new Target(EcrSettings.registry(found.definition()), found.requiredIdentity());
  }

  private static AtmosException usage(String problem, @Nullable String hint) {
    return new AtmosException(ExitCode.USAGE, problem, hint, null);
  }
}
