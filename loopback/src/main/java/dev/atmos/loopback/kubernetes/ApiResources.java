package dev.atmos.loopback.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import dev.atmos.loopback.json.StrictJson;
import dev.atmos.loopback.kubernetes.ApiServer.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The resources that an API server answers with, for requests that it lets through. */
final class ApiResources {
  private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

  /** What the server says of itself and its API, by path. */
  private static final JsonNode DISCOVERY = discovery();

  private final Clock clock;
  private final Instant podsCreatedAt;
  private volatile List<Pod> pods;

  ApiResources(Clock clock, List<Pod> pods) {
    this.clock = clock;
    this.podsCreatedAt = now().minus(Duration.ofMinutes(5));
    this.pods = List.copyOf(pods);
  }

  void pods(List<Pod> other) {
    pods = List.copyOf(other);
  }

  private static JsonNode discovery() {
    try (InputStream in = ApiResources.class.getResourceAsStream("discovery.json")) {
      byte[] text = Objects.requireNonNull(in).readAllBytes();
      return StrictJson.read(new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The error object of Kubernetes (API conventions, "Response Status Kind"). */
  static ServerResponse failure(int status, String reason, String message) {
    return json(
        status,
        resource("Status", "v1")
            .with("metadata", new JsonObject())
            .with("status", "Failure")
            .with("message", message)
            .with("reason", reason)
            .with("code", status));
  }

  /** What RBAC answers to a request for a path. */
  static ServerResponse forbidden(ServerRequest request, Caller caller) {
    return failure(
        403,
        "Forbidden",
        "forbidden: User \"aws:%s\" cannot %s path \"%s\""
            .formatted(
                caller.accessKeyId(), request.method().toLowerCase(Locale.ROOT), request.path()));
  }

  private static JsonObject resource(String kind, String apiVersion) {
    return new JsonObject().with("kind", kind).with("apiVersion", apiVersion);
  }

  private static ServerResponse json(int status, Object body) {
    return ServerResponse.of(status, "application/json", StrictJson.write(body) + "\n");
  }

  private static ServerResponse methodNotAllowed() {
    return failure(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  ServerResponse answer(ServerRequest request, Caller caller) {
    String method = request.method();
    String path = request.path();
    if (path.startsWith("/apis/authentication.k8s.io/") && path.endsWith("/selfsubjectreviews")) {
      return method.equals("POST") ? whoAmI(path, caller) : methodNotAllowed();
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return methodNotAllowed();
    }
    if (DISCOVERY.has(path)) {
      return json(200, DISCOVERY.get(path));
    }
    return HEALTH.contains(path)
        ? ServerResponse.of(200, "text/plain; charset=utf-8", "ok")
        : pods(request, path);
  }

  private ServerResponse whoAmI(String path, Caller caller) {
    String id = caller.accessKeyId();
    JsonObject user =
        new JsonObject()
            .with("username", "aws:" + id)
            .with("uid", id)
            .with("groups", List.of("system:authenticated"))
            .with("extra", new JsonObject().with("accessKeyId", List.of(id)));
    return json(
        201,
        resource("SelfSubjectReview", "authentication.k8s.io/" + path.split("/", -1)[3])
            .with("metadata", new JsonObject().with("creationTimestamp", now().toString()))
            .with("status", new JsonObject().with("userInfo", user)));
  }

  /** {@code /api/v1/pods}, {@code /api/v1/namespaces/NS/pods} and one pod below the latter. */
  private ServerResponse pods(ServerRequest request, String path) {
    String[] parts = path.split("/", -1);
    boolean everywhere = path.equals("/api/v1/pods");
    boolean named = parts.length == 7;
    boolean inNamespace =
        path.startsWith("/api/v1/namespaces/")
            && (named || parts.length == 6)
            && parts[5].equals("pods");
    if (!everywhere && !inNamespace) {
      return failure(404, "NotFound", "the server could not find the requested resource");
    }
    if (request.rawQuery().contains("watch=true") || request.rawQuery().contains("watch=1")) {
      return methodNotAllowed();
    }
    List<Pod> found =
        pods.stream()
            .filter(pod -> everywhere || pod.namespace().equals(parts[4]))
            .filter(pod -> !named || pod.name().equals(parts[6]))
            .toList();
    if (named && found.isEmpty()) {
      return failure(404, "NotFound", "pods \"" + parts[6] + "\" not found");
    }
    if (request.header("accept").orElse("").contains("as=Table")) {
      return json(200, table(found));
    }
    if (named) {
      return json(200, pod(found.getFirst()));
    }
    return json(
        200,
        resource("PodList", "v1")
            .with("metadata", new JsonObject().with("resourceVersion", "1"))
            .with("items", found.stream().map(this::pod).toList()));
  }

  private JsonObject metadata(Pod pod) {
    return new JsonObject()
        .with("name", pod.name())
        .with("namespace", pod.namespace())
        .with("uid", pod.namespace() + "-" + pod.name())
        .with("resourceVersion", "1")
        .with("creationTimestamp", podsCreatedAt.toString());
  }

  private JsonObject pod(Pod pod) {
    JsonObject container =
        new JsonObject().with("name", "main").with("image", "example.com/main:1");
    return resource("Pod", "v1")
        .with("metadata", metadata(pod))
        .with("spec", new JsonObject().with("containers", List.of(container)))
        .with("status", new JsonObject().with("phase", pod.phase()));
  }

  /**
   * The rendering that kubectl asks for (Kubernetes API concepts, "Receiving resources as Tables").
   */
  private JsonObject table(List<Pod> found) {
    List<Object> columns = new ArrayList<>();
    for (String name : List.of("Name", "Ready", "Status", "Restarts", "Age")) {
      columns.add(
          new JsonObject()
              .with("name", name)
              .with("type", "string")
              .with("format", name.equals("Name") ? "name" : "")
              .with("description", name)
              .with("priority", 0));
    }
    String age = Duration.between(podsCreatedAt, clock.instant()).toMinutes() + "m";
    List<Object> rows = new ArrayList<>();
    for (Pod pod : found) {
      String ready = pod.phase().equals("Running") ? "1/1" : "0/1";
      JsonObject partial =
          resource("PartialObjectMetadata", "meta.k8s.io/v1").with("metadata", metadata(pod));
      rows.add(
          new JsonObject()
              .with("cells", List.of(pod.name(), ready, pod.phase(), "0", age))
              .with("object", partial));
    }
    return resource("Table", "meta.k8s.io/v1")
        .with("metadata", new JsonObject().with("resourceVersion", "1"))
        .with("columnDefinitions", columns)
        .with("rows", rows);
  }
}
