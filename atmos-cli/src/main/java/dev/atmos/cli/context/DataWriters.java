package dev.atmos.cli.context;

import dev.atmos.plugin.io.DataFormats;
import dev.atmos.text.json.JsonWriter;
import dev.atmos.text.yaml.YamlWriter;
import org.jspecify.annotations.Nullable;

/** The formats of the program's answers. */
public final class DataWriters implements DataFormats {

  /** Nothing is loaded before something is written. */
  public DataWriters() {}

  @Override
  public String json(@Nullable Object tree) {
    return JsonWriter.indented(tree);
  }

  @Override
  public String yaml(@Nullable Object tree) {
    return YamlWriter.write(tree);
  }
}
