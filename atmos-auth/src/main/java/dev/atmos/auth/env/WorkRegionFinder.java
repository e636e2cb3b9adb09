package dev.atmos.auth.env;

import dev.atmos.auth.model.IdentityVariables;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Chain;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.auth.WorkRegion.Source;
import dev.atmos.services.config.Region;
import dev.atmos.text.DisplayNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the region that a person works in: {@code --region}, that of the identity, the exported
 * one, that of the user's own profile, and at last the provider's.
 */
public final class WorkRegionFinder implements WorkRegion.Finder {
  /**
   * The region that atmos has exported and, after a comma, what would be exported without it: so
   * that the next identity doesn't take the region of the one before for the user's.
   */
  static final String MARK = "ATMOS_SET_REGION";

  private final AuthEngine engine;
  private final Services services;
  private boolean ownFound;
  private @Nullable Region own;

  /** Over the configuration of this engine. */
  public WorkRegionFinder(AuthEngine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  @Override
  public Optional<WorkRegion> find(@Nullable String option, @Nullable String identity) {
    return find(option, identity == null ? null : engine.chain(identity));
  }

  /** The same of a chain that was already read; null for what the environment offers. */
  Optional<WorkRegion> find(@Nullable String option, @Nullable Chain chain) {
    if (option != null) {
      return found(new Region(option), Source.OPTION, null);
    }
    Optional<String> identity = chain == null ? Optional.empty() : chain.identityRegion();
    if (chain != null && identity.isPresent()) {
      return Optional.of(configured(chain, identity.get()));
    }
    Optional<Region> own = own();
    if (own.isPresent()) {
      return found(own.get(), Source.ENVIRONMENT, null);
    }
    Optional<String> provider = chain == null ? Optional.empty() : chain.providerRegion();
    if (chain != null && chain.provider() != null && provider.isPresent()) {
      String notice =
          "the region is "
              + provider.get()
              + ", that of provider "
              + DisplayNames.quoted(chain.provider())
              + "; choose another by --region, AWS_REGION or principal.region";
      return found(new Region(provider.get()), Source.PROVIDER, notice);
    }
    return Optional.empty();
  }

  /** The region that the definition of an identity says. */
  WorkRegion configured(Chain chain, String region) {
    return new WorkRegion(new Region(region), Source.IDENTITY, unused(chain, region));
  }

  /** The mark beside a region that is about to be exported. */
  String mark(String exported) {
    try {
      Optional<Region> own = own();
      return own.isPresent() ? exported + "," + own.get().text() : exported;
    } catch (AtmosException e) {
      // It is reported where it decides.
      services.console().debug(e.sentence());
      return exported;
    }
  }

  /** The variables without what atmos has exported; null for a variable that is to be removed. */
  Map<String, @Nullable Secret> unset() {
    Map<String, @Nullable Secret> variables = new TreeMap<>();
    variables.put(MARK, null);
    String own = before();
    for (String name : IdentityVariables.REGIONS) {
      if (!marked().isEmpty() && variable(name).equals(marked())) {
        variables.put(
            name, own != null && name.equals(IdentityEnvironment.REGION) ? Secret.of(own) : null);
      }
    }
    return variables;
  }

  private static Optional<WorkRegion> found(Region region, Source source, @Nullable String notice) {
    return Optional.of(new WorkRegion(region, source, notice));
  }

  /** The line about an exported region that isn't used; null if none is. */
  private @Nullable String unused(Chain chain, String used) {
    String variable = exportedBy();
    String exported = variable == null ? used : variable(variable);
    return variable == null || exported.equals(used)
        ? null
        : DisplayNames.withValue(variable, exported)
            + " is not used: identity "
            + DisplayNames.quoted(chain.name())
            + " works in "
            + used
            + "; choose another by --region";
  }

  /**
   * The user's own region: what was exported by somebody else than atmos, else what its mark
   * remembers, else that of the profile that the user has chosen, else that of the default one.
   */
  Optional<Region> own() {
    if (!ownFound) {
      own = findOwn().orElse(null);
      ownFound = true;
    }
    return Optional.ofNullable(own);
  }

  private Optional<Region> findOwn() {
    String variable = exportedBy();
    if (variable != null) {
      return Optional.of(Region.of(variable, variable(variable)));
    }
    if (!marked().isEmpty()) {
      String before = before();
      return before == null ? Optional.empty() : Optional.of(Region.of(MARK, before));
    }
    return ofProfile();
  }

  /** The variable by which the user has exported a region; null if only atmos has. */
  private @Nullable String exportedBy() {
    String marked = marked();
    for (String name : IdentityVariables.REGIONS) {
      String value = variable(name);
      if (!value.isEmpty() && !value.equals(marked)) {
        return name;
      }
    }
    return null;
  }

  /** The region that atmos has exported; empty for none. */
  private String marked() {
    String mark = variable(MARK);
    return mark.indexOf(',') < 0 ? mark : mark.substring(0, mark.indexOf(','));
  }

  /** The user's region before atmos exported one; null for none. */
  private @Nullable String before() {
    String mark = variable(MARK);
    return mark.indexOf(',') < 0 ? null : mark.substring(mark.indexOf(',') + 1);
  }

  private String variable(String name) {
    return services.environment().get(name).orElse("").trim();
  }

  private Optional<Region> ofProfile() {
    UserProfiles own = ProfileFiles.own(services);
    UserProfiles.Content content;
    try {
      content = own.read(null);
    } catch (AtmosException e) {
      throw new AtmosException(
          ExitCode.USAGE,
          "can't look for the region of your AWS profile: " + e.sentence(),
          "mend the file, or say which region: --region REGION",
          e);
    }
    // A profile of files that atmos has made is an identity's.
    String named = own.isReplaced() ? "" : variable(IdentityEnvironment.PROFILE);
    String other = own.isReplaced() ? "" : variable("AWS_DEFAULT_PROFILE");
    for (String profile : List.of(named, named.isEmpty() ? other : "", UserProfiles.DEFAULT)) {
      String region = content.property(profile, "region");
      if (region != null) {
        String source = "the region of profile " + DisplayNames.quoted(profile);
        return Optional.of(Region.of(source + " in " + own.config(), region));
      }
    }
    return Optional.empty();
  }
}
