package dev.atmos.cli;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code atmos version}: which atmos this is, and whether its start-up caches do their work. */
final class VersionCommand implements Callable<Integer> {
  private final PluginContext context;
  private @Nullable CommandSpec spec;

  private VersionCommand(PluginContext context) {
    this.context = context;
  }

  static Object spec(PluginContext context) {
    VersionCommand command = new VersionCommand(context);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.addOption(
        OptionSpec.builder("-o", "--output")
            .arity("1")
            .type(String.class)
            .paramLabel("FORMAT")
            .description("text or json.")
            .build());
    spec.usageMessage()
        .description(
            "Says which atmos this is, and whether its start-up cache is in use and whole.");
    command.spec = spec;
    return spec;
  }

  @Override
  public Integer call() throws IOException {
    Installation installation = context.service(Installation.class);
    Properties index = installation.builtInPlugins();
    String version = index.getProperty("atmos/version", "unknown");
    String format = format();
    List<Installation.StartupCache> caches = installation.startupCaches();
    boolean inUse = installation.startupCacheInUse();
    if (format.equals("json")) {
      context.console().answer(json(installation, version, caches, inUse));
    } else {
      context.console().answer(text(installation, version, caches, inUse));
    }
    return 0;
  }

  private String format() {
    CommandSpec parsed = spec;
    String format =
        parsed == null
            ? null
            : parsed.commandLine().getParseResult().matchedOptionValue("-o", null);
    if (format == null || format.equals("text")) {
      return "text";
    }
    if (format.equals("json")) {
      return format;
    }
    throw new AtmosException(ExitCode.USAGE, "--output must be text or json");
  }

  private static String text(
      Installation installation,
      String version,
      List<Installation.StartupCache> caches,
      boolean inUse) {
    StringBuilder text = new StringBuilder("atmos ").append(version).append('\n');
    if (!installation.build().isEmpty()) {
      text.append("build ").append(installation.build()).append('\n');
    }
    text.append("java ").append(installation.javaVersion()).append('\n');
    text.append("start-up cache: ").append(inUse ? "in use" : "not in use");
    boolean mend = false;
    for (Installation.StartupCache cache : caches) {
      text.append(", ").append(cache.name()).append(' ').append(lower(cache.state()));
      mend |= cache.state() != Installation.CacheState.WHOLE;
    }
    text.append('\n');
    if (mend) {
      text.append("to mend it: atmos startup-cache\n");
    }
    return text.toString();
  }

  private static String json(
      Installation installation,
      String version,
      List<Installation.StartupCache> caches,
      boolean inUse) {
    StringBuilder json = new StringBuilder("{\"version\":");
    string(json, version);
    json.append(",\"build\":");
    string(json, installation.build());
    json.append(",\"java\":");
    string(json, installation.javaVersion());
    json.append(",\"startupCache\":{\"inUse\":").append(inUse);
    for (Installation.StartupCache cache : caches) {
      json.append(',');
      string(json, cache.name());
      json.append(':');
      string(json, lower(cache.state()));
    }
    return json.append("}}\n").toString();
  }

  private static String lower(Installation.CacheState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Versions and names of ours; quotes and backslashes are all that could be in the way. */
  private static void string(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c < ' ' ? ' ' : c);
    }
    json.append('"');
  }
}
