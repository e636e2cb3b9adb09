package dev.atmos.auth.store;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.testkit.FakeProcesses;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code secret-tool} 0.20 of libsecret does, as seen through a shell. */
final class FakeSecretTool implements FakeProcesses.Behaviour {

  /** What may be wrong with a keyring. */
  enum State {
    ANSWERS,
    NO_BUS,
    HANGS,
    LOCKED,
    FORGETS
  }

  private static final Pattern COMMAND =
      Pattern.compile(
          "secret-tool (lookup|search|clear|store --label='atmos')"
              + " application dev\\.atmos key ([0-9a-f]{32}) 2>(/dev/null|&1)");

  private final Map<String, Secret> secrets = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private State state = State.ANSWERS;

  static FakeSecretTool installed(FakeServices context) {
    FakeSecretTool tool = new FakeSecretTool();
    context
        .processes()
        .program("sh", context.directories().path("/bin/sh"), tool)
        .program(
            "secret-tool",
            context.directories().path("/usr/bin/secret-tool"),
            program -> {
              throw new AssertionError("run without a shell");
            });
    return tool;
  }

  FakeSecretTool is(State changed) {
    state = changed;
    return this;
  }

  /** The verbs of all questions so far. */
  List<String> asked() {
    return List.copyOf(asked);
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
    String verb = command.group(1).replace(" --label='atmos'", "");
    String name = command.group(2);
    boolean talks = command.group(3).equals("&1");
    asked.add(verb);
    if (state == State.HANGS || (state == State.LOCKED && !verb.equals("search"))) {
      throw new IOException("takes longer than " + program.limit().toSeconds() + " seconds");
    }
    if (state == State.NO_BUS) {
      return answer(1, talks ? "secret-tool: Cannot autolaunch D-Bus without X11 $DISPLAY\n" : "");
    }
    return switch (verb) {
      case "lookup" -> {
        Secret found = secrets.get(name);
        yield found == null ? answer(1, "") : Processes.Outcome.of(0, found);
      }
      case "search" -> answer(0, secrets.containsKey(name) ? "[/1]\nlabel = atmos\n" : "");
      case "store" -> {
        Secret input = program.input();
        if (input == null) {
          throw new AssertionError("nothing to store");
        }
        if (state != State.FORGETS) {
          secrets.put(name, input);
        }
        yield answer(0, "");
      }
      default -> answer(secrets.remove(name) == null ? 1 : 0, "");
    };
  }

  private static Processes.Outcome answer(int exitCode, String output) {
    return Processes.Outcome.of(exitCode, Secret.of(output));
  }
}
