package dev.atmos.aws;

import java.util.List;
import software.amazon.awssdk.regions.Region;

/** The regions of AWS, for completion. Other regions are accepted as well: AWS opens new ones. */
public final class KnownRegions {
  private KnownRegions() {}

  /**
   * Their names, sorted: those of the SDK, without the ones of services that have no region and the
   * secret ones.
   */
  public static List<String> names() {
    return Region.regions().stream()
        .filter(region -> !region.isGlobalRegion())
        .map(Region::id)
        .filter(name -> !name.contains("-iso"))
        .sorted()
        .toList();
  }
}
