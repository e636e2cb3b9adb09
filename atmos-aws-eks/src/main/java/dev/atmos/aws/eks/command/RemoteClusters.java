package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterLister;
import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.cluster.EksClusterLookup;
import dev.atmos.aws.eks.command.EntryIdentities.Place;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.config.Region;
import dev.atmos.services.policy.AccessKeyAccount;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that AWS has and a kubeconfig lacks: in the regions where the identities of its
 * entries have clusters, and where the default identity works.
 */
final class RemoteClusters {
  /** How many regions are asked at a time. */
  private static final int AT_ONCE = 8;

  private final Services services;

  RemoteClusters(Services services) {
    this.services = services;
  }

  /**
   * What AWS answers about a place.
   *
   * @param account of the identity; empty where there is no answer
   * @param failure why there is no answer; null if there is one
   */
  private record Answer(
      Place place, String account, List<ClusterName> names, @Nullable AtmosException failure) {}

  /**
   * Those that aren't among these. Where AWS doesn't answer, a line says why.
   *
   * @param places where the identities of these have clusters
   */
  List<ListedCluster> besides(List<ListedCluster> known, List<Place> places) {
    List<Supplier<Answer>> questions = new ArrayList<>();
    for (Place place : withDefault(places)) {
      questions.add(question(place));
    }
    List<ListedCluster> found = new ArrayList<>();
    Set<String> failures = new LinkedHashSet<>();
    for (Answer answer : services.tasks().all(questions, AT_ONCE)) {
      AtmosException failure = answer.failure();
      if (failure != null) {
        failures.add(failure.sentence() + failure.hint().map(hint -> "; " + hint).orElse(""));
      }
      Place place = answer.place();
      for (ClusterName name : answer.names()) {
        ListedCluster cluster =
            ListedCluster.ofAws(name.text(), place.region(), answer.account(), place.identity());
        if (!isAmong(known, cluster) && !isAmong(found, cluster)) {
          found.add(cluster);
        }
      }
    }
    failures.forEach(line -> services.console().say("atmos: " + TerminalText.line(line)));
    return found;
  }

  private static boolean isAmong(List<ListedCluster> others, ListedCluster cluster) {
    for (ListedCluster other : others) {
      if (Objects.equals(cluster.cluster(), other.cluster())
          && Objects.equals(cluster.region(), other.region())
          && (other.account() == null || other.account().equals(cluster.account()))) {
        return true;
      }
    }
    return false;
  }

  /** These places, and the one where the default identity of this run works. */
  private Set<Place> withDefault(List<Place> places) {
    Set<Place> all = new LinkedHashSet<>(places);
    try {
      String chosen = services.service(ConfiguredNames.class).chosenIdentity().orElse(null);
      String identity = services.service(Identities.class).nameOf(chosen).orElse(null);
      services
          .service(WorkRegion.Finder.class)
          .find(null, identity)
          .ifPresent(region -> all.add(new Place(services, identity, region.region().text())));
    } catch (AtmosException e) {
      if (all.isEmpty()) {
        throw e;
      }
      services.console().debug(e.sentence());
    }
    return all;
  }

  /** Credentials are found here, as what a configuration runs isn't run by several threads. */
  private Supplier<Answer> question(Place place) {
    try {
      Identities identities = place.services().service(Identities.class);
      AwsCredentials credentials = identities.credentials(place.identity());
      ClusterLister clusters = new EksClusterLookup(place.services());
      CallerIdentity.Source caller = place.services().service(CallerIdentity.Source.class);
      return () -> {
        try {
          String account = AccessKeyAccount.of(credentials.accessKeyId());
          if (account == null) {
            account = caller.of(null, credentials, place.region()).account();
          }
          Region region = new Region(place.region());
          return new Answer(place, account, clusters.list(region, credentials), null);
        } catch (AtmosException e) {
          return new Answer(place, "", List.of(), e);
        }
      };
    } catch (AtmosException e) {
      return () -> new Answer(place, "", List.of(), e);
    }
  }
}
