package dev.atmos.aws.eks.command;

import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.auth.IdentityStanding;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ExecEntry;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.text.ShellQuoting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who the entries of kubeconfigs are used as, in the configuration that each of them names: that
 * isn't always the one of this run.
 */
final class EntryIdentities {
  private final Services services;
  private final Map<Map<String, String>, Services> byVariables = new HashMap<>();
  private final Map<Services, Map<String, Known>> known = new HashMap<>();

  /** In a list, as the hash of a record takes milliseconds the first time. */
  private final List<Place> places = new ArrayList<>();

  /**
   * Where an identity has a cluster.
   *
   * @param services those of its configuration
   * @param identity spelled as there; null for what the environment offers
   */
  record Place(Services services, @Nullable String identity, String region) {}

  /**
   * An identity.
   *
   * @param identity its name, spelled as in the configuration; null for what the environment offers
   */
  private record Known(@Nullable String identity, IdentityStanding standing) {}

  EntryIdentities(Services services) {
    this.services = services;
  }

  /** The services of a run with an entry's variables. */
  Services of(ExecEntry exec) {
    Services known = byVariables.get(exec.env());
    if (known == null) {
      known = exec.env().isEmpty() ? services : services.withVariables(exec.env());
      byVariables.put(exec.env(), known);
    }
    return known;
  }

  /** A context with its identity. */
  ListedCluster listed(KubeContext context) {
    ExecEntry exec = context.exec();
    if (exec == null || !exec.isToken()) {
      return ListedCluster.of(context, null, null);
    }
    String written = exec.option("--identity", "-i");
    try {
      Services own = of(exec);
      Known known = known(own, written);
      ListedCluster listed = ListedCluster.of(context, known.identity(), known.standing());
      if (listed.region() != null && Region.isRegion(listed.region())) {
        places.add(new Place(own, known.identity(), listed.region()));
      }
      return listed;
    } catch (AtmosException e) {
      return ListedCluster.of(context, written, unknown(context, e));
    }
  }

  /** Most entries of a kubeconfig are used as the same identity. */
  private Known known(Services own, @Nullable String written) {
    Map<String, Known> ofServices = known.get(own);
    if (ofServices == null) {
      ofServices = new HashMap<>();
      known.put(own, ofServices);
    }
    String key = String.valueOf(written);
    Known found = ofServices.get(key);
    if (found == null) {
      String identity = own.service(Identities.class).nameOf(written).orElse(null);
      found = new Known(identity, own.service(IdentityStanding.Source.class).of(identity));
      ofServices.put(key, found);
    }
    return found;
  }

  /** Where the contexts that were listed so far have their clusters, some of them repeatedly. */
  List<Place> places() {
    return places;
  }

  private static IdentityStanding unknown(KubeContext context, AtmosException e) {
    String sentence = e.sentence();
    int end = sentence.indexOf('\n');
    return new IdentityStanding(
        "unknown",
        end < 0 ? sentence : sentence.substring(0, end),
        null,
        "atmos aws eks doctor " + ShellQuoting.word(context.name()));
  }
}
