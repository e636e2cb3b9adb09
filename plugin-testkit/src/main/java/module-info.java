/** What the author of a plugin tests it with. */
module dev.atmos.plugin.testkit {
  requires transitive dev.atmos.plugin;
  requires transitive org.junit.jupiter.api;
  requires com.google.common.jimfs;
  requires static transitive org.jspecify;

  exports dev.atmos.plugin.testkit;
}
