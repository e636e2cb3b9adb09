package dev.atmos.aws.ecr.command;

import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import java.util.Iterator;

/** Names of the configuration that complete what is typed; read when they are asked for. */
final class ConfiguredValues implements Iterable<String> {
  private final Services services;
  private final boolean integrations;

  ConfiguredValues(Services services, boolean integrations) {
    this.services = services;
    this.integrations = integrations;
  }

  @Override
  public Iterator<String> iterator() {
    ConfiguredNames names = services.service(ConfiguredNames.class);
    return (integrations ? names.integrations() : names.identities()).iterator();
  }
}
