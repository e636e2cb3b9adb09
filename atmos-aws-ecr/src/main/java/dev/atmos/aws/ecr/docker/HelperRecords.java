package dev.atmos.aws.ecr.docker;

import dev.atmos.aws.ecr.registry.Registry;
import dev.atmos.services.Services;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which registries docker asks atmos about, and as whom atmos answers for each: docker runs its
 * helper in any directory and with any variables, and no search may lead elsewhere then. On the
 * path of each answer to docker.
 */
public final class HelperRecords {
  /** What docker puts after {@code docker-credential-} for the program that it runs. */
  public static final String SUFFIX = "atmos";

  /** The program that docker runs. */
  public static final String PROGRAM = "docker-credential-" + SUFFIX;

  private static final String HELPERS = "credHelpers";
  private static final String IDENTITY = "identity";
  private static final String REGION = "region";
  private static final String PUBLIC = "public";

  /** Before the path of a file: the helper that another tool has set up in it. */
  private static final String OTHER = "other ";

  private final Services services;
  private final HostFiles records;

  /** Those of the user that these services have. */
  public HelperRecords(Services services) {
    this.services = services;
    this.records =
        new HostFiles(
            services, services.directories().data().map(data -> data.resolve("ecr")).orElse(null));
  }

  /**
   * What atmos answers about, and as whom.
   *
   * @param identity the identity's name, spelled as in the configuration; null for what the
   *     environment offers
   * @param variables what selects the configuration
   */
  public record Answerer(
      Registry registry, @Nullable String identity, Map<String, String> variables) {}

  /** As whom atmos answers for a host; null where docker isn't to ask it. */
  public @Nullable Answerer find(String host) {
    Map<String, String> record = records.read(host);
    if (record == null) {
      return null;
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : record.entrySet()) {
      if (each.getKey().startsWith("ATMOS_") || each.getKey().startsWith("AWS_")) {
        variables.put(each.getKey(), each.getValue());
      }
    }
    String region = record.get(REGION);
    // Not taken out of the host's name again: docker waits.
    return region == null
        ? null
        : new Answerer(
            new Registry(host, region, record.containsKey(PUBLIC)),
            record.get(IDENTITY),
            variables);
  }

  /** The hosts that docker is to ask about, sorted. */
  public List<String> hosts() {
    return records.hosts();
  }

  /**
   * Has docker ask atmos for the passwords of a host.
   *
   * @return a line for each file that has changed
   */
  public List<String> add(Answerer answerer) {
    String host = answerer.registry().host();
    DockerFiles files = new DockerFiles(services);
    List<Path> all = files.all();
    Map<String, String> before = records.read(host);
    Map<String, String> record = new LinkedHashMap<>();
    record.put(REGION, answerer.registry().region());
    if (answerer.registry().isPublic()) {
      record.put(PUBLIC, "true");
    }
    if (answerer.identity() != null) {
      record.put(IDENTITY, answerer.identity());
    }
    record.putAll(answerer.variables());
    for (Path file : all) {
      String helper = files.read(file).text(HELPERS, host);
      String key = OTHER.concat(file.toString());
      String other = SUFFIX.equals(helper) && before != null ? before.get(key) : helper;
      if (other != null && !other.equals(SUFFIX)) {
        record.put(key, other);
      }
    }
    // First, so that docker never asks about a host that atmos doesn't know.
    records.write(host, record);
    List<String> lines = new ArrayList<>();
    for (Path file : all) {
      if (files.edit(file, false, text -> text.with(SUFFIX, HELPERS, host))) {
        lines.add(file + ": docker asks atmos for passwords of " + host);
      }
    }
    return lines;
  }

  /**
   * Has docker ask for the passwords of a host as it did before.
   *
   * @return a line for each file that has changed
   */
  public List<String> remove(String host) {
    DockerFiles files = new DockerFiles(services);
    Map<String, String> record = records.read(host);
    Map<String, String> known = record == null ? Map.of() : record;
    List<String> lines = new ArrayList<>();
    for (Path file : files.all()) {
      String other = known.get(OTHER.concat(file.toString()));
      boolean changed =
          files.edit(
              file,
              false,
              text ->
                  !SUFFIX.equals(text.text(HELPERS, host))
                      ? text
                      : other == null
                          ? text.without(HELPERS, host)
                          : text.with(other, HELPERS, host));
      if (changed) {
        lines.add(
            file
                + ": docker no longer asks atmos for passwords of "
                + host
                + (other == null ? "" : ", but docker-credential-" + other));
      }
    }
    records.delete(host);
    return lines;
  }
}
