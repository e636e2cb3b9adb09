package dev.atmos.loopback.kubernetes;

import dev.atmos.loopback.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a kubeconfig (kubectl's v1 Config) with one user that runs an exec plugin. */
final class Kubeconfig {
  private static final Pattern PLAIN = Pattern.compile("(--)?[a-zA-Z/]([\\w/.-]|:(?!$))*");

  // What YAML 1.1 readers, kubectl's among them, take for something other than text.
  private static final Set<String> NOT_TEXT =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private Kubeconfig() {}

  static String text(
      String url,
      String caPem,
      String clusterName,
      String command,
      List<String> args,
      String execApiVersion,
      @Nullable String interactiveMode,
      Map<String, String> env) {
    int identity = args.indexOf("--identity") + 1;
    String user =
        "atmos-eks-" + (identity > 0 && identity < args.size() ? args.get(identity) : clusterName);
    byte[] ca = caPem.getBytes(StandardCharsets.US_ASCII);
    StringBuilder out = new StringBuilder();
    out.append(
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: %1$s
          cluster:
            server: %2$s
            certificate-authority-data: %3$s
        contexts:
        - name: %1$s
          context:
            cluster: %1$s
            user: %4$s
        current-context: %1$s
        users:
        - name: %4$s
          user:
            exec:
              apiVersion: %5$s
              command: %6$s
              args:%7$s
        """
            .formatted(
                scalar(clusterName),
                scalar(url),
                Base64.getEncoder().encodeToString(ca),
                scalar(user),
                scalar(execApiVersion),
                scalar(command),
                args.isEmpty() ? " []" : ""));
    for (String arg : args) {
      out.append("      - ").append(scalar(arg)).append('\n');
    }
    if (!env.isEmpty()) {
      out.append("      env:\n");
      new TreeMap<>(env)
          .forEach((name, value) ->
              out.append(
                  "      - name: %s\n        value: %s\n".formatted(scalar(name), scalar(value))));
    }
    if (interactiveMode != null) {
      out.append("      interactiveMode: ").append(scalar(interactiveMode)).append('\n');
    }
    return out.toString();
  }

  private static String scalar(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !NOT_TEXT.contains(text.toLowerCase(Locale.ROOT));
    // A JSON string is a double-quoted scalar of YAML as well.
    return plain ? text : StrictJson.write(text);
  }
}
