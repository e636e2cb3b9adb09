package dev.atmos.cli;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.text.json.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos version}: which atmos this is, and whether its start-up caches do their work. */
final class VersionCommand implements Callable<Integer> {
  private final PluginContext context;
  private final OutputOption output = OutputOption.of("text", "json");

  private VersionCommand(Services context) {
    this.context = context;
  }

  static Object spec(Services context) {
    VersionCommand command = new VersionCommand(context);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    command.output.addTo(spec);
    spec.usageMessage()
        .description(
            "Says which atmos this is, and whether its start-up cache is in use and whole.");
    return spec;
  }

  @Override
  public Integer call() throws IOException {
    Installation installation = context.service(Installation.class);
    Properties index = installation.builtInPlugins();
    String version = index.getProperty("atmos/version", "unknown");
    boolean isJson = output.isJson();
    List<Installation.StartupCache> caches = installation.startupCaches();
    boolean inUse = installation.startupCacheInUse();
    if (isJson) {
      context.console().answer(json(installation, version, caches, inUse));
    } else {
      context.console().answer(text(installation, version, caches, inUse));
    }
    return 0;
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
    Map<String, Object> cache = new LinkedHashMap<>();
    cache.put("inUse", inUse);
    for (Installation.StartupCache each : caches) {
      cache.put(each.name(), lower(each.state()));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", version);
    json.put("build", installation.build());
    json.put("java", installation.javaVersion());
    json.put("startupCache", cache);
    return JsonWriter.line(json);
  }

  private static String lower(Installation.CacheState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
