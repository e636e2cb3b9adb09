package dev.atmos.aws;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.PartitionMetadata;
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

  /** The names of the regions of a region's partition, sorted; a region that isn't known counts. */
  public static List<String> ofPartition(String region) {
    String partition = PartitionMetadata.of(Region.of(region)).id();
    return Stream.concat(Region.regions().stream(), Stream.of(Region.of(region)))
        .filter(each -> !each.isGlobalRegion())
        .filter(each -> PartitionMetadata.of(each).id().equals(partition))
        .map(Region::id)
        .distinct()
        .sorted()
        .toList();
  }
}
