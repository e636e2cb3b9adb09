package dev.atmos.cli.config.file;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.config.TrustPolicy;

/**
 * What reading the configuration needs, the same for all files of a run.
 *
 * @param cache the files
 * @param commands runs the commands of the files
 * @param trust which of the files may run commands and send things
 * @param guard what the files may import and include
 */
public record ConfigPorts(
    Directories directories,
    Environment environment,
    ConfigFileCache cache,
    CommandRunner commands,
    TrustPolicy trust,
    ImportGuard guard) {}
