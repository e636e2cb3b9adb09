package dev.atmos.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.service.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A stand-in for AWS with one user, and a directory with a kubeconfig. */
final class EksScene implements AutoCloseable {
  static final String ACCOUNT = "111122223333";

  /** A kubeconfig that its user cares for. */
  static final String FOREIGN =
      """
      # Clusters of mine; handle with care.
      apiVersion: v1
      kind: Config
      preferences: {}
      current-context: "local"   # for the tests
      clusters:
        # at home
        - name: local
          cluster: {server: 'https://127.0.0.1:6443', insecure-skip-tls-verify: true}
      contexts:
        - name: local
          context: {cluster: local, user: local, namespace: default}
      users:
        - name: local
          user:
            token: "0123"      # quoted, or it is a number
      """;

  private final Product product;
  private final LoopbackAws aws;
  private final Path place;

  private EksScene(Product product, LoopbackAws aws, Path place) {
    this.product = product;
    this.aws = aws;
    this.place = place;
  }

  static EksScene start(Product product, Path place) throws IOException {
    IamUser user = IamUser.of(ACCOUNT, "dev").key(Credentials.KEY_ID, Credentials.SECRET);
    return new EksScene(product, LoopbackAws.start().add(user), place);
  }

  @Override
  public void close() {
    aws.close();
  }

  LoopbackAws aws() {
    return aws;
  }

  Path place() {
    return place;
  }

  Path kubeconfig() {
    return place.resolve("kubeconfig");
  }

  /** What there is beside the kubeconfig, which runs leave alone. */
  String[] beside(String... more) {
    List<String> names = new ArrayList<>(List.of("cwd", "home", "kubeconfig"));
    names.addAll(List.of(more));
    return names.toArray(String[]::new);
  }

  static String arn(String cluster) {
    return "arn:aws:eks:" + Credentials.REGION + ":" + ACCOUNT + ":cluster/" + cluster;
  }

  /** Has there be a cluster. */
  void cluster(String name) {
    cluster(name, ACCOUNT, Credentials.REGION);
  }

  /** Has there be a cluster, in an account and a region. */
  void cluster(String name, String account, String region) {
    String host = name.replace('_', '-').toLowerCase(Locale.ROOT) + "." + region;
    aws.add(Cluster.of(name, account, region).server("https://" + host + ".example", aws.caPem()));
  }

  /** {@code atmos aws eks update-kubeconfig} with these words. */
  Launch update(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("aws", "eks", "update-kubeconfig"));
    all.addAll(List.of(words));
    return inScene(product.run(place, all));
  }

  /** ... of clusters by their names. */
  Launch updateNamed(String... names) throws IOException {
    List<String> words = new ArrayList<>(List.of("--region", Credentials.REGION));
    for (String name : names) {
      words.addAll(name.startsWith("-") ? List.of(name) : List.of("--name", name));
    }
    return update(words.toArray(String[]::new));
  }

  Launch program(Path program, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    return inScene(Launch.in(place).command(command));
  }

  /** {@code aws eks update-kubeconfig}. */
  Launch awsUpdate(String name, String... more) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of("eks", "update-kubeconfig", "--name", name, "--region", Credentials.REGION));
    words.addAll(List.of(more));
    return program(Tools.aws(), words.toArray(String[]::new));
  }

  private Launch inScene(Launch launch) {
    return launch.env("AWS_ENDPOINT_URL", aws.url()).env("KUBECONFIG", kubeconfig().toString());
  }

  /** A stock kubectl. */
  static Path kubectl() throws IOException, InterruptedException {
    return KubectlIT.kubectls().getFirst();
  }

  /** What kubectl reads, unchanged. */
  JsonNode view(Path kubectl) throws IOException, InterruptedException {
    return new ObjectMapper()
        .readTree(
            program(kubectl, "config", "view", "--raw", "-o", "json")
                .run()
                .succeeded()
                .stdout()
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The names of the contexts that kubectl reads. */
  Set<String> contexts(Path kubectl) throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    view(kubectl).path("contexts").forEach(each -> names.add(each.path("name").asText()));
    return names;
  }
}
