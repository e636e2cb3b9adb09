package dev.atmos.aws.identity.identitycenter;

import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.config.StartUrl;
import dev.atmos.text.Rfc3339;
import dev.atmos.text.json.FlatJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens that {@code aws sso login} has left in {@code ~/.aws/sso/cache}. They are never
 * refreshed: that would sign the AWS CLI out.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html">IAM
 *     Identity Center credential provider</a>
 */
final class SsoTokenCache {
  private static final int MOST_BYTES = 256 * 1024;

  private SsoTokenCache() {}

  /**
   * The token of a start URL and region that expires last; empty if all have expired.
   *
   * @param startUrl in the form of {@link StartUrl#normalized}
   */
  static Optional<Grant> find(PluginContext context, String startUrl, String region) {
    Token last = last(context, startUrl, region);
    return last != null && isLive(context, last) ? Optional.of(last) : Optional.empty();
  }

  /** Whether there were tokens of a start URL and region, and all have expired. */
  static boolean hasExpired(PluginContext context, String startUrl, String region) {
    Token last = last(context, startUrl, region);
    return last != null && !isLive(context, last);
  }

  private static boolean isLive(PluginContext context, Token token) {
    return token.expiresAt() != null && token.expiresAt().isAfter(context.clock().instant());
  }

  /** The token that expires last, be it still valid or not; null for none. */
  private static @Nullable Token last(PluginContext context, String startUrl, String region) {
    Optional<Path> home = context.directories().home();
    if (home.isEmpty() || startUrl.isEmpty()) {
      return null;
    }
    Path directory = home.get().resolve(".aws").resolve("sso").resolve("cache");
    List<String> names;
    try {
      names = context.files().list(directory).orElse(List.of()).stream().sorted().toList();
    } catch (IOException e) {
      return null;
    }
    Token best = null;
    Instant bestExpiry = Instant.MIN;
    for (String name : names) {
      Token token =
          name.endsWith(".json") ? read(context, directory.resolve(name), startUrl, region) : null;
      if (token != null && token.expiresAt() != null && token.expiresAt().isAfter(bestExpiry)) {
        best = token;
        bestExpiry = token.expiresAt();
      }
    }
    return best;
  }

  /**
   * The live token that the AWS CLI keeps under a name; empty if there is none.
   *
   * @param name the name of a session, or a start URL
   * @param startUrl in the form of {@link StartUrl#normalized}
   */
  static Optional<Token> named(PluginContext context, String name, String startUrl, String region) {
    String file = digest(name) + ".json";
    return context
        .directories()
        .home()
        .map(home -> home.resolve(".aws").resolve("sso").resolve("cache").resolve(file))
        .map(path -> read(context, path, startUrl, region))
        .filter(token -> isLive(context, token));
  }

  private static String digest(String name) {
    try {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static @Nullable Token read(
      PluginContext context, Path file, String startUrl, String region) {
    byte[] content;
    try {
      content = context.files().read(file, MOST_BYTES).orElse(new byte[0]);
    } catch (IOException e) {
      return null;
    }
    String text = new String(content, StandardCharsets.UTF_8);
    // Most files hold something else, and aren't worth a parser.
    if (!text.contains("startUrl") || !text.contains("accessToken")) {
      return null;
    }
    Map<String, Secret> members = FlatJson.read(text, Secret::of).orElse(Map.of());
    Secret url = members.get("startUrl");
    Secret token = members.get("accessToken");
    Instant expiresAt = time(members.get("expiresAt"));
    if (url == null
        || token == null
        || token.isEmpty()
        || expiresAt == null
        || !StartUrl.normalized(url.reveal()).equals(startUrl)
        || !Secret.of(region).equals(members.get("region"))) {
      return null;
    }
    return Token.of(Token.IDENTITY_CENTER, token, expiresAt);
  }

  /** RFC 3339, or with {@code UTC} in place of {@code Z}, as older versions wrote it. */
  private static @Nullable Instant time(@Nullable Secret text) {
    return text == null ? null : Rfc3339.parse(text.reveal().replaceFirst("UTC$", "Z"));
  }
}
