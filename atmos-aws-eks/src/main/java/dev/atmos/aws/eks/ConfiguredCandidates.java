package dev.atmos.aws.eks;

import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import java.util.Iterator;

/**
 * The values that an option could have. They are looked up when a shell asks for them; a token
 * doesn't.
 */
final class ConfiguredCandidates implements Iterable<String> {
  static final char CLUSTERS = 'c';
  static final char IDENTITIES = 'i';
  static final char INTEGRATIONS = 'n';
  static final char REGIONS = 'r';

  private final Services context;
  private final char which;

  ConfiguredCandidates(Services context, char which) {
    this.context = context;
    this.which = which;
  }

  @Override
  public Iterator<String> iterator() {
    if (which == REGIONS) {
      return KnownRegions.NAMES.iterator();
    }
    ConfiguredNames names = context.service(ConfiguredNames.class);
    return switch (which) {
      case CLUSTERS -> names.clusters().iterator();
      case INTEGRATIONS -> names.integrations().iterator();
      default -> names.identities().iterator();
    };
  }
}
