package dev.atmos.loopback.kubernetes;

import static dev.atmos.loopback.json.StrictJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerResponse;
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
import java.util.Map;
import java.util.Objects;

/** The resources that an API server answers with, for requests that it lets through. */
final class ApiResources {
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
        object(
            "kind",
            "Status",
            "apiVersion",
            "v1",
            "metadata",
            object(),
            "status",
            "Failure",
            "message",
            message,
            "reason",
            reason,
            "code",
            status));
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
    return switch (path) {
      case "/healthz", "/livez", "/readyz" ->
          ServerResponse.of(200, "text/plain; charset=utf-8", "ok");
      default -> pods(request, path);
    };
  }

  private ServerResponse whoAmI(String path, Caller caller) {
    String id = caller.accessKeyId();
    Map<String, Object> user =
        object(
            "username",
            "aws:" + id,
            "uid",
            id,
            "groups",
            List.of("system:authenticated"),
            "extra",
            object("accessKeyId", List.of(id)));
    return json(
        201,
        object(
            "kind",
            "SelfSubjectReview",
            "apiVersion",
            "authentication.k8s.io/" + path.split("/", -1)[3],
            "metadata",
            object("creationTimestamp", now().toString()),
            "status",
            object("userInfo", user)));
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
        object(
            "kind",
            "PodList",
            "apiVersion",
            "v1",
            "metadata",
            object("resourceVersion", "1"),
            "items",
            found.stream().map(this::pod).toList()));
  }

  private Map<String, Object> metadata(Pod pod) {
    return object(
        "name", pod.name(),
        "namespace", pod.namespace(),
        "uid", pod.namespace() + "-" + pod.name(),
        "resourceVersion", "1",
        "creationTimestamp", podsCreatedAt.toString());
  }

  private Map<String, Object> pod(Pod pod) {
    Map<String, Object> container = object("name", "main", "image", "example.com/main:1");
    return object(
        "kind", "Pod",
        "apiVersion", "v1",
        "metadata", metadata(pod),
        "spec", object("containers", List.of(container)),
        "status", object("phase", pod.phase()));
  }

  /**
   * The rendering that kubectl asks for (Kubernetes API concepts, "Receiving resources as Tables").
   */
  private Map<String, Object> table(List<Pod> found) {
    List<Object> columns = new ArrayList<>();
    for (String name : List.of("Name", "Ready", "Status", "Restarts", "Age")) {
      columns.add(
          object(
              "name",
              name,
              "type",
              "string",
              "format",
              name.equals("Name") ? "name" : "",
              "description",
              name,
              "priority",
              0));
    }
    String age = Duration.between(podsCreatedAt, clock.instant()).toMinutes() + "m";
    List<Object> rows = new ArrayList<>();
    for (Pod pod : found) {
      String ready = pod.phase().equals("Running") ? "1/1" : "0/1";
      Map<String, Object> partial =
          object(
              "kind", "PartialObjectMetadata",
              "apiVersion", "meta.k8s.io/v1",
              "metadata", metadata(pod));
      rows.add(
          object("cells", List.of(pod.name(), ready, pod.phase(), "0", age), "object", partial));
    }
    return object(
        "kind",
        "Table",
        "apiVersion",
        "meta.k8s.io/v1",
        "metadata",
        object("resourceVersion", "1"),
        "columnDefinitions",
        columns,
        "rows",
        rows);
  }
}
