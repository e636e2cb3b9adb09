package dev.atmos.aws.eks.convert;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.kubeconfig.ClusterAccessFactory;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ExecEntry;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.ExecPlugin.Variable;
import dev.atmos.services.kube.ExecReplacement;
import dev.atmos.services.kube.KubeContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of the entries of other programs. Reads no file and writes none. */
public final class EntryConverter {
  private final ClusterAccessFactory factory;
  private final ConfiguredNames configured;
  private final IdentityFinder identities;

  /**
   * A converter.
   *
   * @param identity the value of {@code --identity}; null where it isn't given
   * @throws AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE} if there is no such
   *     identity
   */
  public EntryConverter(Services services, @Nullable String identity) {
    this.factory = new ClusterAccessFactory(services);
    this.configured = services.service(ConfiguredNames.class);
    this.identities = new IdentityFinder(services, identity);
  }

  /** What becomes of the users of these contexts, but for those that have nothing to do with it. */
  public List<Conversion> convert(List<KubeContext> contexts) {
    Map<String, List<KubeContext>> byUser = new LinkedHashMap<>();
    for (KubeContext context : contexts) {
      if (context.user() != null && context.exec() != null) {
        byUser.computeIfAbsent(context.user(), user -> new ArrayList<>()).add(context);
      }
    }
    List<Conversion> conversions = new ArrayList<>();
    byUser.forEach((user, uses) -> {
      ExecEntry exec = Objects.requireNonNull(uses.getFirst().exec());
      ForeignCommand command = ForeignCommand.read(exec);
      if (command != null) {
        conversions.add(convert(user, uses, exec, command));
      }
    });
    return conversions;
  }

  private Conversion convert(
      String user, List<KubeContext> uses, ExecEntry exec, ForeignCommand command) {
    ForeignCluster cluster = ForeignCluster.of(command, uses);
    ClusterName name = cluster.name();
    Region region = cluster.region();
    Conversion left =
        new Conversion(
            user,
            uses,
            command.program(),
            name == null ? null : name.text(),
            region == null ? null : region.text(),
            cluster.account(),
            null,
            null,
            null,
            null,
            null);
    List<String> others = Objects.requireNonNull(uses.getFirst().login()).others();
    if (command.obstacle() != null) {
      return left.left(command.obstacle(), null);
    }
    if (!others.isEmpty()) {
      return left.left("kubectl doesn't run its command, as it has " + others.getFirst(), null);
    }
    if (name == null || region == null) {
      return left.left(String.valueOf(cluster.obstacle()), null);
    }
    try {
      Optional<String> identity = identities.find(command, cluster);
      boolean ambient = identity.isPresent() && configured.startsFromEnvironment(identity.get());
      Map<String, String> aws =
          identity.isPresent()
              ? ambient ? factory.awsProfile() : Map.of()
              : command.profile() == null ? Map.of() : profile(command.profile(), exec.env());
      ExecPlugin made = factory.exec(name, region, identity.orElse(null), aws);
      return new Conversion(
          user,
          uses,
          command.program(),
          name.text(),
          region.text(),
          cluster.account(),
          identity.orElse(null),
          aws.get("AWS_PROFILE"),
          new ExecReplacement(user, exec, with(made, exec, identity.isPresent())),
          null,
          null);
    } catch (AtmosException e) {
      return left.left(e.sentence(), e.hint().orElse(null));
    } catch (IllegalArgumentException e) {
      return left.left("no kubeconfig can hold the command: " + e.getMessage(), null);
    }
  }

  /** The variables of a profile; where the entry says where its files are, that counts. */
  private Map<String, String> profile(String profile, Map<String, String> env) {
    Map<String, String> variables = new LinkedHashMap<>(factory.awsProfile(profile));
    for (String name : ClusterAccessFactory.SHARED_FILES) {
      if (env.containsKey(name)) {
        variables.put(name, env.get(name));
      }
    }
    return variables;
  }

  /** The new command with what the old one had beside what is replaced. */
  private static ExecPlugin with(ExecPlugin made, ExecEntry before, boolean identity) {
    List<Variable> env = new ArrayList<>(made.env());
    Set<String> names = env.stream().map(Variable::name).collect(Collectors.toSet());
    before
        .env()
        .forEach((name, value) -> {
          boolean replaced =
              ForeignCommand.REPLACED.contains(name)
                  || (identity && ClusterAccessFactory.SHARED_FILES.contains(name));
          if (!replaced && !names.contains(name)) {
            env.add(new Variable(name, value));
          }
        });
    return new ExecPlugin(
        ExecPlugin.V1.equals(before.apiVersion()) ? ExecPlugin.V1 : ExecPlugin.V1BETA1,
        made.command(),
        made.args(),
        env,
        made.installHint(),
        made.interactiveMode());
  }
}
