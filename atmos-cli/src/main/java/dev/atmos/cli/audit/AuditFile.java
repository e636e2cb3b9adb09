package dev.atmos.cli.audit;

import dev.atmos.cli.port.OperatingSystem;
import dev.atmos.cli.port.ProcessParent;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.audit.AuditEvent;
import dev.atmos.services.audit.AuditLog;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file that gets a line of JSON for each event, by one write of at most 4 KiB. What can't be
 * written is counted in a file of the user's state.
 */
public final class AuditFile implements AuditLog {
  private static final int MOST_BYTES = 4095;
  private static final int LONGEST_COUNT = 20;

  private static final int LONGEST_VALUE = 1024;

  private final OperatingSystem system;
  private final PluginContext context;
  private final Path file;
  private final boolean required;

  /**
   * @param required whether an event that can't be written is a failure
   */
  public AuditFile(OperatingSystem system, PluginContext context, Path file, boolean required) {
    this.system = system;
    this.context = context;
    this.file = file;
    this.required = required;
  }

  @Override
  public void check() {
    if (required) {
      append(new byte[0]);
    }
  }

  @Override
  public synchronized void record(AuditEvent event) {
    append(line(event));
  }

  private void append(byte[] line) {
    try {
      system.append(file, line);
    } catch (IOException e) {
      if (required) {
        String sentence = "the audit log " + file + " has to be written, and can't be: ";
        throw new AtmosException(ExitCode.UNAVAILABLE, sentence + FileReason.of(e));
      }
      count(context);
    }
  }

  private byte[] line(AuditEvent event) {
    int longest = LONGEST_VALUE;
    byte[] line;
    do {
      line = JsonWriter.line(fields(event, longest)).getBytes(StandardCharsets.UTF_8);
      longest /= 4;
    } while (line.length > MOST_BYTES);
    return line;
  }

  private Map<String, Object> fields(AuditEvent event, int longest) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", context.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString());
    event.fields().forEach((name, value) -> fields.put(name, cut(value, longest)));
    ProcessParent process = system.parent();
    fields.put("pid", process.pid());
    fields.put("parent_pid", process.parent());
    String parent = process.name();
    if (parent != null && !parent.isEmpty()) {
      fields.put("parent", cut(parent, longest));
    }
    return fields;
  }

  private static String cut(String value, int longest) {
    return value.length() <= longest ? value : value.substring(0, longest - 3) + "...";
  }

  /** How many events of this user couldn't be written so far. */
  public static long dropped(PluginContext context) {
    Optional<Path> counter = counter(context);
    try {
      Optional<byte[]> count =
          counter.isPresent()
              ? context.privateFiles().read(counter.get(), LONGEST_COUNT)
              : Optional.empty();
      return count.isEmpty()
          ? 0
          : Long.parseLong(new String(count.get(), StandardCharsets.US_ASCII).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static void count(PluginContext context) {
    Optional<Path> counter = counter(context);
    if (counter.isPresent()) {
      String count = dropped(context) + 1 + "\n";
      try {
        context.privateFiles().write(counter.get(), count.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        context.console().debug("can't count what isn't audited: " + FileReason.of(e));
      }
    }
  }

  private static Optional<Path> counter(PluginContext context) {
    return context.directories().state().map(state -> state.resolve("audit-dropped"));
  }
}
