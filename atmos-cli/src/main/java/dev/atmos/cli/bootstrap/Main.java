package dev.atmos.cli.bootstrap;

import dev.atmos.cli.Atmos;
import dev.atmos.cli.World;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;
import java.util.Arrays;

/** The entry point of the process. */
public final class Main {
  private Main() {}

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int code = new Atmos(theWorld()).run(Arrays.asList(arguments));
    // Nothing is left to be done at exit, and looking for it takes time.
    Runtime.getRuntime().halt(code);
  }

  static World theWorld() {
    // Only the answer reaches standard output: what a library or a plugin prints is talk.
    System.setOut(System.err);
    ProcessEnvironment environment = new ProcessEnvironment();
    return new World(
        environment,
        new StandardDirectories(environment),
        Clock.systemUTC(),
        new PlainFileReader(),
        new PathPrivateFiles(),
        new ShellCommandRunner(),
        new StandardTerminal(System.getProperty("atmos.terminal"), System.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        new RunningInstallation());
  }
}
