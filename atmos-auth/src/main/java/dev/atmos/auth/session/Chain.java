package dev.atmos.auth.session;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.StoredItem;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.config.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps from a sign-in to an identity: first a provider, or an identity that needs none; last
 * the identity that is asked for, or the provider where it is the only step. Made once per command
 * and passed on. On the token path.
 */
public final class Chain {
  private final @Nullable String realm;
  private final List<ChainLink> links;
  private final @Nullable Fingerprint[] fingerprints;

  /**
   * @param realm what keeps its credentials apart from those of others; null for none
   * @param links at least one
   */
  Chain(@Nullable String realm, List<ChainLink> links) {
    this.realm = realm;
    this.links = links;
    this.fingerprints = new Fingerprint[links.size()];
  }

  int size() {
    return links.size();
  }

  ChainLink link(int index) {
    return links.get(index);
  }

  int last() {
    return links.size() - 1;
  }

  /** Whether an identity is a link of it. */
  boolean leadsThrough(String identity) {
    return links.stream().anyMatch(link -> !link.isProvider() && link.name().equals(identity));
  }

  /** The provider's name; null where the chain begins with an identity. */
  public @Nullable String provider() {
    return links.get(0).isProvider() ? links.get(0).name() : null;
  }

  /** What decides whose the grants of a link are; null where that can't be known. */
  @Nullable Fingerprint fingerprint(int index) {
    Fingerprint known = fingerprints[index];
    if (known == null) {
      known = fingerprint(index, links.get(index).step().cacheKey());
      fingerprints[index] = known;
    }
    return known;
  }

  /** The fingerprint of a link that is decided by these fields and the links before it. */
  private @Nullable Fingerprint fingerprint(int index, Optional<Map<String, String>> last) {
    List<Fingerprint.Step> steps = new ArrayList<>(index + 1);
    for (int i = 0; i <= index; i++) {
      ChainLink link = links.get(i);
      Optional<Map<String, String>> fields = i == index ? last : link.step().cacheKey();
      if (fields.isEmpty()) {
        return null;
      }
      // A provider and an identity may have the same kind.
      steps.add(new Fingerprint.Step(link.role() + " " + link.kind(), fields.get()));
    }
    return Fingerprint.of(realm, steps);
  }

  /** The fingerprint under which the grants of a link are cached; null if they aren't. */
  @Nullable Fingerprint cachedUnder(int index) {
    return links.get(index).step().isCacheable() ? fingerprint(index) : null;
  }

  /** The key of a link in the store of sign-ins; null if nothing of it is ever stored. */
  @Nullable CredentialKey key(int index) {
    ChainLink link = links.get(index);
    if (!link.step().isCacheable()) {
      return null;
    }
    Optional<Map<String, String>> owner = link.step().savedKeyOwner();
    Fingerprint fingerprint = owner.isPresent() ? fingerprint(index, owner) : fingerprint(index);
    return fingerprint == null
        ? null
        : CredentialKey.of(
            owner.isPresent() ? StoredItem.SignIn.LONG_LIVED : link.role(), fingerprint.hex());
  }

  /** Whether the link before one can stand there, by the kinds of both. */
  boolean isAccepted(int index, Accepts accepts) {
    return index == 0
        ? !accepts.isRequired()
        : links.get(index - 1).part().isAccepted(accepts, links.get(index - 1).type());
  }

  /** The region that the configuration has for the last link. */
  public Optional<String> region() {
    return region(last());
  }

  /**
   * The region of the nearest link up to this one that names one. It becomes a part of hosts, so
   * that nothing else gets through, whatever a kind says.
   */
  Optional<String> region(int index) {
    for (int i = index; i >= 0; i--) {
      Optional<String> region = checked(links.get(i), links.get(i).step().region());
      if (region.isPresent()) {
        return region;
      }
    }
    return Optional.empty();
  }

  /** The region that the definitions of its identities say, the nearest first. */
  public Optional<String> identityRegion() {
    for (int i = last(); i >= 0; i--) {
      ChainLink link = links.get(i);
      // What the environment offers has the environment's region, unless its definition has one.
      boolean described = link.step().isAmbient();
      Optional<String> region =
          link.isProvider()
              ? Optional.empty()
              : checked(link, described ? link.describe().region() : link.step().region());
      if (region.isPresent()) {
        return region;
      }
    }
    return Optional.empty();
  }

  /** The region of the provider at its root, which says where its portal is. */
  public Optional<String> providerRegion() {
    return links.get(0).isProvider() ? region(0) : Optional.empty();
  }

  private static Optional<String> checked(ChainLink link, Optional<String> region) {
    if (region.isEmpty() || region.get().isEmpty()) {
      return Optional.empty();
    }
    if (!Region.isRegion(region.get())) {
      throw ChainFailures.noRegion(link);
    }
    return region;
  }

  /** The last link: the identity that is asked for, or a provider by itself. */
  ChainLink target() {
    return links.get(last());
  }

  /** The name of the last link. */
  public String name() {
    return target().name();
  }

  /** Account and principal of the last link, as far as the configuration says them. */
  public Description description() {
    return target().describe();
  }

  /** The definition of the last link. */
  public Definition definition() {
    return target().definition();
  }

  /** Who or what the last link is, as its kind describes it. */
  public Description describe() {
    return target().describe();
  }

  /** The definition of the first link. */
  public Definition root() {
    return links.get(0).definition();
  }

  /** A word for whose credentials they are, which the name alone doesn't say. */
  public String owner() {
    Fingerprint fingerprint = fingerprint(last());
    return fingerprint == null ? realm + "/" + name() : fingerprint.hex();
  }

  /** A grant of the last link as AWS credentials. */
  AwsCredentials credentials(Grant grant) {
    if (grant instanceof AwsCredentials credentials) {
      return credentials;
    }
    throw ChainFailures.notAws(this, grant);
  }

  /** Whether the first step gives the credentials of the environment. */
  public boolean startsFromEnvironment() {
    return !links.get(0).isProvider() && links.get(0).step().isAmbient();
  }

  /** Whether the identity has nothing but the credentials of the environment. */
  public boolean isEnvironment() {
    return size() == 1 && startsFromEnvironment();
  }
}
