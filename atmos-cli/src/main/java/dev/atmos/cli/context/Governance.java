package dev.atmos.cli.context;

import dev.atmos.cli.audit.AuditFile;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.config.trust.ProtectedSettings;
import dev.atmos.cli.policy.PolicyReader;
import dev.atmos.cli.port.OperatingSystem;
import dev.atmos.cli.port.SystemPorts;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.audit.AuditLog;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.policy.Policy;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The machine's policy, and the audit log that it or the user asks for, each found once. */
final class Governance {
  private final OperatingSystem system;
  private final FileInspector files;
  private final HostContext context;
  private boolean toleratesPolicy;
  private boolean policyKnown;
  private @Nullable Policy policy;
  private boolean auditKnown;
  private @Nullable AuditFile audit;

  Governance(SystemPorts ports, HostContext context) {
    this.system = ports.operatingSystem();
    this.files = ports.files();
    this.context = context;
  }

  /** From now on, a policy that can't be used is none. */
  void toleratePolicy() {
    toleratesPolicy = true;
  }

  Optional<Policy> policy() {
    if (!policyKnown) {
      policy = readPolicy();
      policyKnown = true;
    }
    return Optional.ofNullable(policy);
  }

  private @Nullable Policy readPolicy() {
    Path directory = system.policyFile().getParent();
    // The two system calls that machines without a policy pay. A link to nothing isn't none.
    if (directory == null || !(files.exists(directory) || files.isLink(directory))) {
      return null;
    }
    try {
      return PolicyReader.read(system);
    } catch (AtmosException e) {
      if (toleratesPolicy) {
        return null;
      }
      throw e;
    }
  }

  Optional<AuditLog> audit() {
    if (!auditKnown) {
      audit = findAudit();
      auditKnown = true;
    }
    return Optional.ofNullable(audit);
  }

  /** The policy's, else the one of the configuration, which only trusted files can ask for. */
  private @Nullable AuditFile findAudit() {
    Optional<Policy> rules = policy();
    ConfigMap ruled = rules.isPresent() ? rules.get().audit().orElse(null) : null;
    if (ruled != null) {
      Path file = system.policyFile().resolveSibling(ruled.text("file").orElse(""));
      return new AuditFile(system, context, file, ruled.flag("required").orElse(false));
    }
    ConfigMap asked;
    try {
      asked = context.configMap(ProtectedSettings.AUDIT).orElse(null);
    } catch (AtmosException e) {
      // A configuration that can't be read asks for nothing, and can still be approved.
      return null;
    }
    if (asked == null) {
      return null;
    }
    Definition settings = context.definition(ProtectedSettings.AUDIT, asked);
    String name = settings.requiredText("file");
    Path working = context.directories().workingDirectory();
    Path file = ConfigPaths.resolve(working, name, context.directories().home());
    return new AuditFile(system, context, file, settings.flag("required").orElse(false));
  }
}
