package dev.atmos.cli.command;

import dev.atmos.cli.host.PluginIndex;
import dev.atmos.cli.port.Installation;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.services.command.OutputOption;
import dev.atmos.text.json.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos version}: which atmos this is, and the state of its start-up caches. */
@Command(description = "Shows the version, and whether the start-up cache is in use and whole.")
public final class VersionCommand implements Callable<Integer> {
  private final CommandConsole console;
  private final Supplier<Installation> installation;
  private final Supplier<@Nullable UnsafePlace> unsafePlugins;
  private final OutputOption output = OutputOption.of("text", "json");

  /**
   * @param installation is asked when the command runs
   * @param unsafePlugins is asked what others can change of the installed plugins
   */
  public VersionCommand(
      CommandConsole console,
      Supplier<Installation> installation,
      Supplier<@Nullable UnsafePlace> unsafePlugins) {
    this.console = console;
    this.installation = installation;
    this.unsafePlugins = unsafePlugins;
  }

  /** The command for picocli. */
  public CommandSpec spec() {
    return output.addTo(CommandSpec.forAnnotatedObject(this));
  }

  @Override
  public Integer call() throws IOException {
    boolean json = output.isJson();
    Installation installed = installation.get();
    console.answer(json ? json(installed) : text(installed));
    UnsafePlace unsafe = unsafePlugins.get();
    if (unsafe != null) {
      console.say(PluginIndex.warning(unsafe));
    }
    return 0;
  }

  private static String version(Installation installation) throws IOException {
    return installation.builtInPlugins().getProperty("atmos/version", "unknown");
  }

  private static String text(Installation installation) throws IOException {
    StringBuilder text = new StringBuilder("atmos ").append(version(installation)).append('\n');
    if (!installation.build().isEmpty()) {
      text.append("build ").append(installation.build()).append('\n');
    }
    text.append("java ").append(installation.javaVersion()).append('\n');
    text.append("start-up cache: ")
        .append(installation.startupCacheInUse() ? "in use" : "not in use");
    boolean broken = false;
    for (Installation.StartupCache cache : installation.startupCaches()) {
      text.append(", ").append(cache.name()).append(' ').append(lower(cache.state()));
      broken |= cache.state() != Installation.CacheState.WHOLE;
    }
    text.append('\n');
    if (broken) {
      text.append("rebuild it: atmos startup-cache\n");
    }
    return text.toString();
  }

  private static String json(Installation installation) throws IOException {
    Map<String, Object> cache = new LinkedHashMap<>();
    cache.put("inUse", installation.startupCacheInUse());
    for (Installation.StartupCache each : installation.startupCaches()) {
      cache.put(each.name(), lower(each.state()));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", version(installation));
    json.put("build", installation.build());
    json.put("java", installation.javaVersion());
    json.put("startupCache", cache);
    return JsonWriter.line(json);
  }

  private static String lower(Installation.CacheState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
