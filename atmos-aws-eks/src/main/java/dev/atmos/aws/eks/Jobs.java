package dev.atmos.aws.eks;

import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.integration.IntegrationSpec;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what was asked for. Everything that was typed is checked before anything is done. */
final class Jobs {
  private static final int LONGEST_NAME = 512;
  private static final String EXAMPLE =
      "atmos aws eks update-kubeconfig --name NAME --region REGION";

  private final Services context;
  private final UpdateOptions options;
  private @Nullable AtmosException unknown;

  Jobs(Services context, UpdateOptions options) {
    this.context = context;
    this.options = options;
  }

  /**
   * In the order in which they were named; each once, and at least one.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if what was typed makes no sense, or if it
   *     isn't clear who is meant
   */
  List<Job> find() {
    checkOptions();
    List<Job> jobs = options.integrations().isEmpty() ? ofNames(options.names()) : ofIntegrations();
    if (jobs.size() > 1 && (options.alias() != null || options.userAlias() != null)) {
      throw usage(
          (options.alias() != null ? "--alias" : "--user-alias")
              + " names one entry, and "
              + jobs.size()
              + " clusters are asked for",
          "leave it out, or name one cluster");
    }
    return jobs;
  }

  private void checkOptions() {
    String output = options.output();
    if (output != null && !output.equals("text") && !output.equals("json")) {
      throw usage("--output must be text or json", null);
    }
    notEmpty("--region", options.region());
    notEmpty("--identity", options.identity());
    name("--alias", options.alias());
    name("--user-alias", options.userAlias());
    notEmpty("--kubeconfig", options.kubeconfig());
    target();
    boolean named = !options.names().isEmpty();
    if (named == !options.integrations().isEmpty()) {
      throw named ? usage("--name and --integration exclude each other", null) : nothingNamed();
    }
    if (!named && options.region() != null) {
      throw usage("--region goes with --name: an integration has a region of its own", null);
    }
    if (!named && options.identity() != null) {
      throw usage("--identity goes with --name: an integration has an identity of its own", null);
    }
    if (options.remove()) {
      notWithRemove("--alias", options.alias() != null);
      notWithRemove("--user-alias", options.userAlias() != null);
      notWithRemove("--no-switch", options.noSwitch());
    }
  }

  private static void notWithRemove(String option, boolean given) {
    if (given) {
      throw usage(option + " makes no sense with --remove", null);
    }
  }

  private static void notEmpty(String option, @Nullable String value) {
    if (value != null && value.isEmpty()) {
      throw usage(option + " is empty", null);
    }
  }

  /** What an entry may be called: what can be seen. */
  private static void name(String option, @Nullable String value) {
    notEmpty(option, value);
    if (value == null) {
      return;
    }
    if (value.length() > LONGEST_NAME) {
      throw usage(option + " is longer than " + LONGEST_NAME + " characters", null);
    }
    for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
      switch (Character.getType(value.codePointAt(i))) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.UNASSIGNED ->
            throw usage(
                option + " has a character in it that can't be seen: " + Shown.character(value, i),
                null);
        default -> {}
      }
    }
  }

  private AtmosException nothingNamed() {
    List<String> integrations = context.service(ConfiguredNames.class).integrations();
    return usage(
        "no cluster is named",
        integrations.isEmpty()
            ? EXAMPLE
            : EXAMPLE + ", or --integration with one of: " + String.join(", ", integrations));
  }

  private KubeconfigTarget target() {
    try {
      return new KubeconfigTarget(options.kubeconfig(), null, FileMode.PRIVATE);
    } catch (IllegalArgumentException e) {
      throw usage("--kubeconfig can't be used: " + e.getMessage(), null);
    }
  }

  // ---- by name

  private List<Job> ofNames(List<String> names) {
    String typed = options.region();
    Region region = typed == null ? null : new Region(typed);
    for (String name : names) {
      if (isArn(name)) {
        arn(name, region);
      } else {
        ClusterName.of("--name", name);
      }
    }
    String who = identity();
    List<Job> jobs = new ArrayList<>();
    for (String name : names) {
      ClusterRequest request;
      if (isArn(name)) {
        ClusterArn arn = arn(name, region);
        request =
            new ClusterRequest(
                new ClusterName(arn.cluster()), new Region(arn.region()), arn.account());
      } else {
        request =
            new ClusterRequest(new ClusterName(name), region == null ? region(who) : region, null);
      }
      Job job =
          new Job(request, who, options.alias(), options.userAlias(), target(), UpdateMode.MERGE);
      if (!jobs.contains(job)) {
        jobs.add(job);
      }
    }
    return jobs;
  }

  /**
   * Who is meant. What was added for an identity can be taken out after it has gone from the
   * configuration.
   */
  private @Nullable String identity() {
    try {
      Optional<String> identity = context.service(Identities.class).nameOf(options.identity());
      return identity.isPresent() ? identity.get() : null;
    } catch (AtmosException e) {
      if (options.remove() && options.identity() != null) {
        unknown = e;
        return options.identity();
      }
      throw e;
    }
  }

  /** Why the identity that is named can't be one of the configuration; null where it is one. */
  @Nullable AtmosException unknown() {
    return unknown;
  }

  private static boolean isArn(String name) {
    return name.startsWith("arn:");
  }

  private static ClusterArn arn(String text, @Nullable Region region) {
    ClusterArn arn;
    try {
      arn = ClusterArn.parse(text);
    } catch (IllegalArgumentException e) {
      throw usage("--name is no cluster's ARN: " + e.getMessage(), null);
    }
    Region.of("the region of the ARN", arn.region());
    if (region != null && !region.text().equals(arn.region())) {
      throw usage(
          "--region says " + region.text() + ", and the ARN says " + arn.region(),
          "leave --region out");
    }
    return arn;
  }

  /** An identity's own region comes before what the shell says (which is meant for others). */
  private Region region(@Nullable String identity) {
    if (identity != null) {
      Optional<String> own = context.service(Identities.class).regionOf(identity);
      if (own.isPresent()) {
        return Region.of("the region of identity " + Shown.name(identity), own.get());
      }
    }
    for (String variable : List.of("AWS_REGION", "AWS_DEFAULT_REGION")) {
      Optional<String> value = context.environment().nonEmpty(variable);
      if (value.isPresent()) {
        return Region.of(variable, value.get());
      }
    }
    throw usage(
        "--region is missing"
            + (identity == null
                ? ", and AWS_REGION is not set"
                : ": identity " + Shown.name(identity) + " has none, and AWS_REGION is not set"),
        EXAMPLE);
  }

  // ---- by integration

  private List<Job> ofIntegrations() {
    Integrations integrations = context.service(Integrations.class);
    List<Job> jobs = new ArrayList<>();
    for (String name : options.integrations()) {
      notEmpty("--integration", name);
      ConfiguredIntegration integration = integrations.find(name);
      if (!integration.spec().kind().equals(EksIntegrationType.KIND)) {
        // Where no plugin supplies the kind, that is what is said.
        integrations.open(integration);
        throw otherKind(integration.spec());
      }
      String identity = integration.requiredIdentity();
      EksSettings settings = EksSettings.read(integration.spec());
      String alias = options.alias();
      Job job =
          new Job(
              settings.cluster(),
              identity,
              alias == null ? settings.alias() : alias,
              options.userAlias(),
              settings.target(options.kubeconfig()),
              settings.update());
      if (!jobs.contains(job)) {
        jobs.add(job);
      }
    }
    return jobs;
  }

  private static AtmosException otherKind(IntegrationSpec spec) {
    return usage(
        "integration "
            + Shown.name(spec.name())
            + " is of kind "
            + spec.kind()
            + ", and no EKS cluster",
        "choose one of kind " + EksIntegrationType.KIND);
  }

  private static AtmosException usage(String problem, @Nullable String hint) {
    return new AtmosException(ExitCode.USAGE, problem, hint, null);
  }
}
