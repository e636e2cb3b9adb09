package dev.atmos.plugin.auth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An identity that a sign-in to a provider gives access to. Immutable. */
public final class DiscoveredIdentity {
  private final String name;
  private final String kind;
  private final Map<String, String> fields;

  private DiscoveredIdentity(String name, String kind, Map<String, String> fields) {
    this.name = name;
    this.kind = kind;
    this.fields = Collections.unmodifiableMap(fields);
  }

  /** An identity without fields. */
  public static DiscoveredIdentity of(String name, String kind) {
    return new DiscoveredIdentity(name, kind, new LinkedHashMap<>());
  }

  /** With a field, at a path of keys joined by dots, such as {@code principal.account.id}. */
  public DiscoveredIdentity with(String path, String text) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(path, text);
    return new DiscoveredIdentity(name, kind, more);
  }

  /** Its name in the configuration. */
  public String name() {
    return name;
  }

  /** Its kind. */
  public String kind() {
    return kind;
  }

  /** Its fields by their paths, in the order in which people read them best. */
  public Map<String, String> fields() {
    return fields;
  }
}
