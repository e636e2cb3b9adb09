package dev.atmos.auth.session;

import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that a test makes up, over identities of the configuration. To sign in to one that isn't
 * live, a page has to be visited.
 */
public final class FakeSessions extends Sessions {
  public static final String SECRET = "canary-secret-access-key";
  public static final String TOKEN = "canary-session-token";
  public static final Instant EXPIRY = Instant.parse("2025-01-15T13:00:00Z");

  private final Services services;
  private final Set<String> live = new HashSet<>();
  private final Set<String> denied = new HashSet<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> lists = new ArrayList<>();
  private final List<LogoutPlan.Step> steps = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private @Nullable AtmosException logoutFailure;
  private @Nullable Path file;

  public FakeSessions(Services services) {
    super(services);
    this.services = services;
  }

  public FakeSessions live(String identity) {
    live.add(identity);
    return this;
  }

  public FakeSessions denied(String identity) {
    denied.add(identity);
    return this;
  }

  public FakeSessions cachedIn(Path place) {
    file = place;
    return this;
  }

  public FakeSessions kept(String sentence) {
    kept.add(sentence);
    return this;
  }

  public FakeSessions steps(LogoutPlan.Step... planned) {
    steps.addAll(List.of(planned));
    return this;
  }

  public FakeSessions logoutFails(AtmosException failure) {
    logoutFailure = failure;
    return this;
  }

  @Override
  public void listIdentities(String provider, boolean all) {
    lists.add(provider + (all ? " all" : ""));
  }

  /** The providers whose identities were listed. */
  public List<String> lists() {
    return lists;
  }

  public List<String> calls() {
    return calls;
  }

  @Override
  public Session silent(String identity) {
    calls.add("silent " + identity);
    checkDenied(identity);
    if (!live.contains(identity)) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          "identity " + DisplayNames.quoted(identity) + " needs a sign-in",
          "run: atmos auth login " + ShellQuoting.word(identity));
    }
    return session(identity, Session.Origin.CACHED);
  }

  @Override
  Session silent(Chain chain) {
    return silent(chain.name());
  }

  private void checkDenied(String identity) {
    if (denied.contains(identity)) {
      throw new AtmosException(
          ExitCode.DENIED, "identity " + DisplayNames.quoted(identity) + " isn't allowed");
    }
  }

  private Session session(String identity, Session.Origin origin) {
    return new Session(
        chain(identity),
        AwsCredentials.of("ASIAEXAMPLE", Secret.of(SECRET), Secret.of(TOKEN), EXPIRY),
        origin);
  }

  private Chain chain(String identity) {
    return new ChainReader(services).identity(identity);
  }

  @Override
  public Session signIn(String identity, SignInOptions options) {
    calls.add("signIn " + identity + (options.force() ? " force" : ""));
    checkDenied(identity);
    if (live.contains(identity) && !options.force()) {
      return session(identity, Session.Origin.CACHED);
    }
    visit("corp", options);
    live.add(identity);
    return session(identity, Session.Origin.SIGNED_IN);
  }

  private static void visit(String provider, SignInOptions options) {
    options
        .dialog()
        .visit(
            SignInDialog.Page.of(provider, "https://corp.awsapps.com/start/#/device")
                .withCompleteAddress("https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH")
                .withCode("ABCD-EFGH")
                .withExpiry(Instant.parse("2025-01-15T12:10:00Z")))
        .close();
  }

  @Override
  public ProviderSession signInToProvider(String provider, SignInOptions options) {
    calls.add("signInToProvider " + provider);
    visit(provider, options);
    return new ProviderSession(provider, EXPIRY, false, Session.Origin.SIGNED_IN);
  }

  @Override
  public CachedSession cached(String identity) {
    calls.add("cached " + identity);
    Chain chain = chain(identity);
    return new CachedSession(
        identity,
        chain.provider(),
        live.contains(identity) ? EXPIRY : null,
        chain.region().orElse(null),
        chain.target().describe(),
        file,
        identity);
  }

  @Override
  public boolean storesKey(String identity) {
    return identity.startsWith("user");
  }

  @Override
  public void configure(String identity, SignInDialog dialog) {
    calls.add("configure " + identity + " " + dialog.askSecret("key").isPresent());
  }

  @Override
  public LogoutPlan plan(LogoutScope scope, boolean keys) {
    calls.add("plan " + scope + (keys ? " with keys" : ""));
    return new LogoutPlan(scope, steps, kept);
  }

  @Override
  public List<LogoutOutcome> logout(LogoutPlan plan) {
    calls.add("logout");
    List<LogoutOutcome> outcomes = new ArrayList<>();
    for (LogoutPlan.Step step : plan.steps()) {
      outcomes.add(new LogoutOutcome(step, logoutFailure));
    }
    return outcomes;
  }
}
