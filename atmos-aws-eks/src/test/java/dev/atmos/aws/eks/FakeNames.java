package dev.atmos.aws.eks;

import dev.atmos.services.auth.ConfiguredNames;
import java.util.List;

/** A configuration with the identity {@code dev}, and one that starts from the environment. */
public final class FakeNames implements ConfiguredNames {
  public static final String OF_ENVIRONMENT = "amb";

  @Override
  public List<String> identities() {
    return List.of("dev");
  }

  @Override
  public List<String> providers() {
    return List.of();
  }

  @Override
  public List<String> integrations() {
    return List.of("dev/eks");
  }

  @Override
  public boolean startsFromEnvironment(String identity) {
    return identity.equals(OF_ENVIRONMENT);
  }
}
