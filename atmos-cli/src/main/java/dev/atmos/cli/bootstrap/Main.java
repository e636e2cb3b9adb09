package dev.atmos.cli.bootstrap;

import dev.atmos.cli.Atmos;
import dev.atmos.cli.bootstrap.process.ExecHandover;
import dev.atmos.cli.bootstrap.process.ProcessEnvironment;
import dev.atmos.cli.bootstrap.terminal.StandardTerminal;
import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.port.OperatingSystem;
import dev.atmos.cli.port.SystemPorts;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
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
    int code = new Atmos(systemPorts(arguments)).run(Arrays.asList(arguments));
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
            ? "atmos: the start-up cache belongs to a different build; rebuild it: atmos"
                + " startup-cache"
            : "atmos: the launcher and the program belong to different builds; unpack the archive"
                + " again");
    System.err.flush();
    Runtime.getRuntime().halt(1);
  }

  /**
   * Everything outside of the program.
   *
   * @param arguments what it was called with
   */
  static SystemPorts systemPorts(String... arguments) {
    // Only the answer reaches standard output: what a library or a plugin prints is talk.
    System.setOut(System.err);
    ProcessEnvironment environment = new ProcessEnvironment();
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    OperatingSystem system =
        new SystemOperatingSystem(
            environment, ExecHandover.open(System.getProperty("atmos.handover"), arguments));
    FileInspector files = new PlainFileReader();
    return new SystemPorts(
        environment,
        new StandardDirectories(environment),
        Clock.systemUTC(),
        files,
        new OwnerOnlyFiles(files),
        new ShellCommandRunner(system),
        // Not System.in, which reads ahead what may be the input of a program that is started
        // later.
        new StandardTerminal(
            System.getProperty("atmos.terminal"), new FileInputStream(FileDescriptor.in), err),
        system,
        out,
        err,
        new RunningInstallation());
  }
}
