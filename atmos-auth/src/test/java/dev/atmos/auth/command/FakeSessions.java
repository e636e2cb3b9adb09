package dev.atmos.auth.command;

import dev.atmos.auth.Words;
import dev.atmos.auth.session.CachedSession;
import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.auth.session.ProviderSession;
import dev.atmos.auth.session.Session;
import dev.atmos.auth.session.Sessions;
import dev.atmos.auth.session.SignInOptions;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sign-ins to whomever a test says; a page has to be visited for each that isn't there. */
final class FakeSessions implements Sessions {
  static final String SECRET = "canary-secret-access-key";
  static final String TOKEN = "canary-session-token";
  static final Instant EXPIRY = Instant.parse("2025-01-15T13:00:00Z");

  private final Set<String> live = new HashSet<>();
  private final Set<String> denied = new HashSet<>();
  private final List<String> calls = new ArrayList<>();
  private final List<LogoutPlan.Step> steps = new ArrayList<>();
  private @Nullable AtmosException logoutFailure;
  private @Nullable Path file;

  FakeSessions live(String identity) {
    live.add(identity);
    return this;
  }

  FakeSessions denied(String identity) {
    denied.add(identity);
    return this;
  }

  FakeSessions keptIn(Path place) {
    file = place;
    return this;
  }

  FakeSessions steps(LogoutPlan.Step... planned) {
    steps.addAll(List.of(planned));
    return this;
  }

  FakeSessions logoutFails(AtmosException failure) {
    logoutFailure = failure;
    return this;
  }

  List<String> calls() {
    return calls;
  }

  @Override
  public Session silent(String identity) {
    calls.add("silent " + identity);
    checkDenied(identity);
    if (!live.contains(identity)) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          "identity " + Words.quoted(identity) + " needs a sign-in",
          "run: atmos auth login " + Words.forShell(identity));
    }
    return session(identity, Session.Origin.KEPT);
  }

  private void checkDenied(String identity) {
    if (denied.contains(identity)) {
      throw new AtmosException(
          ExitCode.DENIED, "identity " + Words.quoted(identity) + " isn't allowed");
    }
  }

  private static Session session(String identity, Session.Origin origin) {
    return new Session(
        identity,
        "corp",
        AwsCredentials.of("ASIAEXAMPLE", Secret.of(SECRET), Secret.of(TOKEN), EXPIRY),
        "us-east-1",
        "111111111111",
        "Admin",
        origin);
  }

  @Override
  public Session signIn(String identity, SignInOptions options) {
    calls.add("signIn " + identity + (options.force() ? " force" : ""));
    checkDenied(identity);
    if (live.contains(identity) && !options.force()) {
      return session(identity, Session.Origin.KEPT);
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
    return new ProviderSession(provider, EXPIRY, false, "plain", Session.Origin.SIGNED_IN);
  }

  @Override
  public CachedSession kept(String identity) {
    calls.add("kept " + identity);
    return new CachedSession(
        identity,
        "corp",
        live.contains(identity) ? EXPIRY : null,
        "us-east-1",
        "111111111111",
        "Admin",
        file,
        identity);
  }

  @Override
  public @Nullable ProviderSession keptOfProvider(String provider) {
    return null;
  }

  @Override
  public LogoutPlan plan(LogoutScope scope) {
    calls.add("plan " + scope);
    return new LogoutPlan(scope, steps);
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
