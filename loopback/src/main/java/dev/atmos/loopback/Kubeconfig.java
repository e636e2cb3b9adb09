package dev.atmos.loopback;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The text of a kubeconfig (kubectl's v1 Config) with one user that runs an exec plugin. */
final class Kubeconfig {
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
    StringBuilder out = new StringBuilder();
    out.append("apiVersion: v1\nkind: Config\nclusters:\n");
    out.append("- name: ").append(scalar(clusterName)).append("\n  cluster:\n");
    out.append("    server: ").append(scalar(url)).append('\n');
    out.append("    certificate-authority-data: ")
        .append(Base64.getEncoder().encodeToString(caPem.getBytes(StandardCharsets.US_ASCII)))
        .append('\n');
    out.append("contexts:\n- name: ").append(scalar(clusterName)).append("\n  context:\n");
    out.append("    cluster: ").append(scalar(clusterName)).append('\n');
    out.append("    user: ").append(scalar(user)).append('\n');
    out.append("current-context: ").append(scalar(clusterName)).append('\n');
    out.append("users:\n- name: ").append(scalar(user)).append("\n  user:\n    exec:\n");
    out.append("      apiVersion: ").append(scalar(execApiVersion)).append('\n');
    out.append("      command: ").append(scalar(command)).append('\n');
    out.append(args.isEmpty() ? "      args: []\n" : "      args:\n");
    for (String arg : args) {
      out.append("      - ").append(scalar(arg)).append('\n');
    }
    if (!env.isEmpty()) {
      out.append("      env:\n");
      new TreeMap<>(env)
          .forEach((name, value) ->
              out.append("      - name: ")
                  .append(scalar(name))
                  .append("\n        value: ")
                  .append(scalar(value))
                  .append('\n'));
    }
    if (interactiveMode != null) {
      out.append("      interactiveMode: ").append(scalar(interactiveMode)).append('\n');
    }
    return out.toString();
  }

  private static String scalar(String text) {
    String word = text.startsWith("--") ? text.substring(2) : text;
    boolean plain = !word.isEmpty() && !NOT_TEXT.contains(word.toLowerCase(Locale.ROOT));
    for (int i = 0; plain && i < word.length(); i++) {
      char c = word.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/';
      boolean later = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      boolean colon = c == ':' && i + 1 < word.length();
      plain = letter || (i > 0 && (later || colon));
    }
    return plain ? text : Json.quote(text);
  }
}
