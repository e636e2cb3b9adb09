package dev.atmos.loopback.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tokens of the real AWS CLI, made with a frozen clock and public example keys. */
public final class TokenVectors {
  public static final String KEY_ID = "AKIDEXAMPLE";
  public static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final Instant SIGNED_AT = Instant.parse("2025-01-15T12:00:00Z");
  static final Instant NOW = Instant.parse("2025-01-15T12:01:00Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** One run of the AWS CLI. */
  public record Vector(JsonNode json) {
    public String text(String... path) {
      return optional(path).orElseThrow(() -> new IllegalStateException(String.join(".", path)));
    }

    Optional<String> optional(String... path) {
      JsonNode node = json;
      for (String name : path) {
        node = node.path(name);
      }
      return Optional.ofNullable(node.textValue());
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

  private TokenVectors() {}

  static List<Vector> all() {
    try (InputStream in = TokenVectors.class.getResourceAsStream("/eks-tokens.json")) {
      byte[] text = Objects.requireNonNull(in).readAllBytes();
      JsonNode file = StrictJson.read(new String(text, StandardCharsets.UTF_8));
      return file.path("vectors").valueStream().map(Vector::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run with an id. */
  public static Vector byId(String id) {
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
