package dev.atmos.cli;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.bootstrap.LoopbackNetworks;
import dev.atmos.cli.port.OperatingSystem;
import dev.atmos.cli.port.PluginThreads;
import dev.atmos.cli.port.ProcessParent;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.plugin.testkit.FakeClock;
import dev.atmos.plugin.testkit.FakeReadOnlyFiles;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.services.system.GenericCredentials;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.PinnedRequest;
import dev.atmos.services.system.PinnedRequestException;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.ProxyServer;
import dev.atmos.services.system.UserFiles;
import dev.atmos.services.testing.FakeLocks;
import dev.atmos.services.testing.FakeProcessControl;
import dev.atmos.services.testing.FakeSleeper;
import dev.atmos.services.testing.SequentialTasks;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A machine on which time goes by in pauses only. */
final class FakeOperatingSystem implements OperatingSystem {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private final FakeClock clock;
  private int hurry = 1;
  private final FakeSleeper sleeper;
  private final FakeProcessControl processes = new FakeProcessControl();
  private final FakeLocks locks = new FakeLocks();
  private final ParallelTasks tasks = new SequentialTasks();
  private final List<URI> connections = Collections.synchronizedList(new ArrayList<>());

  private final Path policy;
  private String home = "/home/dev";
  private UserFiles userFiles = ClassPath.userFiles();
  private @Nullable String appendProblem;

  FakeOperatingSystem(Instant now, Path policy) {
    this.policy = policy;
    clock = new FakeClock(now);
    sleeper = new FakeSleeper(clock);
  }

  FakeClock clock() {
    return clock;
  }

  /** What was connected to so far, or would have been on a machine with a network. */
  List<URI> connections() {
    return List.copyOf(connections);
  }

  @Override
  public FakeProcessControl processes() {
    return processes;
  }

  @Override
  public FakeLocks locks() {
    return locks;
  }

  @Override
  public FakeSleeper sleeper() {
    return sleeper;
  }

  @Override
  public ParallelTasks tasks() {
    return tasks;
  }

  /** Real ones, with limits that a test can wait for. */
  @Override
  public PluginThreads pluginThreads() {
    PluginThreads real = ClassPath.pluginThreads();
    return new PluginThreads() {
      @Override
      public <T extends @Nullable Object> T call(String name, Duration limit, Call<T> call)
          throws Throwable {
        return real.call(name, limit.dividedBy(hurry), call);
      }
    };
  }

  /** From now on, plugins have this part of the time that they would have. */
  void hurryPlugins(int part) {
    hurry = part;
  }

  @Override
  public SafePlaces safePlaces() {
    return ClassPath.safePlaces();
  }

  @Override
  public UserFiles userFiles() {
    return userFiles;
  }

  @Override
  public Optional<GenericCredentials> genericCredentials() {
    return Optional.empty();
  }

  /** Puts something between the program and the files that belong to the user. */
  void userFiles(UnaryOperator<UserFiles> other) {
    userFiles = other.apply(ClassPath.userFiles());
  }

  /**
   * The real one, for which no authority is trusted but those of the files and variables; nobody
   * answers outside of this machine.
   */
  @Override
  public ProxyNetwork network(
      Environment environment, Directories directories, ReadOnlyFiles files) {
    ProxyNetwork real = LoopbackNetworks.of(environment, directories, files, "", "");
    return new ProxyNetwork() {
      @Override
      public HttpURLConnection connection(URI uri, Duration toConnect, Duration silence) {
        connections.add(uri);
        boolean stays = isLoopback(uri.getHost()) || real.proxy(uri).isPresent();
        return real.connection(stays ? uri : NOBODY, toConnect, silence);
      }

      @Override
      public SSLContext tls() {
        return real.tls();
      }

      @Override
      public Optional<ProxyServer> proxy(URI uri) {
        return real.proxy(uri);
      }

      @Override
      public PinnedRequest.Answer ask(PinnedRequest request) throws PinnedRequestException {
        connections.add(request.uri());
        if (isLoopback(request.uri().getHost()) || request.proxyUrl() != null) {
          return real.ask(request);
        }
        IOException unknown = new UnknownHostException(request.uri().getHost());
        throw new PinnedRequestException(PinnedRequest.Step.RESOLVE, "unknown", unknown);
      }

      @Override
      public CallbackListener listen(int port) throws IOException {
        return real.listen(port);
      }
    };
  }

  private static boolean isLoopback(String host) {
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
  }

  @Override
  public Path policyFile() {
    return policy;
  }

  /** From now on, the record of the account names another home directory. */
  void home(String other) {
    home = other;
  }

  @Override
  public List<Path> userPlaces() {
    return List.of(policy.resolveSibling(home + "/.config/atmos"));
  }

  /** A file system in memory has one user, who is the administrator as well. */
  @Override
  public Optional<byte[]> readAdministered(Path file, int limit) throws IOException {
    return new FakeReadOnlyFiles().read(file, limit);
  }

  /** From now on, nothing can be appended to a file, for that reason. */
  void refuseAppends(String problem) {
    appendProblem = problem;
  }

  @Override
  public void append(Path file, byte[] line) throws IOException {
    // A file on a full disk can be opened.
    if (appendProblem != null && !(line.length == 0 && appendProblem.startsWith("No space"))) {
      throw new IOException(appendProblem);
    }
    Files.createDirectories(file.getParent());
    Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public ProcessParent parent() {
    return new ProcessParent(4711, 42, "kubectl");
  }
}
