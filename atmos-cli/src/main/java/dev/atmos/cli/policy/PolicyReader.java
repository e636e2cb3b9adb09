package dev.atmos.cli.policy;

import dev.atmos.cli.config.yaml.StrictYaml;
import dev.atmos.cli.port.OperatingSystem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.policy.Policy;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the policy of the machine, strictly: one that can't be used as a whole isn't used. */
public final class PolicyReader {
  private static final int MOST_BYTES = 256 * 1024;

  private PolicyReader() {}

  /**
   * The policy; null if there is none.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if there is one that can't be used; a single
   *     line that names the file and the line
   */
  public static @Nullable Policy read(OperatingSystem system) {
    Path file = system.policyFile();
    Optional<byte[]> bytes;
    try {
      bytes = system.readAdministered(file, MOST_BYTES);
    } catch (IOException e) {
      throw unusable(file + ": " + e.getMessage());
    }
    return bytes.isEmpty() ? null : parsed(file, bytes.get(), system.userPlaces());
  }

  private static Policy parsed(Path file, byte[] bytes, List<Path> userPlaces) {
    ConfigValue root;
    try {
      root = StrictYaml.read(file.toString(), bytes);
    } catch (AtmosException e) {
      throw unusable(e.sentence());
    }
    List<ConfigProblem> problems = SchemaCheck.check(PolicySchema.root(), root, "policy");
    if (!problems.isEmpty()) {
      ConfigProblem first = problems.get(0);
      Position at = first.position();
      String hint = first.hint();
      throw unusable(
          (at == null ? file : at)
              + ": "
              + first.sentence()
              + (hint == null ? "" : " (" + hint + ")"));
    }
    Policy policy = new Policy((ConfigMap) root, userPlaces);
    policy.audit().ifPresent(audit -> requireAbsolute(file, audit));
    return policy;
  }

  /** Nothing else would be the same file for all users. */
  private static void requireAbsolute(Path policy, ConfigMap audit) {
    try {
      if (policy.getFileSystem().getPath(audit.text("file").orElse("")).isAbsolute()) {
        return;
      }
    } catch (InvalidPathException e) {
      // No path at all, and so not an absolute one.
    }
    throw unusable(audit.positionOf("file") + ": 'file' must be an absolute path");
  }

  private static AtmosException unusable(String problem) {
    int excerpt = problem.indexOf('\n');
    return new AtmosException(
        ExitCode.USAGE,
        "the policy of this machine can't be used: "
            + (excerpt < 0 ? problem : problem.substring(0, excerpt)),
        "an administrator has to correct it; until then these work: atmos auth"
            + " logout, atmos version, atmos completion, atmos startup-cache and --help");
  }
}
