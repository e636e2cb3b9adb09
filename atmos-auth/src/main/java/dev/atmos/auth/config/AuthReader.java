package dev.atmos.auth.config;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.config.ConfigList;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.ConfigTagged;
import dev.atmos.plugin.config.ConfigText;
import dev.atmos.plugin.config.ConfigValue;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Problem;
import dev.atmos.plugin.config.Shape;
import dev.atmos.plugin.config.ShapeCheck;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code auth} section. What is wrong in one definition is no hindrance to the others: it
 * is {@code Broken}, and who uses it is told. Nothing is run and nothing is read to make a value,
 * unless a definition is asked for by {@link #usableProvider}, {@link #usableIdentity} or {@link
 * #usableIntegration}.
 */
public final class AuthReader {
  static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";
  static final String ECR_PUBLIC_REGION = "us-east-1";

  private static final String TAKES_NO_VIA = ", which takes no 'via'";

  private final Shape.Fields shape = AuthShape.section();
  private final ConfigMap auth;
  private final List<Problem> problems = new ArrayList<>();
  private final NavigableMap<String, List<Problem>> errors = new TreeMap<>();
  private final AuthConfig config;

  /** Reads a section. Never fails: see {@link #problems}. */
  public AuthReader(ConfigMap auth) {
    this.auth = auth;
    for (Problem problem : ShapeCheck.checkEach(shape, auth, Keys.AUTH)) {
      note(problem);
    }
    config = read();
  }

  /** The section. */
  public AuthConfig config() {
    return config;
  }

  /**
   * What is wrong with the section's fields. What is wrong with names and links, {@link
   * AuthGraph#problems} says. One cause may be told of for several paths.
   */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * A provider with all of its values made, which may run and read what its tags say.
   *
   * @param name its name, spelt as in the configuration
   * @throws AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if it can't be used
   */
  public ProviderDefinition usableProvider(String name) {
    ProviderDefinition provider = usable(Keys.PROVIDERS, name, AuthConfig::providers);
    if (provider.details() instanceof ProviderDetails.Broken broken) {
      throw broken.problems().get(0).failure();
    }
    return provider;
  }

  /**
   * An identity with all of its values made, which may run and read what its tags say.
   *
   * @param name its name, spelt as in the configuration
   * @throws AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if it can't be used
   */
  public IdentityDefinition usableIdentity(String name) {
    IdentityDefinition identity = usable(Keys.IDENTITIES, name, AuthConfig::identities);
    if (identity.details() instanceof IdentityDetails.Broken broken) {
      throw broken.problems().get(0).failure();
    }
    return identity;
  }

  /**
   * An integration with all of its values made, which may run and read what its tags say.
   *
   * @param name its name, spelt as in the configuration
   * @throws AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if it can't be used
   */
  public IntegrationDefinition usableIntegration(String name) {
    IntegrationDefinition integration = usable(Keys.INTEGRATIONS, name, AuthConfig::integrations);
    if (integration.details() instanceof IntegrationDetails.Broken broken) {
      throw broken.problems().get(0).failure();
    }
    return integration;
  }

  /** Reads a section with nothing but the definition that is asked for. */
  private <T> T usable(String section, String name, Function<AuthConfig, Map<String, T>> of) {
    ConfigMap.Entry entry = definitions(section).get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no " + section + " have the name " + name);
    }
    ConfigMap one =
        new ConfigMap(
            Map.of(name, new ConfigMap.Entry(entry.keyPosition(), made(entry.value()))),
            entry.keyPosition());
    AuthReader reader =
        new AuthReader(
            new ConfigMap(
                Map.of(section, new ConfigMap.Entry(entry.keyPosition(), one)),
                entry.keyPosition()));
    T definition = of.apply(reader.config).get(name);
    if (definition == null) {
      throw new IllegalStateException("a definition was not read: " + name);
    }
    return definition;
  }

  /** A value with everything in it made. */
  private static ConfigValue made(ConfigValue value) {
    ConfigValue resolved = value.resolved();
    if (resolved instanceof ConfigMap map) {
      Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
      map.entries()
          .forEach((key, entry) ->
              entries.put(key, new ConfigMap.Entry(entry.keyPosition(), made(entry.value()))));
      return new ConfigMap(entries, map.position());
    }
    if (resolved instanceof ConfigList list) {
      List<ConfigValue> items = new ArrayList<>();
      list.items().forEach(item -> items.add(made(item)));
      return new ConfigList(items, list.position());
    }
    return resolved;
  }

  private void note(Problem problem) {
    problems.add(problem);
    if (problem.isError()) {
      errors.computeIfAbsent(problem.path(), path -> new ArrayList<>()).add(problem);
    }
  }

  private AuthConfig read() {
    Scope scope = new Scope(Keys.AUTH);
    Node node = new Node(shape, auth, Keys.AUTH, scope);
    Node logs = node.child("logs");
    Node console = node.child("console");
    Node keyring = node.child("keyring");
    String type = keyring.text("type");
    Node settings = keyring.child("spec");
    String variable = settings.text("password_env");
    Map<String, ProviderDefinition> providers = new LinkedHashMap<>();
    definitions(Keys.PROVIDERS)
        .forEach((name, entry) -> providers.put(name, provider(name, entry)));
    Map<String, IdentityDefinition> identities = new LinkedHashMap<>();
    definitions(Keys.IDENTITIES)
        .forEach((name, entry) -> identities.put(name, identity(name, entry)));
    Map<String, IntegrationDefinition> integrations = new LinkedHashMap<>();
    definitions(Keys.INTEGRATIONS)
        .forEach((name, entry) -> integrations.put(name, integration(name, entry)));
    return new AuthConfig(
        node.text("realm"),
        logs.text("level"),
        logs.text("file"),
        new Keyring(
            type == null ? null : keyringType(type),
            settings.text("path"),
            variable == null ? Keyring.DEFAULT.passwordVariable() : variable),
        console.flag("isolated", console.flag("isolated_sessions", false)),
        providers,
        identities,
        integrations);
  }

  private static Keyring.@Nullable Type keyringType(String word) {
    for (Keyring.Type type : Keyring.Type.values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    return null;
  }

  private Map<String, ConfigMap.Entry> definitions(String section) {
    Node node = new Node(shape, auth, Keys.AUTH, new Scope(Keys.AUTH));
    return node.at(section, Shape.Named.class) instanceof ConfigMap map ? map.entries() : Map.of();
  }

  private ProviderDefinition provider(String name, ConfigMap.Entry entry) {
    Reading reading = new Reading(Keys.PROVIDERS, name, entry);
    Node node = reading.node;
    Node session = node.child("session");
    Node console = node.child("console");
    Duration sessionDuration = duration(session, "duration");
    Duration consoleDuration = duration(console, "session_duration");
    boolean isDefault = node.flag(Keys.DEFAULT, false);
    List<String> tags = node.texts("tags");
    if (reading.kind.equals(Kinds.SAML)) {
      range(session, "duration", sessionDuration, 900, 43_200);
    }
    range(console, "session_duration", consoleDuration, 900, 43_200);
    List<Problem> broken = reading.errors();
    ProviderDetails details =
        broken.isEmpty() ? details(reading) : new ProviderDetails.Broken(broken);
    return new ProviderDefinition(
        name,
        reading.kind,
        entry.keyPosition(),
        reading.kindPosition,
        isDefault,
        tags,
        sessionDuration,
        consoleDuration,
        reading.scope.deferred(),
        details);
  }

  private static ProviderDetails details(Reading reading) {
    Node node = reading.node;
    return switch (reading.kind) {
      case Kinds.IAM_IDENTITY_CENTER -> {
        Node spec = node.child("spec");
        Located endpoint = spec.located("endpoint_url");
        Located former = spec.child("aws").child("resolver").located("url");
        yield new ProviderDetails.IamIdentityCenter(
            node.requiredLocated("start_url"),
            node.requiredText("region"),
            node.flag("auto_provision_identities", false),
            spec.child("files").text("base_path"),
            endpoint == null ? former : endpoint);
      }
      case Kinds.SAML -> {
        Node spec = node.child("spec");
        String driver = node.text("driver");
        String former = node.text("provider_type");
        yield new ProviderDetails.Saml(
            node.requiredLocated("url"),
            node.requiredText("region"),
            driver == null ? former : driver,
            node.text("username"),
            node.secret("password"),
            node.flag("download_browser_driver", false),
            node.text("browser_type"),
            node.located("browser_executable_path"),
            spec.child("files").text("base_path"),
            spec.located("endpoint_url"));
      }
      case Kinds.GITHUB_OIDC -> {
        String audience = node.child("spec").text("audience");
        yield new ProviderDetails.GithubOidc(
            audience == null ? DEFAULT_AUDIENCE : audience, node.text("region"));
      }
      case Kinds.MOCK, Kinds.MOCK_AWS -> new ProviderDetails.Mock();
      default -> new ProviderDetails.Other(node.map());
    };
  }

  private IdentityDefinition identity(String name, ConfigMap.Entry entry) {
    Reading reading = new Reading(Keys.IDENTITIES, name, entry);
    Node node = reading.node;
    Node session = node.child("session");
    Duration sessionDuration = duration(session, "duration");
    boolean isDefault = node.flag(Keys.DEFAULT, false);
    boolean required = node.flag("required", false);
    Located alias = node.located(Keys.ALIAS);
    Via via = null;
    ConfigMap.Entry forbidden = node.map().entries().get(Keys.VIA);
    if (node.has(Keys.VIA)) {
      via = via(node);
    } else if (forbidden != null) {
      refuseVia(reading, name, forbidden);
    }
    List<EnvironmentVariable> env = env(node);
    String provider = node.text("provider");
    String emulator = node.text("emulator");
    List<String> tags = node.texts("tags");
    check(reading, sessionDuration);
    List<Problem> broken = reading.errors();
    IdentityDetails details =
        broken.isEmpty() ? identityDetails(reading) : new IdentityDetails.Broken(broken);
    return new IdentityDefinition(
        name,
        reading.kind,
        entry.keyPosition(),
        reading.kindPosition,
        isDefault,
        required,
        alias,
        via,
        env,
        sessionDuration,
        provider,
        emulator,
        tags,
        reading.scope.deferred(),
        details);
  }

  private static IdentityDetails identityDetails(Reading reading) {
    Node node = reading.node;
    return switch (reading.kind) {
      case Kinds.PERMISSION_SET -> {
        Node principal = node.child("principal");
        Located endpoint = node.child("spec").located("endpoint_url");
        Located former = node.child(Keys.CREDENTIALS).child("aws").child("resolver").located("url");
        yield new IdentityDetails.PermissionSet(
            principal.requiredText("name"),
            account(principal),
            principal.text("region"),
            endpoint == null ? former : endpoint);
      }
      case Kinds.ASSUME_ROLE -> {
        Node principal = node.child("principal");
        yield new IdentityDetails.AssumeRole(
            principal.requiredText("assume_role"),
            principal.text("session_name"),
            principal.text("external_id"),
            principal.text("source_identity"),
            sessionTags(principal),
            principal.duration("duration"),
            principal.text("region"),
            node.child("spec").located("endpoint_url"));
      }
      case Kinds.ASSUME_ROOT -> {
        Node principal = node.child("principal");
        yield new IdentityDetails.AssumeRoot(
            principal.requiredText("target_principal"),
            principal.requiredText("task_policy_arn"),
            principal.duration("duration"),
            principal.text("region"),
            node.child("spec").located("endpoint_url"));
      }
      case Kinds.USER -> {
        Node credentials = node.child(Keys.CREDENTIALS);
        yield new IdentityDetails.User(
            credentials.text(Keys.ACCESS_KEY_ID),
            credentials.secret(Keys.SECRET_ACCESS_KEY),
            credentials.text(Keys.MFA_ARN),
            credentials.located("mfa_command"),
            credentials.flag("webflow_enabled", true),
            credentials.text("region"),
            node.child("spec").located("endpoint_url"));
      }
      case Kinds.AWS_AMBIENT -> new IdentityDetails.Ambient(node.child("principal").text("region"));
      case Kinds.AMBIENT -> new IdentityDetails.Ambient(null);
      case Kinds.MOCK, Kinds.MOCK_AWS -> new IdentityDetails.Mock();
      default -> new IdentityDetails.Other(node.map());
    };
  }

  private IntegrationDefinition integration(String name, ConfigMap.Entry entry) {
    Reading reading = new Reading(Keys.INTEGRATIONS, name, entry);
    Node node = reading.node;
    Via via = via(node);
    boolean known = Kinds.INTEGRATIONS.contains(reading.kind);
    boolean autoProvision = !known || node.child("spec").flag("auto_provision", true);
    List<Problem> broken = reading.errors();
    IntegrationDetails details =
        broken.isEmpty() ? integrationDetails(reading) : new IntegrationDetails.Broken(broken);
    return new IntegrationDefinition(
        name,
        reading.kind,
        entry.keyPosition(),
        reading.kindPosition,
        via,
        autoProvision,
        reading.scope.deferred(),
        details);
  }

  private static IntegrationDetails integrationDetails(Reading reading) {
    Node node = reading.node;
    return switch (reading.kind) {
      case Kinds.EKS -> {
        Node cluster = node.child("spec").child("cluster");
        Node kubeconfig = cluster.child("kubeconfig");
        String mode = kubeconfig.text("mode");
        String update = kubeconfig.text("update");
        yield new IntegrationDetails.Eks(
            cluster.requiredText("name"),
            cluster.requiredText("region"),
            cluster.text("alias"),
            kubeconfig.text("path"),
            mode == null ? 0600 : Integer.parseInt(mode, 8),
            update(update));
      }
      case Kinds.ECR -> {
        Node registry = node.child("spec").child("registry");
        yield new IntegrationDetails.Ecr(
            registry.requiredText("account_id"), registry.requiredText("region"));
      }
      case Kinds.ECR_PUBLIC -> {
        String region = node.child("spec").child("registry").text("region");
        yield new IntegrationDetails.EcrPublic(region == null ? ECR_PUBLIC_REGION : region);
      }
      default -> new IntegrationDetails.Other(node.map());
    };
  }

  private static IntegrationDetails.Update update(@Nullable String word) {
    if (word == null || word.equals("merge")) {
      return IntegrationDetails.Update.MERGE;
    }
    return word.equals("replace")
        ? IntegrationDetails.Update.REPLACE
        : IntegrationDetails.Update.ERROR;
  }

  private static IdentityDetails.Account account(Node principal) {
    ConfigValue value = principal.at("account", Shape.OneOf.class);
    if (value instanceof ConfigMap) {
      Node account = principal.variant("account");
      return new IdentityDetails.Account(account.textOrTag("id"), account.textOrTag("name"));
    }
    String text = principal.textOrTag("account");
    if (text == null) {
      throw new IllegalStateException("an account was not checked");
    }
    return isAccountId(text)
        ? new IdentityDetails.Account(text, null)
        : new IdentityDetails.Account(null, text);
  }

  private static boolean isAccountId(String text) {
    return text.length() == 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Map<String, String> sessionTags(Node principal) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (principal.at("session_tags", Shape.Named.class) instanceof ConfigMap map) {
      map.entries()
          .forEach((key, entry) -> {
            String path = ShapeCheck.path(principal.path("session_tags"), key);
            if (principal.made(entry.value(), path) instanceof ConfigText text && !text.isNull()) {
              tags.put(key, text.text());
            }
          });
    }
    return tags;
  }

  /** The variables, as a list of keys and values or as a mapping. */
  private static List<EnvironmentVariable> env(Node node) {
    List<EnvironmentVariable> env = new ArrayList<>();
    ConfigValue value = node.at("env", Shape.OneOf.class);
    if (value instanceof ConfigList list) {
      for (int i = 0; i < list.items().size(); i++) {
        Node variable = node.variantItem("env", i);
        String name = variable == null ? null : variable.text("key");
        if (variable != null && name != null) {
          // A variable may be empty; one that a tag makes is left out.
          Secret text = variable.anySecret("value");
          if (text != null) {
            env.add(new EnvironmentVariable(name, text));
          }
        }
      }
    } else if (value instanceof ConfigMap map) {
      for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
        String path = ShapeCheck.path(node.path("env"), entry.getKey());
        ConfigValue made = node.made(entry.getValue().value(), path);
        if (made instanceof ConfigText text) {
          env.add(
              new EnvironmentVariable(entry.getKey(), Secret.of(text.isNull() ? "" : text.text())));
        }
      }
    }
    return env;
  }

  /** Either a provider or an identity; null where neither or both are named. */
  private @Nullable Via via(Node node) {
    if (!(node.at(Keys.VIA, Shape.Fields.class) instanceof ConfigMap)) {
      return null;
    }
    Node via = node.child(Keys.VIA);
    Located provider = link(via, "provider");
    Located identity = link(via, "identity");
    boolean both = via.isThere("provider") && via.isThere("identity");
    if (both) {
      node.error(
          Keys.VIA,
          node.keyPosition(Keys.VIA),
          "'via' names both a provider and an identity",
          "leave one of them");
      return null;
    }
    if (!via.isThere("provider") && !via.isThere("identity")) {
      lacking(
          node,
          Keys.VIA,
          "'via' names neither a provider nor an identity",
          "add: provider: NAME, or identity: NAME");
      return null;
    }
    if (provider != null) {
      return new Via.OfProvider(provider.text(), provider.position());
    }
    return identity == null ? null : new Via.OfIdentity(identity.text(), identity.position());
  }

  /** A name that has to be written as it is: who goes through whom must not take a command. */
  private static @Nullable Located link(Node via, String key) {
    if (via.at(key, Shape.Text.class) instanceof ConfigTagged tagged) {
      via.error(
          key,
          tagged.position(),
          "'" + key + "' must be written as it is, and not be made by a tag",
          null);
      return null;
    }
    return via.located(key);
  }

  /** A via that a kind doesn't take; to the shape it is but an unknown key. */
  private void refuseVia(Reading reading, String name, ConfigMap.Entry via) {
    String path = reading.node.path(Keys.VIA);
    problems.removeIf(problem -> problem.path().equals(path));
    if (!(via.value() instanceof ConfigText text && text.isNull())) {
      note(
          Problem.error(
              path,
              via.keyPosition(),
              "identity "
                  + DisplayNames.quoted(name)
                  + " is of kind "
                  + reading.kind
                  + TAKES_NO_VIA,
              "take it out"));
    }
  }

  /**
   * An error for a mapping that has none of the keys of which it needs one. A key that isn't known
   * there is most likely one of these: it is told of here, and not once more by itself.
   */
  private void lacking(Node node, String key, String sentence, String hint) {
    String below = node.path(key) + ".";
    Problem mistyped = null;
    for (Problem problem : problems) {
      if (!problem.isError() && problem.path().startsWith(below)) {
        mistyped = problem;
        break;
      }
    }
    Position position = mistyped == null ? null : mistyped.position();
    if (mistyped == null || position == null) {
      node.error(key, node.keyPosition(key), sentence, hint);
    } else {
      problems.remove(mistyped);
      node.error(key, position, sentence + ": " + mistyped.sentence(), mistyped.hint());
    }
  }

  /** What the shape of an identity can't say. */
  private void check(Reading reading, @Nullable Duration sessionDuration) {
    Node node = reading.node;
    switch (reading.kind) {
      case Kinds.PERMISSION_SET -> {
        Node principal = node.child("principal");
        if (principal.at("account", Shape.OneOf.class) instanceof ConfigMap) {
          Node account = principal.variant("account");
          if (!account.isThere("id") && !account.isThere("name")) {
            lacking(
                principal,
                "account",
                "'account' has neither 'id' nor 'name'",
                "add: name: NAME, or id: 12 digits");
          }
        }
      }
      case Kinds.ASSUME_ROLE -> {
        Node principal = node.child("principal");
        range(principal, "duration", duration(principal, "duration"), 900, 43_200);
      }
      case Kinds.ASSUME_ROOT -> {
        Node principal = node.child("principal");
        range(principal, "duration", duration(principal, "duration"), 1, 900);
        String policy = principal.text("task_policy_arn");
        if (policy != null
            && !AuthShape.ROOT_TASKS.contains(policy.substring(policy.lastIndexOf('/') + 1))) {
          principal.warning(
              "task_policy_arn",
              principal.position("task_policy_arn"),
              "'task_policy_arn' names no task that is known",
              "known: " + DisplayNames.list(AuthShape.ROOT_TASKS));
        }
      }
      case Kinds.USER -> {
        Node credentials = node.child(Keys.CREDENTIALS);
        checkKey(credentials);
        boolean mfa = credentials.isThere(Keys.MFA_ARN);
        if (!mfa && credentials.isThere("mfa_command")) {
          credentials.warning(
              "mfa_command",
              credentials.keyPosition("mfa_command"),
              "'mfa_command' is there without 'mfa_arn', and is not used",
              null);
        }
        range(node.child("session"), "duration", sessionDuration, 900, mfa ? 129_600 : 43_200);
      }
      default -> {}
    }
  }

  /** The same as who signs with the key says, in the same words. */
  private static void checkKey(Node credentials) {
    boolean id = credentials.isWritten(Keys.ACCESS_KEY_ID);
    boolean secret = credentials.isWritten(Keys.SECRET_ACCESS_KEY);
    boolean empty = false;
    if (id && !credentials.isThere(Keys.ACCESS_KEY_ID)) {
      error(credentials, Keys.ACCESS_KEY_ID, Keys.ACCESS_KEY_ID_EMPTY);
      empty = true;
    }
    if (secret && !credentials.isThere(Keys.SECRET_ACCESS_KEY)) {
      error(credentials, Keys.SECRET_ACCESS_KEY, Keys.SECRET_ACCESS_KEY_EMPTY);
      empty = true;
    }
    if (id != secret && !empty) {
      error(
          credentials,
          id ? Keys.ACCESS_KEY_ID : Keys.SECRET_ACCESS_KEY,
          id ? Keys.ACCESS_KEY_ID_ALONE : Keys.SECRET_ACCESS_KEY_ALONE);
    }
    String keyId = credentials.text(Keys.ACCESS_KEY_ID);
    if (keyId != null && !keyId.chars().allMatch(c -> c > ' ' && c <= '~')) {
      error(credentials, Keys.ACCESS_KEY_ID, Keys.ACCESS_KEY_ID_CHARACTERS);
    }
  }

  private static void error(Node node, String key, String sentence) {
    node.error(key, node.keyPosition(key), sentence, null);
  }

  /** A length of time; one whose form is right and which is still none is an error. */
  private static @Nullable Duration duration(Node node, String key) {
    Duration duration = node.duration(key);
    if (duration == null && node.text(key) != null) {
      node.error(
          key, node.position(key), "'" + key + "' must be " + Durations.FORMAT, "for example: 8h");
    }
    return duration;
  }

  /** Warns of what AWS doesn't give, and what would be shortened or lengthened to what it does. */
  private static void range(
      Node node, String key, @Nullable Duration duration, int fewest, int most) {
    if (duration != null
        && (duration.compareTo(Duration.ofSeconds(fewest)) < 0
            || duration.compareTo(Duration.ofSeconds(most)) > 0)) {
      node.warning(
          key,
          node.position(key),
          "'"
              + key
              + "' is "
              + (duration.compareTo(Duration.ofSeconds(most)) > 0 ? "more" : "less")
              + " than AWS allows here",
          "allowed: " + shown(fewest) + " to " + shown(most));
    }
  }

  private static String shown(int seconds) {
    return seconds % 3600 == 0
        ? seconds / 3600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** The problems and the values that weren't made, below one path. */
  private final class Scope implements Node.Notes {
    private final String path;
    private final Set<String> deferred = new LinkedHashSet<>();

    Scope(String path) {
      this.path = path;
    }

    @Override
    public boolean isWrong(String at) {
      return errors.containsKey(at);
    }

    @Override
    public void deferred(String at) {
      deferred.add(at.substring(path.length() + 1));
    }

    @Override
    public void add(Problem problem) {
      note(problem);
    }

    List<String> deferred() {
      return List.copyOf(deferred);
    }

    /** The errors at the path and below it. */
    List<Problem> errorsBelow() {
      List<Problem> found = new ArrayList<>(errors.getOrDefault(path, List.of()));
      // The next character after the dot that joins paths.
      errors.subMap(path + ".", path + "/").values().forEach(found::addAll);
      return found;
    }
  }

  /** One definition that is being read. */
  private final class Reading {
    final Scope scope;
    final Node node;
    final String kind;
    final Position kindPosition;

    Reading(String section, String name, ConfigMap.Entry entry) {
      String path = ShapeCheck.path(ShapeCheck.path(Keys.AUTH, section), name);
      scope = new Scope(path);
      ConfigMap fields = new ConfigMap(Map.of(), entry.keyPosition());
      if (!scope.isWrong(path) && entry.value().resolved() instanceof ConfigMap found) {
        fields = found;
      }
      Shape.Named named =
          (Shape.Named)
              new Node(shape, auth, Keys.AUTH, scope).field(section, Shape.Named.class).shape();
      Shape.Kinds kinds = (Shape.Kinds) named.value();
      Node other = new Node(kinds.other(), fields, path, scope);
      ConfigValue value = other.at(Keys.KIND, Shape.Text.class);
      kind = value instanceof ConfigText text ? text.text() : "";
      kindPosition = value == null ? entry.keyPosition() : value.position();
      node = new Node(kinds.kinds().getOrDefault(kind, kinds.other()), fields, path, scope);
    }

    List<Problem> errors() {
      return scope.errorsBelow();
    }
  }
}
