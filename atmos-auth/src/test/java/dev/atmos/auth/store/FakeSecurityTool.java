package dev.atmos.auth.store;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.testkit.FakeProcesses;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /usr/bin/security} of macOS does, as seen through a shell: its exit codes are the
 * last bytes of Security.framework's codes.
 */
final class FakeSecurityTool implements FakeProcesses.Behaviour {
  private static final Pattern COMMAND =
      Pattern.compile(
          "/usr/bin/security (?:(find|delete)-generic-password -s dev\\.atmos -a ([0-9a-f]{32})"
              + "(?: -w)? (?:>/dev/null 2>&1|2>/dev/null)|-i >/dev/null 2>&1)");
  private static final Pattern ADDITION =
      Pattern.compile(
          "add-generic-password -U -l atmos -s dev\\.atmos -a ([0-9a-f]{32}) -w ([^ ]+)\n");

  private final Map<String, Secret> secrets = new LinkedHashMap<>();
  private int failsWith;
  private boolean hangs;

  /** On a Mac, which has it. */
  static FakeSecurityTool installed(FakeServices context) {
    FakeSecurityTool tool = new FakeSecurityTool();
    context.directories().write("/System/Library/CoreServices/SystemVersion.plist", "");
    context.processes().program("sh", context.directories().path("/bin/sh"), tool);
    return tool;
  }

  /** Every question fails with that code; 0 for none. */
  FakeSecurityTool failsWith(int exitCode) {
    failsWith = exitCode;
    return this;
  }

  /** It waits for somebody to type a password. */
  FakeSecurityTool hangs() {
    hangs = true;
    return this;
  }

  Map<String, Secret> secrets() {
    return secrets;
  }

  @Override
  public Processes.Outcome run(Processes.Program program) throws IOException {
    Matcher command = COMMAND.matcher(program.words().get(2));
    if (!command.matches()) {
      throw new AssertionError("not a command of ours: " + program.words());
    }
    if (hangs) {
      throw new IOException("takes longer than " + program.limit().toSeconds() + " seconds");
    }
    if (failsWith != 0) {
      return answer(failsWith, "");
    }
    if (command.group(1) == null) {
      Secret input = program.input();
      Matcher addition = ADDITION.matcher(input == null ? "" : input.reveal());
      if (!addition.matches()) {
        throw new AssertionError("not an addition");
      }
      secrets.put(addition.group(1), Secret.of(addition.group(2)));
      return answer(0, "");
    }
    boolean find = command.group(1).equals("find");
    Secret found = find ? secrets.get(command.group(2)) : secrets.remove(command.group(2));
    if (found == null) {
      return answer(44, "");
    }
    return answer(0, find ? found.reveal() + "\n" : "");
  }

  private static Processes.Outcome answer(int exitCode, String output) {
    return Processes.Outcome.of(exitCode, Secret.of(output));
  }
}
