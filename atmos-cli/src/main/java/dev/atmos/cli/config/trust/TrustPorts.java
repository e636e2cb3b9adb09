package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.policy.Policy;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the host gives to whoever reads or judges the configuration.
 *
 * @param reader reads the files
 * @param builtIn tells a kind of a built-in plugin
 * @param policy may say who is trusted; null for none
 */
public record TrustPorts(
    Directories directories,
    Environment environment,
    FileInspector reader,
    SafePlaces safePlaces,
    Predicate<String> builtIn,
    @Nullable Policy policy) {}
