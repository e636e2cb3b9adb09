package dev.atmos.services.kube;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command by which kubectl gets credentials.
 *
 * @param apiVersion {@code client.authentication.k8s.io/v1} or {@code .../v1beta1}
 * @param command a name that is looked for on PATH, or a path
 * @param args its arguments
 * @param env variables that it gets beside those of kubectl
 * @param installHint what kubectl says where the command isn't found, if anything; may have several
 *     lines
 * @param interactiveMode whether it may talk to the user
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">
 *     client-go credential plugins</a>
 */
public record ExecPlugin(
    String apiVersion,
    String command,
    List<String> args,
    List<Variable> env,
    @Nullable String installHint,
    InteractiveMode interactiveMode) {

  /** {@code client.authentication.k8s.io/v1beta1}, which every kubectl knows. */
  public static final String V1BETA1 = "client.authentication.k8s.io/v1beta1";

  /** {@code client.authentication.k8s.io/v1}, since Kubernetes 1.22. */
  public static final String V1 = "client.authentication.k8s.io/v1";

  private static final int LONGEST_HINT = 4096;

  /**
   * @throws IllegalArgumentException if a part can't be written, or kubectl wouldn't take it
   */
  public ExecPlugin {
    args = List.copyOf(args);
    env = List.copyOf(env);
    if (!apiVersion.equals(V1BETA1) && !apiVersion.equals(V1)) {
      throw new IllegalArgumentException("kubectl knows no exec plugin of another API version");
    }
    NameSyntax.check("the command", command, NameSyntax.PATH);
    for (String arg : args) {
      NameSyntax.checkCharacters("an argument of the command", arg, NameSyntax.ARGUMENT, "\t\n");
    }
    Set<String> names = new HashSet<>();
    for (Variable variable : env) {
      if (!names.add(variable.name())) {
        throw new IllegalArgumentException("the variable " + variable.name() + " is there twice");
      }
    }
    if (installHint != null) {
      NameSyntax.checkCharacters("the hint", installHint, LONGEST_HINT, "\t\n");
    }
  }

  /** The same with another command. */
  public ExecPlugin withCommand(String path) {
    return new ExecPlugin(apiVersion, path, args, env, installHint, interactiveMode);
  }

  /**
   * A variable of the command's environment.
   *
   * @param name without an equals sign
   * @param value may be empty
   */
  public record Variable(String name, String value) {

    /**
     * @throws IllegalArgumentException if the name isn't one, or the value holds control characters
     */
    public Variable {
      NameSyntax.check("the name of a variable", name, NameSyntax.NAME);
      if (name.indexOf('=') >= 0) {
        throw new IllegalArgumentException("the name of a variable holds an equals sign");
      }
      NameSyntax.checkCharacters("the variable " + name, value, NameSyntax.ARGUMENT, "\t\n");
    }
  }

  /** Whether the command may use standard input. */
  public enum InteractiveMode {
    /** It never does. */
    NEVER("Never"),
    /** It does where there is a terminal. */
    IF_AVAILABLE("IfAvailable"),
    /** It can't do without. */
    ALWAYS("Always");

    private final String text;

    InteractiveMode(String text) {
      this.text = text;
    }

    /** The word that stands in a kubeconfig. */
    public String text() {
      return text;
    }
  }
}
