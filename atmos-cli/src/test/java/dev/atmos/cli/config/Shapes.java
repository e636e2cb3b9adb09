package dev.atmos.cli.config;

import dev.atmos.plugin.config.Shape;
import java.util.List;
import java.util.Map;

/** A section as a plugin could have it, with texts of every role. */
final class Shapes {
  static final Map<String, Shape> SECTIONS = Map.of("auth", auth());

  private Shapes() {}

  private static Shape text(Shape.Role role) {
    return new Shape.Text("A text.", role, List.of(), null, null, "x");
  }

  private static Shape.Field field(String name, Shape shape) {
    return new Shape.Field(name, shape, false, null);
  }

  private static Shape.Fields fields(Shape.Field... fields) {
    return new Shape.Fields("Fields.", List.of(fields), false);
  }

  private static Shape auth() {
    Shape command = text(Shape.Role.COMMAND);
    Shape endpoint = text(Shape.Role.ENDPOINT);
    Shape plain = text(Shape.Role.PLAIN);
    Shape.Fields user =
        fields(
            field("kind", plain),
            field("mfa_command", command),
            field("password", text(Shape.Role.SECRET)),
            field("hooks", new Shape.Items("Commands.", command)));
    Shape.Fields sso = fields(field("kind", plain), field("start_url", endpoint));
    Shape.Fields other = fields(field("kind", plain), field("url", endpoint));
    return fields(
        field(
            "login",
            new Shape.OneOf("One or many.", List.of(command, new Shape.Items("", command)))),
        field(
            "identities",
            new Shape.Named(
                "Identities.",
                new Shape.Kinds("Kinds.", Map.of("user", user, "sso", sso), other))));
  }
}
