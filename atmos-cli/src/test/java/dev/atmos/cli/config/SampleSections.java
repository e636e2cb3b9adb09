package dev.atmos.cli.config;

import dev.atmos.plugin.config.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A section as plugins could have it, with texts of several effects. */
public final class SampleSections {
  private SampleSections() {}

  /** What a top-level section may hold; null where nothing reads it. */
  public static @Nullable Schema find(String section) {
    return section.equals("auth") ? auth() : null;
  }

  private static Schema auth() {
    Schema command = Schema.command("A command.");
    Schema kind = Schema.text("The kind.");
    Map<String, Schema> kinds = new LinkedHashMap<>();
    kinds.put(
        "user",
        Schema.object("A user.")
            .required("kind", kind)
            .optional("mfa_command", command)
            .optional("password", Schema.secret("A password."))
            .optional("hooks", Schema.list("Commands.", command)));
    kinds.put(
        "sso",
        Schema.object("A portal.")
            .required("kind", kind)
            .optional("start_url", Schema.endpoint("The portal.")));
    kinds.put(
        "acme/open",
        Schema.object("A kind whose plugin declares some of its fields.")
            .required("kind", kind)
            .optional("spec.role", Schema.text("A role."))
            .withOtherKeys());
    Schema unknown =
        Schema.object("Any other kind.")
            .required("kind", kind)
            .optional("url", Schema.endpoint("An address."))
            .withOtherKeys();
    return Schema.object("Sign-ins.")
        .optional("login", Schema.oneOf("One or many.", command, Schema.list("Many.", command)))
        .optional("providers", Schema.map("Providers.", Schema.byKind("One.", kinds, unknown)))
        .optional("identities", Schema.map("Identities.", Schema.byKind("One.", kinds, unknown)));
  }
}
