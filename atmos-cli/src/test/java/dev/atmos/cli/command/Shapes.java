package dev.atmos.cli.command;

import dev.atmos.plugin.config.Shape;
import java.util.List;
import java.util.Map;

/** A section with a shape of every sort, for tests. */
final class Shapes {
  static final Shape.Text SECRET =
      new Shape.Text("A secret.", Shape.Role.SECRET, List.of(), null, null, null);
  static final Shape.Text TEXT =
      new Shape.Text("A text.", Shape.Role.PLAIN, List.of(), null, null, "x");
  static final Shape.Text ACCOUNT =
      new Shape.Text(
          "An account.", Shape.Role.PLAIN, List.of(), "[0-9]{12}", "12 digits", "123456789012");
  static final Shape.Text URL =
      new Shape.Text(
          "A URL.",
          Shape.Role.ENDPOINT,
          List.of(),
          "https://[^ ]+",
          "an https URL",
          "https://example.com");

  private Shapes() {}

  /** A section {@code auth} with a shape of every sort in it. */
  static Map<String, Shape> sections() {
    Shape.Fields user =
        fields(
            false,
            field("kind", text("The kind.", "user")),
            required("id", ACCOUNT),
            field("password", SECRET),
            field("command", new Shape.Text("", Shape.Role.COMMAND, List.of(), null, null, null)),
            field("token_file", TEXT));
    Shape.Fields site =
        fields(
            false,
            field("kind", text("The kind.", "site")),
            required("url", URL),
            field("enabled", new Shape.Flag("Whether.")),
            field("level", text("How much.", "low", "high")));
    return Map.of(
        "auth",
        new Shape.Fields(
            "Who is who.",
            List.of(
                new Shape.Field(
                    "identities",
                    new Shape.Named(
                        "By name.",
                        new Shape.Kinds(
                            "One.",
                            Map.of("user", user, "site", site),
                            fields(true, required("kind", TEXT)))),
                    false,
                    null),
                field("keys", new Shape.Items("Keys.", SECRET)),
                field(
                    "either",
                    new Shape.OneOf("Either.", List.of(SECRET, new Shape.Items("Many.", SECRET)))),
                field("tags", new Shape.Named("Tags.", TEXT)),
                field("free", new Shape.Anything("Anything.")),
                new Shape.Field("on", new Shape.Flag("On or off."), false, "TRUE"),
                new Shape.Field("name", TEXT, false, "main")),
            false));
  }

  private static Shape.Text text(String description, String... values) {
    return new Shape.Text(description, Shape.Role.PLAIN, List.of(values), null, null, null);
  }

  private static Shape.Fields fields(boolean open, Shape.Field... fields) {
    return new Shape.Fields("Fields.", List.of(fields), open);
  }

  private static Shape.Field field(String name, Shape shape) {
    return new Shape.Field(name, shape, false, null);
  }

  private static Shape.Field required(String name, Shape shape) {
    return new Shape.Field(name, shape, true, null);
  }
}
