package dev.atmos.services;

import dev.atmos.plugin.Plugin;
import java.util.List;

/**
 * A built-in plugin that supplies services to the other ones. The key {@code services} of its
 * metadata names their types, separated by commas.
 */
public interface ServicePlugin extends Plugin {

  /** The services. None is made before it is asked for. */
  List<Service<?>> services();
}
