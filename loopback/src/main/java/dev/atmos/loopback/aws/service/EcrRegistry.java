package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import dev.atmos.loopback.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The registries of ECR: one image without layers in every repository, for those who come with a
 * password that {@link Ecr} has made and that hasn't expired; of {@code public.ecr.aws}, also for
 * those who come without any. By {@code docker login}, {@code docker pull} and their like.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/api/">HTTP API V2</a>
 */
public final class EcrRegistry implements AwsService {
  private static final String CONFIG =
      StrictJson.write(
          new JsonObject()
              .with("architecture", "amd64")
              .with("os", "linux")
              .with("config", new JsonObject())
              .with("rootfs", new JsonObject().with("type", "layers").with("diff_ids", List.of())));

  private static final String MANIFEST_TYPE =
      "application/vnd.docker.distribution.manifest.v2+json";

  private static final String MANIFEST =
      StrictJson.write(
          new JsonObject()
              .with("schemaVersion", 2)
              .with("mediaType", MANIFEST_TYPE)
              .with(
                  "config",
                  new JsonObject()
                      .with("mediaType", "application/vnd.docker.container.image.v1+json")
                      .with("size", CONFIG.length())
                      .with("digest", digest(CONFIG)))
              .with("layers", List.of()));

  private final Ecr ecr;

  public EcrRegistry(Ecr ecr) {
    this.ecr = ecr;
  }

  @Override
  public ServerResponse perform(AwsCall call) {
    String host = call.request().header("host").orElse("");
    boolean isPublic = host.startsWith("public.ecr.aws");
    String authorization = call.request().header("authorization").orElse("");
    if (authorization.isEmpty() && !isPublic) {
      return error(401, "UNAUTHORIZED", "authentication required")
          .header(
              "WWW-Authenticate",
              "Basic realm=\"https://%s/\",service=\"ecr.amazonaws.com\"".formatted(host));
    }
    if (!authorization.isEmpty()
        && !(authorization.startsWith("Basic ")
            && ecr.accepts(authorization.substring(6), isPublic, call.now()))) {
      return error(403, "DENIED", "Your Authorization Token is invalid.");
    }
    return content(call.request().rawPath())
        .header("Docker-Distribution-Api-Version", "registry/2.0");
  }

  private static ServerResponse content(String path) {
    if (path.equals("/v2/")) {
      return ServerResponse.json(200, new JsonObject());
    }
    if (path.matches("/v2/.+/tags/list")) {
      String name = path.substring(4, path.length() - "/tags/list".length());
      return ServerResponse.json(
          200, new JsonObject().with("name", name).with("tags", List.of("latest")));
    }
    if (path.matches("/v2/.+/manifests/(latest|%s)".formatted(digest(MANIFEST)))) {
      return ServerResponse.of(200, MANIFEST_TYPE, MANIFEST)
          .header("Docker-Content-Digest", digest(MANIFEST));
    }
    return path.endsWith("/blobs/" + digest(CONFIG))
        ? ServerResponse.of(200, "application/octet-stream", CONFIG)
        : error(404, "NAME_UNKNOWN", "The repository does not have it.");
  }

  private static ServerResponse error(int status, String code, String message) {
    return ServerResponse.json(
        status, Map.of("errors", List.of(Map.of("code", code, "message", message))));
  }

  private static String digest(String content) {
    try {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
