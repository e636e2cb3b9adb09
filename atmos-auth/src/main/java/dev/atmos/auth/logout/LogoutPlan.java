package dev.atmos.auth.logout;

import dev.atmos.auth.store.StoredItem;
import java.util.List;

/**
 * What a logout does: the plan that is shown is the plan that is run.
 *
 * @param scope what it is about
 * @param steps what it does, in order; none where nothing is there
 * @param kept what it leaves although the scope may suggest otherwise, and how that ends: whole
 *     sentences without a full stop
 */
public record LogoutPlan(LogoutScope scope, List<Step> steps, List<String> kept) {

  /** Copies the lists. */
  public LogoutPlan {
    steps = List.copyOf(steps);
    kept = List.copyOf(kept);
  }

  /** One thing that is done. */
  public sealed interface Step {

    /** What is done, and to what, for people: {@code remove ...}. */
    String description();
  }

  /**
   * The provider is notified that a sign-in has ended.
   *
   * @param provider the provider's name
   * @param signIn where its grant is
   */
  public record Revoke(String provider, StoredItem.SignIn signIn) implements Step {
    @Override
    public String description() {
      return "end the session of " + provider + " at its provider";
    }
  }

  /**
   * Something that is kept is removed.
   *
   * @param item what
   * @param description what it is, for people
   */
  public record Remove(StoredItem item, String description) implements Step {}
}
