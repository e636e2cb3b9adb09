package dev.atmos.cli.command;

import dev.atmos.cli.audit.AuditFile;
import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.policy.PolicyReader;
import dev.atmos.cli.policy.PolicySchema;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.command.OutputOption;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos config policy}: the rules of the machine's policy, and where they stand. */
@Command(
    description = {
      "Shows the rules of this machine's policy, with their lines in its file. An administrator"
          + " writes that file. No option, variable or configuration overrides it.",
      "",
      "Also shows how many of your events are missing from the audit log, because atmos couldn't"
          + " write them."
    },
    footer =
        """

        The rules, for a program:

          atmos config policy --output json\
        """)
public final class ConfigPolicyCommand implements Callable<Integer> {
  private final PluginContext context;
  private final OutputOption output = OutputOption.of("text", "json");

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
    TextTable table = new TextTable();
    // The values last, as they may be long.
    table.row("LINE", "RULE", "EFFECT", "VALUE");
    List<Object> rules = new ArrayList<>();
    if (policy != null) {
      collect(policy.rules(), PolicySchema.root(), "", rules, table);
    }
    long dropped = AuditFile.dropped(context);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", file.toString());
    tree.put("present", policy != null);
    tree.put("rules", rules);
    tree.put("dropped_events", dropped);
    String shown = TerminalText.escaped(file.toString());
    String text =
        policy == null
            ? "This machine has no policy. One would be in " + shown + "\n"
            : "The policy of this machine is in " + shown + "\n\n" + table.render();
    String lost = "\nEvents of yours that couldn't be written to the audit log: " + dropped + "\n";
    context.console().answer(json ? JsonWriter.indented(tree) : dropped == 0 ? text : text + lost);
    return 0;
  }

  private static void collect(
      ConfigMap map, Schema schema, String prefix, List<Object> rules, TextTable table) {
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      String key = prefix + entry.getKey();
      Schema field = schema.field(entry.getKey()).orElseThrow().schema();
      if (entry.getValue().value() instanceof ConfigMap below) {
        collect(below, field, key + ".", rules, table);
      } else {
        int line = entry.getValue().keyPosition().line();
        List<String> values = values(entry.getValue().value());
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("rule", key);
        rule.put("line", line);
        rule.put("values", values);
        rule.put("effect", field.description());
        rules.add(rule);
        String shown = values.isEmpty() ? "(none)" : String.join(", ", values);
        table.row(String.valueOf(line), key, field.description(), TerminalText.escaped(shown));
      }
    }
  }

  private static List<String> values(ConfigValue value) {
    return value instanceof ConfigList list
        ? list.items().stream().flatMap(item -> values(item).stream()).toList()
        : List.of(((ConfigText) value).text());
  }
}
