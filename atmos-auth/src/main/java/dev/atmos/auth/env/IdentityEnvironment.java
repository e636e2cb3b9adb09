package dev.atmos.auth.env;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.IdentityVariables;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Chain;
import dev.atmos.auth.session.ChainPolicy;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.policy.Policy;
import dev.atmos.text.DisplayNames;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The variables by which a program uses one identity, and no other: variables that would win over
 * it are removed. As a rule they name a profile, whose credentials are asked for when a program
 * needs them. They can hold the keys themselves instead.
 */
public final class IdentityEnvironment {
  static final String CONFIG_FILE = "AWS_CONFIG_FILE";
  static final String CREDENTIALS_FILE = "AWS_SHARED_CREDENTIALS_FILE";
  static final String PROFILE = "AWS_PROFILE";
  static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";
  static final String SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";
  static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";
  static final String EXPIRATION = "AWS_CREDENTIAL_EXPIRATION";
  static final String REGION = "AWS_REGION";
  static final String DEFAULT_REGION = "AWS_DEFAULT_REGION";
  static final String IDENTITY = "ATMOS_IDENTITY";
  static final String METADATA_DISABLED = "AWS_EC2_METADATA_DISABLED";
  private static final String CONTAINER_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  static final String AUTHORIZATION_TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

  private static final String ENDPOINT = "AWS_ENDPOINT_URL";

  /** Old versions of the SDK for Go read no config file without it. */
  static final String LOAD_CONFIG = "AWS_SDK_LOAD_CONFIG";

  /** The variables that hold keys. */
  private static final List<String> KEYS =
      List.of(ACCESS_KEY_ID, SECRET_ACCESS_KEY, SESSION_TOKEN, "AWS_SECURITY_TOKEN");

  /** The variables by which the AWS tools find credentials elsewhere. */
  private static final List<String> SOURCES =
      List.of(
          PROFILE,
          "AWS_DEFAULT_PROFILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_ROLE_ARN",
          "AWS_ROLE_SESSION_NAME",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          CONTAINER_URI,
          "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");

  private final AuthEngine engine;
  private final Services services;
  private final Chain identity;
  private final Map<String, Secret> common;
  private final Map<String, Secret> configured;
  private final ProfileFiles files;
  private final WorkRegionFinder regions;
  private final @Nullable String option;
  private final boolean only;
  private boolean regionFound;
  private @Nullable WorkRegion region;

  private IdentityEnvironment(
      AuthEngine engine, Chain identity, @Nullable String option, boolean only) {
    this.engine = engine;
    this.only = only;
    this.option = option;
    this.services = engine.services();
    this.identity = identity;
    this.common = ConfiguredVariables.of(services);
    this.configured = identity.definition().variables(AuthFields.ENV);
    this.files = new ProfileFiles(engine);
    this.regions = new WorkRegionFinder(engine);
  }

  /**
   * The environment of an identity.
   *
   * @param name the identity's name, spelled as in the configuration
   * @param region the value of {@code --region}; null where it isn't given
   * @param only whether programs get no other profile
   * @throws AtmosException with {@link ExitCode#USAGE} if it can't be used as it is written
   */
  public static IdentityEnvironment of(
      AuthEngine engine, String name, @Nullable String region, boolean only) {
    IdentityEnvironment environment =
        new IdentityEnvironment(engine, engine.resolve(name), region, only);
    for (Map.Entry<String, Secret> each : environment.configured.entrySet()) {
      environment.check(each.getKey(), each.getValue());
    }
    return environment;
  }

  private void check(String name, Secret value) {
    String fault = IdentityVariables.fault(name, value.reveal());
    if (fault != null) {
      String sentence = IdentityVariables.sentence(name, identity.name(), fault);
      throw identity.definition().position(AuthFields.ENV).error(sentence);
    }
  }

  /**
   * Whether a profile won't do: the identity starts from secrets of the environment, which are
   * removed and can't be asked for again.
   */
  public boolean needsKeys() {
    return identity.startsFromEnvironment() && !identity.isEnvironment() && hasKeys();
  }

  private boolean hasKeys() {
    Environment environment = services.environment();
    return environment.nonEmpty(ACCESS_KEY_ID).isPresent()
        || environment.nonEmpty(AUTHORIZATION_TOKEN).isPresent();
  }

  /**
   * Whether programs get the keys themselves.
   *
   * @param wanted whether the user wants that
   */
  public boolean givesKeys(boolean wanted) {
    return wanted
        || (!identity.isEnvironment() && (needsKeys() || services.directories().state().isEmpty()));
  }

  /** Checks by the policy of the machine, before anything is asked of AWS or written. */
  public IdentityEnvironment allowed(boolean keys) {
    Optional<Policy> policy = services.policy();
    if (policy.isPresent()) {
      ChainPolicy.require(policy.get(), identity);
      if (givesKeys(keys)) {
        policy.get().requireStaticKeys(keys ? "--static" : subject());
      }
      complete(withoutOthers());
    }
    return this;
  }

  private String subject() {
    return "identity " + DisplayNames.quoted(identity.name());
  }

  /**
   * The variables of the identity's profile.
   *
   * @param write whether to write the profile's files; else they are only named
   */
  public List<Variable> profile(boolean write) {
    if (identity.isEnvironment()) {
      return complete(new TreeMap<>());
    }
    Map<String, Variable> variables = withoutOthers();
    ProfileFiles.View profile = files.of(identity, sources(), only);
    put(variables, CONFIG_FILE, profile.config().toString());
    put(variables, CREDENTIALS_FILE, profile.credentials().toString());
    put(variables, PROFILE, profile.name());
    put(variables, LOAD_CONFIG, "1");
    put(variables, METADATA_DISABLED, "true");
    List<Variable> complete = complete(variables);
    if (write) {
      files.write(profile);
    }
    return complete;
  }

  /** The variables that hold the identity's keys. */
  public List<Variable> keys(AwsCredentials credentials) {
    Map<String, Variable> variables = withoutOthers();
    put(variables, ACCESS_KEY_ID, credentials.accessKeyId());
    put(variables, SECRET_ACCESS_KEY, credentials.secretAccessKey());
    if (credentials.sessionToken() != null) {
      put(variables, SESSION_TOKEN, credentials.sessionToken());
    }
    if (credentials.expiresAt() != null) {
      put(
          variables,
          EXPIRATION,
          credentials.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    put(variables, METADATA_DISABLED, "true");
    return complete(variables);
  }

  /**
   * The variables by which a program asks an address for credentials, as in a container. They name
   * no file: a container has neither atmos nor its files.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">Container
   *     credential provider</a>
   */
  public List<Variable> container(String address, Secret authorization) {
    Map<String, Variable> variables = withoutOthers();
    put(variables, CONTAINER_URI, address);
    put(variables, AUTHORIZATION_TOKEN, authorization);
    put(variables, METADATA_DISABLED, "true");
    configure(variables);
    return judged(variables);
  }

  /** What removes all of them again. */
  public List<Variable> unset() {
    Map<String, Variable> variables = new TreeMap<>();
    unsetOfAny(engine).forEach(variable -> variables.put(variable.name(), variable));
    Stream.concat(configured.keySet().stream(), common.keySet().stream())
        .filter(name -> !IdentityVariables.REGIONS.contains(name))
        .forEach(name -> remove(variables, name));
    new IntegrationVariables(engine, identity.name()).unset(variables);
    return List.copyOf(variables.values());
  }

  /** What removes the variables that all identities have, and brings the user's region back. */
  public static List<Variable> unsetOfAny(AuthEngine engine) {
    Map<String, Variable> variables = new TreeMap<>();
    removeAll(
        variables,
        List.of(
            ACCESS_KEY_ID,
            CONFIG_FILE,
            EXPIRATION,
            METADATA_DISABLED,
            PROFILE,
            LOAD_CONFIG,
            SECRET_ACCESS_KEY,
            SESSION_TOKEN,
            CREDENTIALS_FILE,
            IDENTITY));
    removeAll(variables, engine.services().configSelection().variables().keySet());
    putAll(variables, ProfileFiles.own(engine.services()).variables());
    WorkRegionFinder finder = new WorkRegionFinder(engine);
    finder.unset().forEach((name, value) -> variables.put(name, Variable.of(name, value)));
    return List.copyOf(variables.values());
  }

  /** The variables, at first those that remove other credentials. */
  private static Map<String, Variable> withoutOthers() {
    Map<String, Variable> variables = new TreeMap<>();
    removeAll(variables, KEYS);
    remove(variables, EXPIRATION);
    remove(variables, AUTHORIZATION_TOKEN);
    removeAll(variables, SOURCES);
    return variables;
  }

  /**
   * Where the environment's own credentials come from, as far as that is not a secret: the profile
   * runs its program with these as the user has set them, or empty. Null if they are keys.
   */
  private @Nullable Map<String, String> sources() {
    if (hasKeys()) {
      return null;
    }
    UserProfiles own = ProfileFiles.own(services);
    Map<String, String> sources = new TreeMap<>();
    for (String name : SOURCES) {
      sources.put(name, own.variable(name));
    }
    for (String name : List.of(CONFIG_FILE, CREDENTIALS_FILE, METADATA_DISABLED)) {
      sources.put(name, own.variable(name));
    }
    return sources;
  }

  private String environment(String name) {
    return services.environment().get(name).orElse("");
  }

  /** The region that programs work in; empty where nothing names one. */
  public Optional<WorkRegion> region() {
    if (!regionFound) {
      Secret own = configured.get(REGION);
      boolean known = own != null || identity.identityRegion().isPresent();
      own = known ? own : common.get(REGION);
      region =
          option == null && own != null
              ? regions.configured(identity, own.reveal())
              : regions.find(option, identity).orElse(null);
      regionFound = true;
    }
    return Optional.ofNullable(region);
  }

  /** With the region, what the configuration adds, and what integrations do; sorted by name. */
  private List<Variable> complete(Map<String, Variable> variables) {
    String region = configure(variables);
    if (region != null) {
      put(variables, WorkRegionFinder.MARK, regions.mark(region));
    }
    // For atmos itself: the same identity of the same configuration, wherever the program goes.
    putAll(variables, services.configSelection().variablesOf(identity.name()));
    put(variables, IDENTITY, identity.name());
    new IntegrationVariables(engine, identity.name()).set(variables);
    return judged(variables);
  }

  /** All that programs get passes here, and is held against the policy of the machine. */
  private List<Variable> judged(Map<String, Variable> variables) {
    Optional<Policy> policy = services.policy();
    if (policy.isPresent()) {
      require(policy.get(), variables);
    }
    return List.copyOf(variables.values());
  }

  /** Adds what the configuration sets, and the region; returns that, or null. */
  private @Nullable String configure(Map<String, Variable> variables) {
    Optional<WorkRegion> found = region();
    String region = found.isPresent() ? found.get().region().text() : null;
    for (Map.Entry<String, Secret> each : common.entrySet()) {
      variables.putIfAbsent(each.getKey(), Variable.of(each.getKey(), each.getValue()));
    }
    for (Map.Entry<String, Secret> each : configured.entrySet()) {
      put(variables, each.getKey(), each.getValue());
    }
    if (region != null) {
      put(variables, REGION, region);
      if (option != null || !configured.containsKey(DEFAULT_REGION)) {
        put(variables, DEFAULT_REGION, region);
      }
    }
    return region;
  }

  private void require(Policy policy, Map<String, Variable> variables) {
    configured.forEach((name, value) -> {
      if (!IdentityVariables.isKeyless(name, value.reveal())) {
        policy.requireStaticKeys(name + " of " + subject());
      }
      if (name.startsWith(ENDPOINT)) {
        policy.requireUrl(name + " of " + subject(), value.reveal());
      }
    });
    for (String name : IdentityVariables.REGIONS) {
      Variable variable = variables.get(name);
      // What isn't set here is the shell's, which programs get as well.
      Secret value = variable == null ? Secret.of(environment(name)) : variable.value();
      if (value != null && !value.isEmpty()) {
        policy.requireRegion(name, value.reveal());
      }
    }
  }

  private static void removeAll(Map<String, Variable> variables, Collection<String> names) {
    for (String name : names) {
      remove(variables, name);
    }
  }

  private static void putAll(Map<String, Variable> variables, Map<String, String> values) {
    for (Map.Entry<String, String> each : values.entrySet()) {
      put(variables, each.getKey(), each.getValue());
    }
  }

  private static void remove(Map<String, Variable> variables, String name) {
    variables.put(name, Variable.of(name, null));
  }

  private static void put(Map<String, Variable> variables, String name, String value) {
    put(variables, name, Secret.of(value));
  }

  private static void put(Map<String, Variable> variables, String name, Secret value) {
    variables.put(name, Variable.of(name, value));
  }
}
