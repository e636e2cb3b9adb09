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
  private final Map<Services, IdentityStanding.Source> standings = new HashMap<>();
  private final List<Place> places = new ArrayList<>();

  /**
   * Where an identity has a cluster.
   *
   * @param services those of its configuration
   * @param identity spelled as there; null for what the environment offers
   */
  record Place(Services services, @Nullable String identity, String region) {}

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
    String identity = exec.option("--identity", "-i");
    try {
      Services own = of(exec);
      identity = own.service(Identities.class).nameOf(identity).orElse(null);
      ListedCluster listed = ListedCluster.of(context, identity, standing(own, identity));
      // In a list: the hash of a record takes milliseconds the first time.
      if (listed.region() != null && Region.isRegion(listed.region())) {
        places.add(new Place(own, identity, listed.region()));
      }
      return listed;
    } catch (AtmosException e) {
      return ListedCluster.of(context, identity, unknown(context, e));
    }
  }

  /** Where the contexts that were listed so far have their clusters, some of them repeatedly. */
  List<Place> places() {
    return places;
  }

  private IdentityStanding standing(Services own, @Nullable String identity) {
    IdentityStanding.Source source = standings.get(own);
    if (source == null) {
      source = own.service(IdentityStanding.Source.class);
      standings.put(own, source);
    }
    return source.of(identity);
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
