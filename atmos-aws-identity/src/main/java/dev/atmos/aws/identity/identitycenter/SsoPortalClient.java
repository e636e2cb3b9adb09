package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.support.IssuedCredentials;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sso.SsoClient;
import software.amazon.awssdk.services.sso.model.AccountInfo;
import software.amazon.awssdk.services.sso.model.ListAccountRolesResponse;
import software.amazon.awssdk.services.sso.model.ListAccountsResponse;
import software.amazon.awssdk.services.sso.model.RoleCredentials;
import software.amazon.awssdk.services.sso.model.RoleInfo;
import software.amazon.awssdk.services.sso.model.SsoException;

/**
 * Calls the access portal of an IAM Identity Center with one access token.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/Welcome.html">IAM
 *     Identity Center Portal API</a>
 */
final class SsoPortalClient implements AutoCloseable {
  private static final int PAGE = 100;

  private final AwsClients aws;
  private final SsoClient sso;
  private final Token token;

  SsoPortalClient(AwsClients aws, String region, @Nullable String endpointUrl, Token token) {
    this.aws = aws;
    this.sso = aws.client(SsoClient.builder(), AwsTarget.of("SSO", region).at(endpointUrl), null);
    this.token = token;
  }

  /** Ends the session. */
  void logout(String provider) {
    try {
      signedIn(
          "end the session of " + DisplayNames.quoted(provider),
          () -> sso.logout(request -> request.accessToken(token.value().reveal())));
    } catch (GrantRefusedException e) {
      // The session has ended already.
    }
  }

  /**
   * Credentials of a permission set in an account.
   *
   * @param subject whose they are, as messages name it: {@code identity 'dev'}
   * @param latest a later expiry isn't believed
   * @throws GrantRefusedException if AWS rejects the access token
   */
  AwsCredentials credentials(String subject, String account, String permissionSet, Instant latest) {
    String what = "get credentials of " + subject;
    RoleCredentials made =
        signedIn(
            what,
            () -> {
              try {
                return sso.getRoleCredentials(request ->
                        request
                            .accountId(account)
                            .roleName(permissionSet)
                            .accessToken(token.value().reveal()))
                    .roleCredentials();
              } catch (SsoException e) {
                throw e.statusCode() == 403 || e.statusCode() == 404
                    ? notAssigned(subject, account, permissionSet)
                    : e;
              }
            });
    if (made == null) {
      throw IssuedCredentials.incomplete(what);
    }
    Instant end = expiry(made.expiration());
    return IssuedCredentials.of(
        what,
        made.accessKeyId(),
        made.secretAccessKey(),
        made.sessionToken(),
        end.isAfter(latest) ? latest : end);
  }

  /** The API says milliseconds; what would be a time in 1970 is taken for seconds. */
  private static Instant expiry(@Nullable Long expiration) {
    long value = expiration == null ? 0 : expiration;
    return value > 0 && value < 100_000_000_000L
        ? Instant.ofEpochSecond(value)
        : Instant.ofEpochMilli(value);
  }

  private static AtmosException notAssigned(String subject, String account, String permissionSet) {
    return new AtmosException(
        ExitCode.DENIED,
        "%s is not available: the permission set %s in account %s is not assigned to the"
                .formatted(subject, DisplayNames.quoted(permissionSet), account)
            + " user who is signed in",
        "request access, or sign in as another user: atmos auth logout, then atmos auth login");
  }

  /** The id of the assigned account of that name. */
  String account(String identity, String name) {
    List<String> found =
        accounts(() -> {}).stream()
            .filter(account -> name.equals(account.accountName()))
            .map(AccountInfo::accountId)
            .toList();
    return switch (found.size()) {
      case 1 -> found.getFirst();
      case 0 ->
          throw new AtmosException(
              ExitCode.DENIED,
              "identity %s is not available: no account named %s is assigned to the user who is"
                      .formatted(DisplayNames.quoted(identity), DisplayNames.quoted(name))
                  + " signed in",
              "account names are case-sensitive");
      default ->
          throw new AtmosException(
              ExitCode.USAGE,
              "identity %s could be in any of several accounts named %s: %s"
                  .formatted(
                      DisplayNames.quoted(identity),
                      DisplayNames.quoted(name),
                      DisplayNames.list(found)),
              "set principal.account.id");
    };
  }

  /**
   * All accounts in which a permission set is assigned.
   *
   * @param beforeCall runs before each call that this takes
   */
  List<AccountInfo> accounts(Runnable beforeCall) {
    return all(
        "list the accounts",
        beforeCall,
        page ->
            sso.listAccounts(request ->
                request.accessToken(token.value().reveal()).maxResults(PAGE).nextToken(page)),
        ListAccountsResponse::accountList,
        ListAccountsResponse::nextToken);
  }

  /** The names of the permission sets that are assigned in an account. */
  List<String> roles(String account, Runnable beforeCall) {
    return all(
            "list what is assigned in account " + account,
            beforeCall,
            page ->
                sso.listAccountRoles(request ->
                    request
                        .accessToken(token.value().reveal())
                        .accountId(account)
                        .maxResults(PAGE)
                        .nextToken(page)),
            ListAccountRolesResponse::roleList,
            ListAccountRolesResponse::nextToken)
        .stream()
        .map(RoleInfo::roleName)
        .toList();
  }

  /** The items of all pages. Each page is a call of its own, with attempts of its own. */
  private <R, T> List<T> all(
      String what,
      Runnable beforeCall,
      Function<@Nullable String, R> call,
      Function<R, List<T>> items,
      Function<R, @Nullable String> next) {
    List<T> all = new ArrayList<>();
    String page = null;
    do {
      beforeCall.run();
      String asked = page;
      R answer = signedIn(what, () -> call.apply(asked));
      items.apply(answer).stream().filter(Objects::nonNull).forEach(all::add);
      page = next.apply(answer);
    } while (page != null && !page.isEmpty());
    return all;
  }

  private <T> T signedIn(String what, Supplier<T> call) {
    return aws.call(
        what,
        () -> {
          try {
            return call.get();
          } catch (SsoException e) {
            throw e.statusCode() == 401
                ? new GrantRefusedException("AWS no longer accepts the session", null)
                : e;
          }
        });
  }

  @Override
  public void close() {
    sso.close();
  }
}
