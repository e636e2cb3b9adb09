package dev.atmos.auth.aws;

import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.auth.config.ProviderDetails;
import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.ProviderSpec;
import dev.atmos.plugin.auth.Token;
import dev.atmos.text.DisplayNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sso.SsoClient;
import software.amazon.awssdk.services.sso.model.AccountInfo;
import software.amazon.awssdk.services.sso.model.GetRoleCredentialsResponse;
import software.amazon.awssdk.services.sso.model.ListAccountsResponse;
import software.amazon.awssdk.services.sso.model.RoleCredentials;
import software.amazon.awssdk.services.sso.model.SsoException;

/**
 * The access portal of an IAM Identity Center, as it answers to one access token.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/Welcome.html">IAM
 *     Identity Center Portal API</a>
 */
final class Portal implements AutoCloseable {
  private static final int PAGE = 100;

  private final AwsClients aws;
  private final SsoClient sso;
  private final Token token;

  Portal(AwsClients aws, String region, @Nullable String endpointUrl, Token token) {
    this.aws = aws;
    this.sso = aws.client(SsoClient.builder(), AwsTarget.of("SSO", region).at(endpointUrl), null);
    this.token = token;
  }

  /** Has the other side forget a session. */
  static void logout(ProviderSpec spec, PluginContext context, Token token) {
    ProviderDefinition definition = Definitions.of(spec);
    if (!(definition.details() instanceof ProviderDetails.IamIdentityCenter center)) {
      throw new IllegalStateException("another kind of provider");
    }
    AwsClients aws = AwsCalls.ofLogout(context);
    String endpoint = Definitions.trusted(context, center.endpointUrl());
    try (Portal portal = new Portal(aws, center.region(), endpoint, token)) {
      portal.logout(spec.name());
    }
  }

  private void logout(String provider) {
    aws.call(
        "end the session of " + DisplayNames.quoted(provider),
        () -> {
          try {
            return sso.logout(request -> request.accessToken(token.value().reveal()));
          } catch (SsoException e) {
            if (e.statusCode() == 401) {
              // There is no such session any more, which is what was wanted.
              return true;
            }
            throw e;
          }
        });
  }

  /**
   * Credentials of a permission set in an account.
   *
   * @param latest an end after this one isn't believed
   * @throws GrantRefusedException if the access token isn't taken
   */
  AwsCredentials credentials(
      String identity, String account, String permissionSet, Instant latest) {
    String what = "get credentials of identity " + DisplayNames.quoted(identity);
    GetRoleCredentialsResponse response =
        aws.call(
            what,
            () -> {
              try {
                return sso.getRoleCredentials(request ->
                    request
                        .accountId(account)
                        .roleName(permissionSet)
                        .accessToken(token.value().reveal()));
              } catch (SsoException e) {
                throw e.statusCode() == 403 || e.statusCode() == 404
                    ? notAssigned(identity, account, permissionSet)
                    : refusedOr(e);
              }
            });
    RoleCredentials made = response.roleCredentials();
    if (made == null
        || made.accessKeyId() == null
        || made.secretAccessKey() == null
        || made.sessionToken() == null) {
      throw new AtmosException(
          ExitCode.FAILED, "could not " + what + ": there are none in AWS's answer");
    }
    Instant end = expiry(made.expiration());
    try {
      return new AwsCredentials(
          made.accessKeyId(),
          Secret.of(made.secretAccessKey()),
          Secret.of(made.sessionToken()),
          end.isAfter(latest) ? latest : end);
    } catch (IllegalArgumentException e) {
      throw new AtmosException(
          ExitCode.FAILED, "could not " + what + ": those of AWS's answer are no credentials");
    }
  }

  /** Milliseconds, by the API; an answer in seconds is one of 1970 otherwise. */
  private static Instant expiry(@Nullable Long expiration) {
    long value = expiration == null ? 0 : expiration;
    return value > 0 && value < 100_000_000_000L
        ? Instant.ofEpochSecond(value)
        : Instant.ofEpochMilli(value);
  }

  private static AtmosException notAssigned(String identity, String account, String permissionSet) {
    return new AtmosException(
        ExitCode.DENIED,
        "identity "
            + DisplayNames.quoted(identity)
            + " is not to be had: the permission set "
            + DisplayNames.quoted(permissionSet)
            + " in account "
            + account
            + " is not assigned to who is signed in",
        "ask for it, or sign in as somebody else: atmos auth logout, then atmos auth login");
  }

  /** The id of the one account of a name, among all that are assigned. */
  String account(String identity, String name) {
    List<String> found = new ArrayList<>();
    for (AccountInfo account : accounts()) {
      if (name.equals(account.accountName())) {
        found.add(account.accountId());
      }
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new AtmosException(
        found.isEmpty() ? ExitCode.DENIED : ExitCode.USAGE,
        "identity "
            + DisplayNames.quoted(identity)
            + (found.isEmpty()
                ? " is not to be had: no account of the name "
                    + DisplayNames.quoted(name)
                    + " is assigned to who is signed in"
                : " could be in any of several accounts of the name "
                    + DisplayNames.quoted(name)
                    + ": "
                    + DisplayNames.list(found)),
        found.isEmpty() ? "names are taken as they are written" : "give it the account's id");
  }

  /** All accounts in which something is assigned. */
  List<AccountInfo> accounts() {
    List<AccountInfo> accounts = new ArrayList<>();
    String next = null;
    do {
      String page = next;
      ListAccountsResponse response =
          aws.call(
              "list the accounts",
              () -> {
                try {
                  return sso.listAccounts(request ->
                      request.accessToken(token.value().reveal()).maxResults(PAGE).nextToken(page));
                } catch (SsoException e) {
                  throw refusedOr(e);
                }
              });
      accounts.addAll(response.accountList());
      next = response.nextToken();
    } while (next != null && !next.isEmpty());
    return accounts;
  }

  /** The names of the permission sets that are assigned in an account. */
  List<String> roles(String account) {
    List<String> roles = new ArrayList<>();
    String next = null;
    do {
      String page = next;
      var response =
          aws.call(
              "list what is assigned in account " + account,
              () -> {
                try {
                  return sso.listAccountRoles(request ->
                      request
                          .accessToken(token.value().reveal())
                          .accountId(account)
                          .maxResults(PAGE)
                          .nextToken(page));
                } catch (SsoException e) {
                  throw refusedOr(e);
                }
              });
      response.roleList().forEach(role -> roles.add(role.roleName()));
      next = response.nextToken();
    } while (next != null && !next.isEmpty());
    return roles;
  }

  private static RuntimeException refusedOr(SsoException e) {
    return e.statusCode() == 401
        ? new GrantRefusedException("AWS does not take the session any more", null)
        : e;
  }

  @Override
  public void close() {
    sso.close();
  }
}
