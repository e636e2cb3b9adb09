package dev.atmos.aws.eks.command;

import dev.atmos.aws.KnownRegions;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The values that an option could have. They are looked up when a shell asks for them; on the token
 * path, only this class is loaded.
 */
final class CompletionValues implements Iterable<String> {
  static final char CLUSTERS = 'c';
  static final char IDENTITIES = 'i';
  static final char INTEGRATIONS = 'n';
  static final char REGIONS = 'r';
  static final char SEVERAL_REGIONS = 's';
  static final char COMMANDS = 'x';

  private final Services services;
  private final char which;

  CompletionValues(Services services, char which) {
    this.services = services;
    this.which = which;
  }

  @Override
  public Iterator<String> iterator() {
    return switch (which) {
      case REGIONS -> KnownRegions.names().iterator();
      case SEVERAL_REGIONS ->
          Stream.concat(Stream.of("all"), KnownRegions.names().stream()).iterator();
      case COMMANDS -> List.of("absolute", "name").iterator();
      case CLUSTERS -> ConfiguredClusters.names(services).iterator();
      case INTEGRATIONS -> services.service(ConfiguredNames.class).integrations().iterator();
      default -> services.service(ConfiguredNames.class).identities().iterator();
    };
  }
}
