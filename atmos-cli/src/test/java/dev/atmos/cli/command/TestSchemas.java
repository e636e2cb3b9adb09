package dev.atmos.cli.command;

import dev.atmos.plugin.config.Schema;
import java.util.Map;

/** A section with a schema of every type, for tests. */
public final class TestSchemas {
  private TestSchemas() {}

  /** A section {@code auth} with a schema of every type in it. */
  public static Map<String, Schema> sections() {
    Schema text = Schema.text("A text.").withExample("x");
    Schema secret = Schema.secret("A secret.");
    Schema user =
        Schema.object("Fields.")
            .optional("kind", Schema.choice("The kind.", "user"))
            .required(
                "id",
                Schema.text("An account.")
                    .withPattern("[0-9]{12}", "12 digits")
                    .withExample("123456789012"))
            .optional("password", secret)
            .optional("command", Schema.command(""))
            .optional("token_file", text);
    Schema site =
        Schema.object("Fields.")
            .optional("kind", Schema.choice("The kind.", "site"))
            .required(
                "url",
                Schema.endpoint("A URL.")
                    .withPattern("https://[^ ]+", "an https URL")
                    .withExample("https://example.com"))
            .optional("enabled", Schema.flag("Whether."))
            .optional("level", Schema.choice("How much.", "low", "high"))
            .optional("retries", Schema.number("How often."))
            .optional("wait", Schema.duration("How long."));
    Schema guest = Schema.object("Fields.").withOtherKeys().optional("kind", text);
    Schema other = Schema.object("Fields.").withOtherKeys().required("kind", kind());
    return Map.of(
        "auth",
        Schema.object("Who is who.")
            .optional(
                "identities",
                Schema.map(
                    "By name.",
                    Schema.byKind(
                        "One.", Map.of("user", user, "site", site, "guest", guest), other)))
            .optional("keys", Schema.list("Keys.", secret))
            .optional("either", Schema.oneOf("Either.", secret, Schema.list("Many.", secret)))
            .optional("tags", Schema.map("Tags.", text))
            .optional("free", Schema.anything("Anything."))
            .optional("on", Schema.flag("On or off.").withDefault("TRUE"))
            .optional("name", text.withDefault("main")));
  }

  private static Schema kind() {
    return Schema.text("The kind.");
  }
}
