package dev.atmos.cli.command;

import dev.atmos.cli.audit.AuditFile;
import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.policy.PolicyReader;
import dev.atmos.cli.policy.PolicySchema;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.policy.Policy;
import dev.atmos.text.TerminalText;
import dev.atmos.text.TextTable;
import dev.atmos.text.json.JsonWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos config policy}: the rules of the machine's policy, and where they stand. */
@Command(
    description = {
      "Shows what the policy of this machine allows, rule by rule, and in which line of which file"
          + " it says so. An administrator writes that file, and no option, variable or"
          + " configuration changes what it says.",
      "",
      "Also shows how many events of yours the audit log lacks because they couldn't be written."
    })
public final class ConfigPolicyCommand implements Callable<Integer> {
  private final PluginContext context;
  private final OutputOption output = OutputOption.of("text", "json");

  /** A rule of the policy. */
  private record Rule(String key, int line, List<String> values, String effect) {}

  /** The command in that context, which is the host's when the command runs. */
  public ConfigPolicyCommand(PluginContext context) {
    this.context = context;
  }

  /** The command for picocli. */
  public CommandSpec spec() {
    return output.addTo(CommandSpec.forAnnotatedObject(this));
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    HostContext host = HostContext.of(context);
    Path file = host.operatingSystem().policyFile();
    Policy policy = PolicyReader.read(host.operatingSystem());
    List<Rule> rules = new ArrayList<>();
    if (policy != null) {
      collect(policy.rules(), PolicySchema.root(), "", rules);
    }
    long dropped = AuditFile.dropped(context);
    context
        .console()
        .answer(
            json ? json(file, policy, rules, dropped) : text(file, policy, rules) + lost(dropped));
    return 0;
  }

  private static void collect(ConfigMap map, Schema schema, String prefix, List<Rule> rules) {
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      String key = prefix + entry.getKey();
      Schema field = schema.field(entry.getKey()).orElseThrow().schema();
      if (entry.getValue().value() instanceof ConfigMap below) {
        collect(below, field, key + ".", rules);
      } else {
        rules.add(
            new Rule(
                key,
                entry.getValue().keyPosition().line(),
                values(entry.getValue().value()),
                field.description()));
      }
    }
  }

  private static List<String> values(ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.items().stream().flatMap(item -> values(item).stream()).toList();
    }
    return List.of(((ConfigText) value).text());
  }

  private static String text(Path file, @Nullable Policy policy, List<Rule> rules) {
    String shown = TerminalText.escaped(file.toString());
    if (policy == null) {
      return "This machine has no policy. One would be in " + shown + "\n";
    }
    TextTable table = new TextTable();
    table.row("LINE", "RULE", "EFFECT", "VALUE");
    for (Rule rule : rules) {
      String values = rule.values().isEmpty() ? "(none)" : String.join(", ", rule.values());
      // Last, as a value may be long.
      table.row(
          String.valueOf(rule.line()), rule.key(), rule.effect(), TerminalText.escaped(values));
    }
    return "The policy of this machine is in " + shown + "\n\n" + table.render();
  }

  private static String lost(long dropped) {
    return dropped == 0
        ? ""
        : "\nEvents of yours that couldn't be written to the audit log: " + dropped + "\n";
  }

  private static String json(Path file, @Nullable Policy policy, List<Rule> rules, long dropped) {
    List<Object> list = new ArrayList<>();
    for (Rule rule : rules) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("rule", rule.key());
      each.put("line", rule.line());
      each.put("values", rule.values());
      each.put("effect", rule.effect());
      list.add(each);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", file.toString());
    tree.put("present", policy != null);
    tree.put("rules", list);
    tree.put("dropped_events", dropped);
    return JsonWriter.indented(tree);
  }
}
