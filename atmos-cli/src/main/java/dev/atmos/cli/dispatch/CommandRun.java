package dev.atmos.cli.dispatch;

import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.context.LogLevel;
import dev.atmos.cli.context.StreamConsole;
import dev.atmos.cli.host.PluginMetadata;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.command.DirectCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs one command: parses its words, shows its help or version, or calls it. What picocli
 * documents of commands works: mixins, nested subcommands, annotated methods, {@code Runnable} and
 * {@code Callable}, version providers, and the {@code ParameterException} of a command that finds
 * its words wrong.
 */
public final class CommandRun {
  private final StreamConsole console;
  private final HostContext context;
  private final PluginMetadata plugin;

  /** A run of a command of that plugin. */
  public CommandRun(StreamConsole console, HostContext context, PluginMetadata plugin) {
    this.console = console;
    this.context = context;
    this.plugin = plugin;
  }

  /**
   * Runs it without picocli.
   *
   * @return its exit code
   */
  public int run(DirectCommand command) {
    context.chdir(null);
    requireUsablePolicy();
    try {
      return command.run();
    } catch (AtmosException e) {
      throw context.withSkipped(e);
    }
  }

  /** A policy that can't be used ends the command here, even if it never asks for it. */
  private void requireUsablePolicy() {
    var _ = context.policy();
  }

  /**
   * Runs it.
   *
   * @param spec the command, without the options that every command has
   * @param words its options and parameters
   * @return its exit code
   */
  public int run(CommandSpec spec, String[] words) {
    boolean hasGlobals = !plugin.builtIn() || GlobalOptions.isAmong(words, spec);
    if (hasGlobals) {
      GlobalOptions.addTo(spec);
    }
    CommandLine commandLine = new CommandLine(spec);
    commandLine.setExpandAtFiles(false);
    commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
    if (plugin.builtIn()) {
      // Built-in commands have no variables in their texts, and looking for them takes time.
      commandLine.setInterpolateVariables(false);
    }
    try {
      ParseResult result =
          commandLine.parseArgs(hasGlobals ? withoutCompatible(words, spec) : words);
      ParseResult addressed = result;
      while (addressed.hasSubcommand()) {
        addressed = addressed.subcommand();
      }
      if (hasGlobals) {
        take(GlobalOptions.parsed(addressed.commandSpec()));
      } else {
        context.chdir(null);
      }
      if (answered(result)) {
        return 0;
      }
      requireUsablePolicy();
      return call(result, addressed.commandSpec().userObject());
    } catch (ParameterException e) {
      if (UsageErrors.isHelpTwice(e)) {
        console.answer(help(e.getCommandLine()));
        return 0;
      }
      throw UsageErrors.translate(e);
    }
  }

  /** Takes out what the atmos written in Go has with every command, to the same effect. */
  private String[] withoutCompatible(String[] words, CommandSpec spec) {
    if (!spec.subcommands().isEmpty()) {
      return words;
    }
    List<String> left = new ArrayList<>(List.of(words));
    Map<String, String> taken = CompatibleOption.takeFrom(left, spec);
    context.variables(taken);
    if (taken.containsKey(LogLevel.VERBOSE)) {
      console.level(LogLevel.DEBUG);
    }
    for (String name : taken.keySet()) {
      if (name.startsWith("-")) {
        console.debug(name + " has no effect");
      }
    }
    return left.toArray(String[]::new);
  }

  private void take(GlobalOptions globals) {
    String level = globals.logsLevel();
    if (level != null) {
      console.level(
          LogLevel.of(level)
              .orElseThrow(() ->
                  new AtmosException(
                      ExitCode.USAGE,
                      "--logs-level must be Trace, Debug, Info, Warning, Error or Off")));
    }
    context.options(globals.configuration());
    context.chdir(globals.chdir());
  }

  /** Shows the help or the version of a command, if the words ask for it. */
  private boolean answered(ParseResult result) {
    boolean help = false;
    for (CommandLine command : result.asCommandLineList()) {
      ParseResult parsed = command.getParseResult();
      help |= parsed.isUsageHelpRequested();
      if (parsed.isVersionHelpRequested()) {
        console.answer(version(command));
        return true;
      }
      if (help && !parsed.hasSubcommand()) {
        console.answer(help(command));
        return true;
      }
    }
    return false;
  }

  private String help(CommandLine command) {
    int columns = HelpWidth.of(context.environment(), context.terminal());
    return CommandHelp.render(command, columns);
  }

  private String version(CommandLine command) {
    StringWriter text = new StringWriter();
    command.printVersionHelp(new PrintWriter(text, true), Ansi.OFF);
    return text.toString().isBlank() ? plugin + "\n" : text.toString();
  }

  private int call(ParseResult result, Object command) {
    try {
      if (command instanceof Callable<?> callable && !result.hasSubcommand()) {
        return callable.call() instanceof Integer code ? code : 0;
      }
      return new CommandLine.RunLast().execute(result);
    } catch (RuntimeException e) {
      RuntimeException thrown = e instanceof ExecutionException failed ? cause(failed) : e;
      throw thrown instanceof AtmosException failure ? context.withSkipped(failure) : thrown;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a command has thrown, which picocli has wrapped. */
  private static RuntimeException cause(ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException thrown ? thrown : failed;
  }
}
