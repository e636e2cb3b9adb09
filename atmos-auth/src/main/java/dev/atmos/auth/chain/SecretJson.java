package dev.atmos.auth.chain;

import dev.atmos.plugin.base.Secret;
import dev.atmos.text.json.FlatJson;
import java.util.Map;
import java.util.Optional;

/** JSON objects whose members are texts, as sign-ins leave them behind. */
public final class SecretJson {
  private SecretJson() {}

  /** The object with these members. */
  public static Secret write(Map<String, Secret> members) {
    return Secret.of(FlatJson.write(members, Secret::reveal));
  }

  /** The members of an object that are texts or numbers; empty if the text isn't an object. */
  public static Optional<Map<String, Secret>> read(Secret object) {
    return FlatJson.read(object.reveal(), Secret::of);
  }
}
