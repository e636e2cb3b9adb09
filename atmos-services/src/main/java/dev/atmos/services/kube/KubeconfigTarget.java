package dev.atmos.services.kube;

import org.jspecify.annotations.Nullable;

/**
 * Which kubeconfig to use: the option, else the setting, else what {@code KUBECONFIG} lists, else
 * {@code ~/.kube/config}. Where {@code KUBECONFIG} lists several files, an entry that is there is
 * changed where it is; a new one goes into the first file that exists, and into the last one where
 * none does, as with kubectl.
 *
 * @param option what {@code --kubeconfig} said, if it was given; {@code ~/} is the home directory
 * @param setting what the configuration says, if it does; {@code ~/}, {@code $NAME} and <code>
 *     ${NAME}</code> are replaced
 * @param mode the mode of a file that is new
 */
public record KubeconfigTarget(@Nullable String option, @Nullable String setting, FileMode mode) {

  /** Refuses paths that are empty or hold control characters. */
  public KubeconfigTarget {
    NameSyntax.checkOptional("the path of the kubeconfig", option, NameSyntax.PATH);
    NameSyntax.checkOptional("the path of the kubeconfig", setting, NameSyntax.PATH);
  }

  /** What {@code KUBECONFIG} lists, else {@code ~/.kube/config}. */
  public static KubeconfigTarget standard() {
    return new KubeconfigTarget(null, null, FileMode.PRIVATE);
  }
}
