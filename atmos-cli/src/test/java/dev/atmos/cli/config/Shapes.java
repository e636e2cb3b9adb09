package dev.atmos.cli.config;

import dev.atmos.plugin.config.Schema;
import java.util.List;
import java.util.Map;

/** A section as a plugin could have it, with texts of every role. */
final class Shapes {
  static final Map<String, Schema> SECTIONS = Map.of("auth", auth());

  private Shapes() {}

  private static Schema text(Schema.Role role) {
    return new Schema.Text("A text.", role, List.of(), null, null, "x");
  }

  private static Schema.Field field(String name, Schema shape) {
    return new Schema.Field(name, shape, false, null);
  }

  private static Schema.Fields fields(Schema.Field... fields) {
    return new Schema.Fields("Fields.", List.of(fields), false);
  }

  private static Schema auth() {
    Schema command = text(Schema.Role.COMMAND);
    Schema endpoint = text(Schema.Role.ENDPOINT);
    Schema plain = text(Schema.Role.PLAIN);
    Schema.Fields user =
        fields(
            field("kind", plain),
            field("mfa_command", command),
            field("password", text(Schema.Role.SECRET)),
            field("hooks", new Schema.Items("Commands.", command)));
    Schema.Fields sso = fields(field("kind", plain), field("start_url", endpoint));
    Schema.Fields other = fields(field("kind", plain), field("url", endpoint));
    return fields(
        field(
            "login",
            new Schema.OneOf("One or many.", List.of(command, new Schema.Items("", command)))),
        field(
            "identities",
            new Schema.Named(
                "Identities.",
                new Schema.Kinds("Kinds.", Map.of("user", user, "sso", sso), other))));
  }
}
