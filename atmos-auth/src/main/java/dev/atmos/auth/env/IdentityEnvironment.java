package dev.atmos.auth.env;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Chain;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.Integrations;
import dev.atmos.text.DisplayNames;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The variables by which a program is one identity and no other: what would win over it is taken
 * away. As a rule they name a profile, whose credentials are asked for when they are needed; there
 * can be the keys themselves instead.
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
  static final String METADATA_DISABLED = "AWS_EC2_METADATA_DISABLED";

  /** Go's SDK of old reads no config file without it. */
  static final String LOAD_CONFIG = "AWS_SDK_LOAD_CONFIG";

  /** By which the AWS tools find credentials, beside those that are set. */
  private static final List<String> RIVALS =
      List.of(
          ACCESS_KEY_ID,
          SECRET_ACCESS_KEY,
          SESSION_TOKEN,
          "AWS_SECURITY_TOKEN",
          EXPIRATION,
          PROFILE,
          "AWS_DEFAULT_PROFILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_ROLE_ARN",
          "AWS_ROLE_SESSION_NAME",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");

  /**
   * Where the environment's own credentials come from, as far as that is no secret: the program
   * that a profile runs is started with these as they are here, or empty.
   */
  private static final List<String> SOURCES =
      List.of(
          PROFILE,
          "AWS_DEFAULT_PROFILE",
          CONFIG_FILE,
          CREDENTIALS_FILE,
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_ROLE_ARN",
          "AWS_ROLE_SESSION_NAME",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
          METADATA_DISABLED);

  private final AuthEngine engine;
  private final Services context;
  private final Chain identity;
  private final Map<String, Secret> configured;
  private final ProfileFiles files;

  private IdentityEnvironment(AuthEngine engine, Chain identity, Map<String, Secret> configured) {
    this.engine = engine;
    this.context = engine.services();
    this.identity = identity;
    this.configured = configured;
    this.files = new ProfileFiles(context);
  }

  /**
   * The environment of an identity.
   *
   * @param name the identity's name, spelled as in the configuration
   * @throws AtmosException with {@link ExitCode#USAGE} if it can't be used as it is written
   */
  public static IdentityEnvironment of(AuthEngine engine, String name) {
    Chain identity = engine.resolve(name);
    Map<String, Secret> configured = identity.definition().variables(AuthFields.ENV);
    for (String variable : configured.keySet()) {
      checkName(identity, variable);
    }
    return new IdentityEnvironment(engine, identity, configured);
  }

  /** Shells take no other names. */
  private static void checkName(Chain identity, String name) {
    boolean good = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      good &= letter || (i > 0 && c >= '0' && c <= '9');
    }
    if (!good) {
      throw identity
          .definition()
          .position()
          .error(
              DisplayNames.quoted(name)
                  + " in 'env' of identity "
                  + DisplayNames.quoted(identity.name())
                  + " is not the name of a variable: letters, digits and _ make one");
    }
  }

  /** Whether the identity is what the environment offers: then nothing of that is changed. */
  public boolean isAmbient() {
    return identity.isEnvironment();
  }

  /**
   * Whether only keys will do: the identity starts from secrets of the environment, which are
   * removed and can't be asked for again.
   */
  public boolean needsKeys() {
    Environment environment = context.environment();
    return identity.startsFromEnvironment()
        && !identity.isEnvironment()
        && (environment.nonEmpty(ACCESS_KEY_ID).isPresent()
            || environment.nonEmpty("AWS_CONTAINER_AUTHORIZATION_TOKEN").isPresent());
  }

  /**
   * The variables of the identity's profile.
   *
   * @param write whether the profile's files are made; else they are only named
   */
  public List<Variable> profile(boolean write) {
    Map<String, Variable> variables = new TreeMap<>();
    if (!isAmbient()) {
      takeAway(variables);
      ProfileFiles.Profile profile = files.of(identity.name(), region(), sources());
      if (write) {
        files.write(profile);
      }
      put(variables, CONFIG_FILE, profile.config().toString());
      put(variables, CREDENTIALS_FILE, profile.credentials().toString());
      put(variables, PROFILE, profile.name());
      put(variables, LOAD_CONFIG, "1");
      put(variables, METADATA_DISABLED, "true");
    }
    return complete(variables);
  }

  /** The variables that hold the identity's keys. */
  public List<Variable> keys(AwsCredentials credentials) {
    Map<String, Variable> variables = new TreeMap<>();
    takeAway(variables);
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

  /** What takes all of it away again. */
  public List<Variable> unset() {
    Map<String, Variable> variables = new TreeMap<>();
    for (Variable variable : unsetOfAny()) {
      variables.put(variable.name(), variable);
    }
    for (String variable : configured.keySet()) {
      variables.put(variable, Variable.of(variable, null));
    }
    for (IntegrationVariable variable : integrations()) {
      String rest =
          variable.use() == IntegrationVariable.Use.APPEND_PATH
              ? without(variable.name(), variable.value().reveal())
              : "";
      variables.put(
          variable.name(), Variable.of(variable.name(), rest.isEmpty() ? null : Secret.of(rest)));
    }
    return List.copyOf(variables.values());
  }

  /** What takes away what is the same for all identities. */
  public static List<Variable> unsetOfAny() {
    List<Variable> variables = new ArrayList<>();
    for (String name :
        List.of(
            ACCESS_KEY_ID,
            CONFIG_FILE,
            EXPIRATION,
            DEFAULT_REGION,
            METADATA_DISABLED,
            PROFILE,
            REGION,
            LOAD_CONFIG,
            SECRET_ACCESS_KEY,
            SESSION_TOKEN,
            CREDENTIALS_FILE)) {
      variables.add(Variable.of(name, null));
    }
    return variables;
  }

  private void takeAway(Map<String, Variable> variables) {
    for (String name : RIVALS) {
      variables.put(name, Variable.of(name, null));
    }
  }

  private Map<String, String> sources() {
    Map<String, String> sources = new TreeMap<>();
    if (identity.startsFromEnvironment()) {
      for (String name : SOURCES) {
        sources.put(name, context.environment().get(name).orElse(""));
      }
    }
    return sources;
  }

  private @Nullable String region() {
    return identity.region().orElse(null);
  }

  /** With the region, what the configuration adds, and what integrations do; sorted by name. */
  private List<Variable> complete(Map<String, Variable> variables) {
    String region = region();
    if (region != null) {
      put(variables, REGION, region);
      put(variables, DEFAULT_REGION, region);
    }
    configured.forEach((name, value) -> put(variables, name, value));
    for (IntegrationVariable variable : integrations()) {
      Secret value = variable.value();
      if (variable.use() == IntegrationVariable.Use.APPEND_PATH) {
        Variable before = variables.get(variable.name());
        Supplier<Optional<String>> there = () -> context.environment().nonEmpty(variable.name());
        String list =
            before != null && before.value() != null
                ? before.value().reveal()
                : there.get().orElse("");
        value = Secret.of(with(list, value.reveal()));
      }
      put(variables, variable.name(), value);
    }
    return List.copyOf(variables.values());
  }

  /** One that can't be used is for others to complain about. */
  private List<IntegrationVariable> integrations() {
    List<IntegrationVariable> variables = new ArrayList<>();
    Integrations integrations = engine.integrations();
    for (ConfiguredIntegration integration : integrations.of(identity.name())) {
      try {
        variables.addAll(integrations.open(integration).variables(identity.name()));
      } catch (AtmosException e) {
        context
            .console()
            .debug("integration " + DisplayNames.quoted(integration.name()) + ": " + e.sentence());
      }
    }
    return variables;
  }

  private String separator() {
    String separator = context.directories().workingDirectory().getFileSystem().getSeparator();
    return separator.equals("\\") ? ";" : ":";
  }

  private String with(String list, String path) {
    List<String> paths = paths(list);
    if (!paths.contains(path)) {
      paths.add(path);
    }
    return String.join(separator(), paths);
  }

  private String without(String name, String path) {
    List<String> paths = paths(context.environment().get(name).orElse(""));
    paths.remove(path);
    return String.join(separator(), paths);
  }

  private List<String> paths(String list) {
    List<String> paths = new ArrayList<>();
    for (String path : list.split(separator(), -1)) {
      if (!path.isEmpty() && !paths.contains(path)) {
        paths.add(path);
      }
    }
    return paths;
  }

  private static void put(Map<String, Variable> variables, String name, String value) {
    put(variables, name, Secret.of(value));
  }

  private static void put(Map<String, Variable> variables, String name, Secret value) {
    variables.put(name, Variable.of(name, value));
  }
}
