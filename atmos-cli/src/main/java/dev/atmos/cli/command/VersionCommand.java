package dev.atmos.cli.command;

import dev.atmos.cli.port.Installation;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.text.json.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos version}: which atmos this is, and the state of its start-up caches. */
@Command(description = "Shows the version, and whether the start-up cache is in use and whole.")
public final class VersionCommand implements Callable<Integer> {
  private final Installation installation;
  private final CommandConsole console;
  private final OutputOption output = OutputOption.of("text", "json");

  /** The command for that installation. */
  public VersionCommand(Installation installation, CommandConsole console) {
    this.installation = installation;
    this.console = console;
  }

  /** The command for picocli. */
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.forAnnotatedObject(this);
    output.addTo(spec);
    return spec;
  }

  @Override
  public Integer call() throws IOException {
    String version = installation.builtInPlugins().getProperty("atmos/version", "unknown");
    boolean json = output.format().equals("json");
    List<Installation.StartupCache> caches = installation.startupCaches();
    console.answer(json ? json(version, caches) : text(version, caches));
    return 0;
  }

  private String text(String version, List<Installation.StartupCache> caches) {
    StringBuilder text = new StringBuilder("atmos ").append(version).append('\n');
    if (!installation.build().isEmpty()) {
      text.append("build ").append(installation.build()).append('\n');
    }
    text.append("java ").append(installation.javaVersion()).append('\n');
    text.append("start-up cache: ")
        .append(installation.startupCacheInUse() ? "in use" : "not in use");
    boolean broken = false;
    for (Installation.StartupCache cache : caches) {
      text.append(", ").append(cache.name()).append(' ').append(lower(cache.state()));
      broken |= cache.state() != Installation.CacheState.WHOLE;
    }
    text.append('\n');
    if (broken) {
      text.append("to mend it: atmos startup-cache\n");
    }
    return text.toString();
  }

  private String json(String version, List<Installation.StartupCache> caches) {
    Map<String, Object> cache = new LinkedHashMap<>();
    cache.put("inUse", installation.startupCacheInUse());
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
