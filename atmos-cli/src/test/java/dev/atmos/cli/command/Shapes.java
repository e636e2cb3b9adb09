package dev.atmos.cli.command;

import dev.atmos.plugin.config.Schema;
import java.util.List;
import java.util.Map;

/** A section with a shape of every sort, for tests. */
final class Shapes {
  static final Schema.Text SECRET =
      new Schema.Text("A secret.", Schema.Role.SECRET, List.of(), null, null, null);
  static final Schema.Text TEXT =
      new Schema.Text("A text.", Schema.Role.PLAIN, List.of(), null, null, "x");
  static final Schema.Text ACCOUNT =
      new Schema.Text(
          "An account.", Schema.Role.PLAIN, List.of(), "[0-9]{12}", "12 digits", "123456789012");
  static final Schema.Text URL =
      new Schema.Text(
          "A URL.",
          Schema.Role.ENDPOINT,
          List.of(),
          "https://[^ ]+",
          "an https URL",
          "https://example.com");

  private Shapes() {}

  /** A section {@code auth} with a shape of every sort in it. */
  static Map<String, Schema> sections() {
    Schema.Fields user =
        fields(
            false,
            field("kind", text("The kind.", "user")),
            required("id", ACCOUNT),
            field("password", SECRET),
            field("command", new Schema.Text("", Schema.Role.COMMAND, List.of(), null, null, null)),
            field("token_file", TEXT));
    Schema.Fields site =
        fields(
            false,
            field("kind", text("The kind.", "site")),
            required("url", URL),
            field("enabled", new Schema.Flag("Whether.")),
            field("level", text("How much.", "low", "high")));
    return Map.of(
        "auth",
        new Schema.Fields(
            "Who is who.",
            List.of(
                new Schema.Field(
                    "identities",
                    new Schema.Named(
                        "By name.",
                        new Schema.Kinds(
                            "One.",
                            Map.of("user", user, "site", site),
                            fields(true, required("kind", TEXT)))),
                    false,
                    null),
                field("keys", new Schema.Items("Keys.", SECRET)),
                field(
                    "either",
                    new Schema.OneOf("Either.", List.of(SECRET, new Schema.Items("Many.", SECRET)))),
                field("tags", new Schema.Named("Tags.", TEXT)),
                field("free", new Schema.Anything("Anything.")),
                new Schema.Field("on", new Schema.Flag("On or off."), false, "TRUE"),
                new Schema.Field("name", TEXT, false, "main")),
            false));
  }

  private static Schema.Text text(String description, String... values) {
    return new Schema.Text(description, Schema.Role.PLAIN, List.of(values), null, null, null);
  }

  private static Schema.Fields fields(boolean open, Schema.Field... fields) {
    return new Schema.Fields("Fields.", List.of(fields), open);
  }

  private static Schema.Field field(String name, Schema shape) {
    return new Schema.Field(name, shape, false, null);
  }

  private static Schema.Field required(String name, Schema shape) {
    return new Schema.Field(name, shape, true, null);
  }
}
