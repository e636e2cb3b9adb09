package dev.atmos.auth;

import dev.atmos.plugin.io.DataFormats;
import dev.atmos.text.json.JsonWriter;
import dev.atmos.text.yaml.YamlWriter;
import org.jspecify.annotations.Nullable;

/** Writes JSON and YAML as the program does, and remembers the trees. */
public final class FakeDataFormats implements DataFormats {
  private @Nullable Object asJson;
  private @Nullable Object asYaml;

  @Override
  public String json(@Nullable Object tree) {
    asJson = tree;
    return JsonWriter.indented(tree);
  }

  @Override
  public String yaml(@Nullable Object tree) {
    asYaml = tree;
    return YamlWriter.write(tree);
  }

  public @Nullable Object asJson() {
    return asJson;
  }

  public @Nullable Object asYaml() {
    return asYaml;
  }
}
