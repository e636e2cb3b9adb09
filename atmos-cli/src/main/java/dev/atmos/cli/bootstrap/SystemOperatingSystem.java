package dev.atmos.cli.bootstrap;

import dev.atmos.cli.bootstrap.process.ExecHandover;
import dev.atmos.cli.bootstrap.process.ParentProcess;
import dev.atmos.cli.bootstrap.process.SystemProcesses;
import dev.atmos.cli.bootstrap.windows.WindowsCredentials;
import dev.atmos.cli.port.OperatingSystem;
import dev.atmos.cli.port.PluginThreads;
import dev.atmos.cli.port.ProcessParent;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.GenericCredentials;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.system.UserFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The machine that the program runs on. */
final class SystemOperatingSystem implements OperatingSystem {
  private final Environment environment;
  private final @Nullable ExecHandover handover;
  private @Nullable Locks locks;

  SystemOperatingSystem(Environment environment) {
    this(environment, null);
  }

  /**
   * @param handover null where the launcher doesn't wait for one
   */
  SystemOperatingSystem(Environment environment, @Nullable ExecHandover handover) {
    this.environment = environment;
    this.handover = handover;
  }

  @Override
  public ProcessControl processes() {
    return new SystemProcesses(environment, handover);
  }

  @Override
  public Locks locks() {
    Locks known = locks;
    if (known == null) {
      known =
          new FileLocks(
              sleeper(),
              pid -> ProcessHandle.of(pid).flatMap(other -> other.info().totalCpuDuration()));
      locks = known;
    }
    return known;
  }

  @Override
  public Sleeper sleeper() {
    return new SystemSleeper();
  }

  @Override
  public ZoneOffset offsetAt(Instant time) {
    // ZoneId would read the rules of all zones a second time.
    int millis = TimeZone.getDefault().getOffset(time.toEpochMilli());
    return ZoneOffset.ofTotalSeconds(millis / 1000);
  }

  @Override
  public ParallelTasks tasks() {
    return new ThreadTasks();
  }

  @Override
  public PluginThreads pluginThreads() {
    // Our own options are texts, and picocli makes no other converters. Plugins may have any type.
    System.setProperty("picocli.converters.excludes", "java.sql.*");
    return new DaemonPluginThreads();
  }

  @Override
  public SafePlaces safePlaces() {
    return new OwnershipCheck();
  }

  @Override
  public UserFiles userFiles() {
    return new AtomicUserFiles();
  }

  @Override
  public Optional<GenericCredentials> genericCredentials() {
    return File.separatorChar == '\\'
        ? Optional.of(WindowsCredentials.ofThisMachine())
        : Optional.empty();
  }

  @Override
  public ProxyNetwork network(Environment variables, Directories directories, ReadOnlyFiles files) {
    // The way to a proxy isn't encrypted, so that Java sends it no password for a tunnel unless
    // this
    // is set before its first connection. But a user who has put one into the proxy's variable has
    // no other way through.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "none");
    // Of an answer that is given up, Java would read the rest on a thread of its own, to use the
    // connection again. Whoever closes that connection meanwhile waits for as long as the server
    // goes on.
    System.setProperty("http.KeepAlive.remainingData", "0");
    // The AWS SDK reads the user's files whatever it is given in their place, and ends where they
    // are damaged. A directory is no file to it, and this one is there.
    String noFile = System.getProperty("java.home");
    System.setProperty("aws.configFile", noFile);
    System.setProperty("aws.sharedCredentialsFile", noFile);
    return SystemNetwork.ofThisMachine(variables, directories, files);
  }

  @Override
  public Path policyFile() {
    // Here, and not beside the class that reads it: most machines have none, and load no class for
    // it.
    if (File.separatorChar == '\\') {
      // Not by the variable ProgramData, which is the user's to set.
      return Path.of("C:\\ProgramData\\atmos\\policy.yaml");
    }
    return Path.of(
        System.getProperty("os.name", "").startsWith("Mac")
            ? "/Library/Application Support/atmos/policy.yaml"
            : "/etc/atmos/policy.yaml");
  }

  @Override
  public List<Path> userPlaces() {
    Path home = Path.of(System.getProperty("user.home", "?"));
    if (!home.isAbsolute()) {
      return List.of();
    }
    String config = File.separatorChar == '\\' ? "AppData/Local" : ".config";
    return List.of(home.resolve(config).resolve("atmos"), home.resolve(".atmos"));
  }

  @Override
  public Optional<byte[]> readAdministered(Path file, int limit) throws IOException {
    return new AdministeredFiles().read(file, limit, new PlainFileReader());
  }

  @Override
  public void append(Path file, byte[] line) throws IOException {
    AppendOnlyFile.append(file, line);
  }

  @Override
  public ProcessParent parent() {
    return ParentProcess.find();
  }
}
