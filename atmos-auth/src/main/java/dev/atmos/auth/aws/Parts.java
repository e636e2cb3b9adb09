package dev.atmos.auth.aws;

import dev.atmos.services.config.ConfigMap;
import java.util.Map;
import java.util.Optional;

/** What definitions hold that decides whose their credentials are. On the token path. */
final class Parts {
  private Parts() {}

  /** Adds a field, if it is there. */
  static void put(Map<String, String> parts, ConfigMap fields, String key) {
    Optional<String> text = fields.text(key);
    if (text.isPresent()) {
      parts.put(key, text.get());
    }
  }

  /** Adds a field of a mapping, if both are there. */
  static void put(Map<String, String> parts, ConfigMap fields, String map, String key) {
    Optional<ConfigMap> inner = fields.map(map);
    if (inner.isPresent()) {
      put(parts, inner.get(), key);
    }
  }

  /** Adds what is asked in place of AWS, in its place or its former one. */
  static void putEndpoint(Map<String, String> parts, ConfigMap fields) {
    Optional<ConfigMap> spec = fields.map("spec");
    if (spec.isPresent()) {
      put(parts, spec.get(), "endpoint_url");
      putResolver(parts, spec.get());
    }
    Optional<ConfigMap> credentials = fields.map("credentials");
    if (credentials.isPresent()) {
      putResolver(parts, credentials.get());
    }
  }

  private static void putResolver(Map<String, String> parts, ConfigMap fields) {
    Optional<ConfigMap> aws = fields.map("aws");
    Optional<ConfigMap> resolver = aws.isPresent() ? aws.get().map("resolver") : Optional.empty();
    if (resolver.isPresent() && !parts.containsKey("endpoint_url")) {
      Optional<String> url = resolver.get().text("url");
      if (url.isPresent()) {
        parts.put("endpoint_url", url.get());
      }
    }
  }
}
