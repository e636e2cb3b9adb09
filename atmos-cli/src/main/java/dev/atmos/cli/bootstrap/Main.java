package dev.atmos.cli.bootstrap;

import dev.atmos.cli.Atmos;
import dev.atmos.cli.Machine;
import dev.atmos.cli.World;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;
import java.util.Arrays;

/** The entry point of the process. */
public final class Main {
  /** The build that this class is of: the product's assembly puts its id here, of this length. */
  private static final String BUILD = "@@build-id@@";

  private Main() {}

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] arguments) {
    String build = System.getProperty("atmos.build");
    if (build != null && !build.equals(BUILD)) {
      refuse();
    }
    int code = new Atmos(theWorld()).run(Arrays.asList(arguments));
    // Nothing is left to be done at exit, and looking for it takes time.
    Runtime.getRuntime().halt(code);
  }

  /**
   * Java takes the classes of a start-up cache without asking of which jars it was made, so that it
   * may be this class itself that is of another build than the launcher, and all others with it.
   */
  private static void refuse() {
    System.err.println(
        System.getProperty("atmos.cache") != null
            ? "atmos: the start-up cache is of another build; to mend it: atmos startup-cache"
            : "atmos: the launcher and the jars are of different builds; unpack the archive anew");
    System.err.flush();
    Runtime.getRuntime().halt(1);
  }

  static World theWorld() {
    // Only the answer reaches standard output: what a library or a plugin prints is talk.
    System.setOut(System.err);
    ProcessEnvironment environment = new ProcessEnvironment();
    Machine machine = new RealMachine(environment);
    return new World(
        environment,
        new StandardDirectories(environment),
        Clock.systemUTC(),
        new PlainFileReader(),
        new PathPrivateFiles(),
        new ShellCommandRunner(machine),
        new StandardTerminal(System.getProperty("atmos.terminal"), System.in),
        machine,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        new RunningInstallation());
  }
}
