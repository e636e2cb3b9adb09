package dev.atmos.loopback;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Tokens of the real AWS CLI, made with a frozen clock and public example keys. */
final class Vectors {
  static final String KEY_ID = "AKIDEXAMPLE";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final Instant SIGNED_AT = Instant.parse("2025-01-15T12:00:00Z");
  static final Instant NOW = Instant.parse("2025-01-15T12:01:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** One run of the AWS CLI. */
  record Vector(Object json) {
    String text(String... path) {
      return optional(path).orElseThrow(() -> new IllegalStateException(String.join(".", path)));
    }

    Optional<String> optional(String... path) {
      return Json.text(json, path);
    }

    String secret() {
      return optional("inputs", "secret_access_key")
          .or(() ->
              optional("inputs", "secret_access_key_base64")
                  .map(
                      text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8)))
          .orElseThrow();
    }

    Instant time() {
      return Instant.parse(text("time"));
    }

    /** Whether the CLI printed a token, and one that is short enough for servers. */
    boolean isUsable() {
      return optional("token").isPresent() && text("token").length() <= 4096;
    }

    @Override
    public String toString() {
      return text("id");
    }
  }

  private Vectors() {}

  static List<Vector> all() {
    try (InputStream in = Vectors.class.getResourceAsStream("/eks-tokens.json")) {
      Object file =
          Json.parse(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
      List<Vector> vectors = new ArrayList<>();
      if (file instanceof Map<?, ?> object && object.get("vectors") instanceof List<?> list) {
        list.forEach(vector -> vectors.add(new Vector(Objects.requireNonNull(vector))));
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Json.MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Vector byId(String id) {
    return all().stream()
        .filter(vector -> vector.text("id").equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(id));
  }

  static String token(String url) {
    return "k8s-aws-v1."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(url.getBytes(StandardCharsets.UTF_8));
  }
}
