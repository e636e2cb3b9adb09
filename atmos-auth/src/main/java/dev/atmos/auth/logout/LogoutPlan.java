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

    /** The same in words that the user knows, without the place where something is. */
    default String summary() {
      return description();
    }
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
   * @param summary what it is, for people
   * @param detail where it is or what it is called, if the summary doesn't say so; may be empty
   */
  public record Remove(StoredItem item, String summary, String detail) implements Step {
    @Override
    public String description() {
      return detail.isEmpty() ? summary : summary + " " + detail;
    }
  }
}
