package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans over texts, without a disk. */
public final class Plans {
  private Plans() {}

  public static KubeconfigChange add(Access... accesses) {
    return add(UpdateMode.MERGE, CurrentContext.ALWAYS, accesses);
  }

  public static KubeconfigChange add(
      UpdateMode update, CurrentContext contextSwitch, Access... accesses) {
    List<ClusterAccess> clusters = new ArrayList<>();
    for (Access access : accesses) {
      clusters.add(access.access());
    }
    return KubeconfigChange.adding(KubeconfigTarget.standard(), clusters, update, contextSwitch);
  }

  public static KubeconfigChange remove(Access... accesses) {
    List<ClusterRemoval> removals = new ArrayList<>();
    for (Access access : accesses) {
      removals.add(ClusterRemoval.of(access.cluster(), access.region(), access.identity()));
    }
    return KubeconfigChange.removing(KubeconfigTarget.standard(), removals);
  }

  public static KubeconfigPlan plan(KubeconfigChange change, @Nullable String... texts)
      throws BrokenFileException {
    List<Planner.Source> sources = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      sources.add(new Planner.Source(Path.of("config" + (i == 0 ? "" : i)), texts[i], null));
    }
    return Planner.of(change, command -> false).plan(sources);
  }

  /** The text of the first file after a change. */
  public static String after(KubeconfigChange change, @Nullable String text)
      throws BrokenFileException {
    KubeconfigPlan plan = plan(change, text);
    return plan.isEmpty() ? String.valueOf(text) : plan.files().get(0).preview().reveal();
  }

  /** A file with the demo cluster in it, and some of its texts replaced by the ones after them. */
  public static String edited(String... replacements) {
    try {
      String text = after(add(Access.to("demo")), null);
      for (int i = 0; i < replacements.length; i += 2) {
        String edited = text.replace(replacements[i], replacements[i + 1]);
        if (edited.equals(text)) {
          throw new AssertionError("nothing to replace: " + replacements[i]);
        }
        text = edited;
      }
      return text;
    } catch (BrokenFileException e) {
      throw new AssertionError(e);
    }
  }
}
