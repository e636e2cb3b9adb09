package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.service.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Two accounts with clusters, users who may see them, and a configuration that names these. */
final class Clusters implements AutoCloseable {
  static final String ONE = "111122223333";
  static final String TWO = "444455556666";
  static final String PEM = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";
  static final String DEMO = "arn:aws:eks:us-east-2:111122223333:cluster/demo";

  /** {@code dev} and {@code ops} are of the first account, {@code far} is of the second. */
  static final String CONFIGURATION =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            default: true
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env SECRET
          Ops:
            kind: aws/user
            alias: o
            credentials:
              access_key_id: AKIDOPS
              secret_access_key: !env SECRET_OPS
              region: us-east-2
          far:
            kind: aws/user
            credentials:
              access_key_id: AKIDFAR
              secret_access_key: !env SECRET_FAR
              region: eu-west-1
          here:
            kind: ambient
          signed-out:
            kind: aws/user
        integrations:
          dev/eks:
            kind: aws/eks
            via: {identity: dev}
            spec:
              cluster: {name: demo, region: us-east-2, alias: dev-eks}
          elsewhere:
            kind: aws/eks
            via: {identity: far}
            spec:
              cluster:
                name: demo
                region: eu-west-1
                kubeconfig: {path: "~/${PLACE}/far", mode: "0640", update: replace}
          once:
            kind: aws/eks
            via: {identity: ops}
            spec:
              cluster: {name: demo, region: us-east-2, kubeconfig: {update: error}}
          gone:
            kind: aws/eks
            via: {identity: dev}
            spec: {cluster: {name: gone, region: us-east-2}}
          locked-out:
            kind: aws/eks
            via: {identity: signed-out}
            spec: {cluster: {name: demo, region: us-east-2}}
          everybodys:
            kind: aws/eks
            via: {provider: corp}
            spec: {cluster: {name: demo, region: us-east-2}}
          registry:
            kind: aws/ecr
            via: {identity: dev}
            spec: {registry: {account_id: "111122223333", region: us-east-2}}
          bad:
            kind: aws/eks
            via: {identity: dev}
            spec: {cluster: {name: demo, region: us-east-2, kubeconfig: {mode: "0666"}}}
        providers:
          corp:
            kind: mock/aws
      """;

  private final LoopbackAws aws;

  Clusters() {
    try {
      aws = LoopbackAws.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    aws.add(IamUser.of(ONE, "dev").key(AtmosRun.KEY_ID, AtmosRun.SECRET));
    aws.add(IamUser.of(ONE, "ops").key("AKIDOPS", "secretOfOps"));
    aws.add(IamUser.of(TWO, "far").key("AKIDFAR", "secretOfFar"));
    add("demo", ONE, "us-east-2");
    add("other", ONE, "us-east-2");
    add("demo", ONE, "eu-west-1");
    add("demo", TWO, "us-east-2");
    add("demo", TWO, "eu-west-1");
  }

  LoopbackAws aws() {
    return aws;
  }

  private void add(String name, String account, String region) {
    String server = "https://" + name + "-" + account + "." + region + ".example";
    aws.add(Cluster.of(name, account, region).server(server, PEM));
  }

  /** What runs in such a place need: where AWS is, and the secrets. */
  AtmosRun in(AtmosRun atmos) {
    return atmos
        .env("AWS_ENDPOINT_URL", aws.url())
        .env("SECRET", AtmosRun.SECRET)
        .env("SECRET_OPS", "secretOfOps")
        .env("SECRET_FAR", "secretOfFar")
        .knows("AKIDOPS", "secretOfOps")
        .knows("AKIDFAR", "secretOfFar");
  }

  /** A project with the configuration. */
  AtmosRun project(AtmosRun atmos) {
    return in(atmos).file("atmos.yaml", CONFIGURATION);
  }

  /** Runs {@code aws eks update-kubeconfig}. */
  static Result update(AtmosRun atmos, String... more) {
    List<String> words = new ArrayList<>(List.of("aws", "eks", "update-kubeconfig"));
    words.addAll(List.of(more));
    return atmos.run(words.toArray(String[]::new));
  }

  @Override
  public void close() {
    aws.close();
  }

  /**
   * A context of a kubeconfig, with what it leads to.
   *
   * @param env the variables of its user's command
   */
  record Context(String server, String user, List<String> words, Map<String, String> env) {

    String option(String name) {
      int at = words.indexOf(name);
      return at < 0 ? "" : words.get(at + 1);
    }
  }

  /** The contexts of a kubeconfig whose user runs a command, by name. */
  static Map<String, Context> contexts(String kubeconfig) {
    Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(kubeconfig);
    Map<String, Context> contexts = new LinkedHashMap<>();
    for (Map.Entry<String, Map<?, ?>> each : named(root, "contexts", "context").entrySet()) {
      Map<?, ?> context = each.getValue();
      Map<?, ?> cluster = named(root, "clusters", "cluster").get(context.get("cluster"));
      Map<?, ?> user = named(root, "users", "user").get(context.get("user"));
      assertThat(cluster).as(each.getKey()).isNotNull();
      assertThat(user).as(each.getKey()).isNotNull();
      Map<String, String> env = new LinkedHashMap<>();
      List<String> words = new ArrayList<>();
      if (user.get("exec") instanceof Map<?, ?> exec) {
        if (exec.get("env") instanceof List<?> variables) {
          for (Object variable : variables) {
            Map<?, ?> map = (Map<?, ?>) variable;
            env.put((String) map.get("name"), (String) map.get("value"));
          }
        }
        for (Object word : list(exec, "args")) {
          words.add((String) word);
        }
        contexts.put(
            each.getKey(), new Context(text(cluster, "server"), text(context, "user"), words, env));
      }
    }
    return contexts;
  }

  private static Map<String, Map<?, ?>> named(Map<?, ?> root, String list, String value) {
    Map<String, Map<?, ?>> named = new LinkedHashMap<>();
    for (Object entry : list(root, list)) {
      Map<?, ?> map = (Map<?, ?>) entry;
      named.put((String) map.get("name"), (Map<?, ?>) map.get(value));
    }
    return named;
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return map.get(key) instanceof List<?> list ? list : List.of();
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  /** A context of a kubeconfig that has it. */
  static Context context(String kubeconfig, String name) {
    Context context = contexts(kubeconfig).get(name);
    if (context == null) {
      throw new AssertionError("no context " + name);
    }
    return context;
  }
}
