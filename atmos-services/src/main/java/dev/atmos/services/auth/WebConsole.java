package dev.atmos.services.auth;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Service that signs a browser in to AWS's web console. */
public interface WebConsole {

  /** The names of the console's pages, sorted. */
  List<String> destinations();

  /** The regions that are known to have the console, sorted, for completion. */
  List<String> regions();

  /**
   * The address of a page of the console.
   *
   * @param destination one of {@link #destinations}, in any case, or an {@code https} address; null
   *     for the home page
   * @param region where the page is opened
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if it is neither
   */
  String page(@Nullable String destination, String region);

  /**
   * Makes credentials that the console takes. A user's own key isn't one of them, so this is the
   * step behind an identity that {@linkplain dev.atmos.plugin.auth.ChainStep#source gives} such a
   * key to it.
   */
  Identity federation(Visit visit);

  /**
   * The address that signs a browser in: anybody who has it is signed in, for 15 minutes.
   *
   * @param credentials those of the visit's identity, or of its {@link #federation}
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#DENIED}
   *     if AWS gives these credentials no console, {@link
   *     dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if AWS can't be reached
   */
  Secret signIn(Visit visit, AwsCredentials credentials);

  /**
   * What somebody visits, and as whom.
   *
   * @param identity for its endpoints; null for the credentials of the environment
   * @param region of the page, which says the partition
   * @param page as {@link #page} gives it
   * @param issuer who AWS is told leads the user there
   * @param session how long the session lasts, from 15 minutes to 12 hours; null for as long as the
   *     credentials
   */
  record Visit(
      @Nullable Definition identity,
      String region,
      String page,
      String issuer,
      @Nullable Duration session) {}
}
