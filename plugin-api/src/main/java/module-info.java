/** What an atmos plugin implements, and what it is given to work with. */
module dev.atmos.plugin {
  requires transitive info.picocli;
  requires static transitive org.jspecify;

  exports dev.atmos.plugin;
  exports dev.atmos.plugin.auth;
  exports dev.atmos.plugin.cli;
  exports dev.atmos.plugin.config;
  exports dev.atmos.plugin.integration;
  exports dev.atmos.plugin.io;
  exports dev.atmos.plugin.kube;
}
