package dev.atmos.aws.identity.login;

import dev.atmos.plugin.base.Secret;
import dev.atmos.text.json.FlatJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in to the console that goes on: what is kept of it between commands.
 *
 * @param arn whose it is
 * @param clientId who asked for it
 */
record ConsoleSession(String arn, String clientId, Secret refreshToken, DpopKey key) {
  private static final String ARN = "arn";
  private static final String CLIENT_ID = "clientId";
  private static final String REFRESH_TOKEN = "refreshToken";
  private static final String PRIVATE_KEY = "privateKey";
  private static final String PUBLIC_KEY = "publicKey";

  /** What was saved; null for anything else. */
  static @Nullable ConsoleSession of(Optional<Secret> saved) {
    Map<String, Secret> members =
        saved.flatMap(text -> FlatJson.read(text.reveal(), Secret::of)).orElse(Map.of());
    Secret arn = members.get(ARN);
    Secret clientId = members.get(CLIENT_ID);
    Secret refreshToken = members.get(REFRESH_TOKEN);
    Secret privateKey = members.get(PRIVATE_KEY);
    Secret publicKey = members.get(PUBLIC_KEY);
    return arn == null
            || clientId == null
            || refreshToken == null
            || privateKey == null
            || publicKey == null
        ? null
        : new ConsoleSession(
            arn.reveal(),
            clientId.reveal(),
            refreshToken,
            new DpopKey(privateKey, publicKey.reveal()));
  }

  Secret text() {
    Map<String, Secret> members = new LinkedHashMap<>();
    members.put(ARN, Secret.of(arn));
    members.put(CLIENT_ID, Secret.of(clientId));
    members.put(REFRESH_TOKEN, refreshToken);
    members.put(PRIVATE_KEY, key.privateKey());
    members.put(PUBLIC_KEY, Secret.of(key.publicKey()));
    return Secret.of(FlatJson.write(members, Secret::reveal));
  }

  /** The account of an ARN; empty if it has none. */
  static String account(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 && parts[4].matches("[0-9]{12}") ? parts[4] : "";
  }
}
