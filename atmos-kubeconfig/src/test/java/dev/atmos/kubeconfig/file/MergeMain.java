package dev.atmos.kubeconfig.file;

import dev.atmos.kubeconfig.plan.Access;
import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.kubeconfig.plan.Plans;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that changes a kubeconfig. */
final class MergeMain {
  private MergeMain() {}

  /**
   * @param args the file; the cluster; {@code once}, or {@code forever} to add and remove it until
   *     the process is killed
   */
  public static void main(String[] args) {
    List<Path> files = List.of(Path.of(args[0]));
    Access access = Access.to(args[1]);
    Planner add = Planner.of(Plans.add(access), command -> false);
    Planner remove = Planner.of(Plans.remove(access), command -> false);
    KubeconfigFiles store = RealProcesses.files();
    var _ = store.apply(add, files);
    System.out.println("added");
    while (args[2].equals("forever")) {
      var _ = store.apply(remove, files);
      var _ = store.apply(add, files);
    }
  }
}
