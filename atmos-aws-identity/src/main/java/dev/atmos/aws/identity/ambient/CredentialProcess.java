package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.Processes.Program;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.Rfc3339;
import dev.atmos.text.ShellWords;
import dev.atmos.text.json.FlatJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The program that prints a profile's credentials. It is the user's own, as the file that names it;
 * no shell takes its words apart.
 *
 * @param directory that of the file, where the program runs, wherever this one does
 * @param words the program and its arguments
 * @param running the profiles whose programs are running, this one included
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html">Process
 *     credential provider</a>
 */
record CredentialProcess(
    AmbientEnvironment environment,
    AwsProfile profile,
    String line,
    List<String> words,
    Path directory,
    String running)
    implements AmbientSource {
  static final String PROPERTY = "credential_process";

  /** The profiles whose programs led to this process, each on a line after its file. */
  private static final String GUARD = "ATMOS_CREDENTIAL_PROCESSES";

  private static final int MOST_BYTES = 64 * 1024;

  /**
   * The program of a profile.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if it isn't the line of a program, or is
   *     what has started this process
   */
  static CredentialProcess of(AmbientEnvironment environment, AwsProfile profile) {
    boolean credentials = profile.field(true, PROPERTY) != null;
    Path file = profile.files().path(credentials);
    String line = String.valueOf(profile.field(PROPERTY));
    boolean windows = file != null && file.getFileSystem().getSeparator().equals("\\");
    List<String> words =
        (windows ? ShellWords.windows(line) : ShellWords.posix(line)).orElse(List.of());
    if (words.isEmpty() || words.getFirst().isEmpty() || file == null) {
      throw environment.failure(
          ExitCode.USAGE,
          "the credential_process of " + profile.described() + " is not a command line",
          "close its quotes in " + file);
    }
    String own = file + "\t" + profile.name();
    String before = environment.services().environment().get(GUARD).orElse("");
    if (before.lines().anyMatch(own::equals)) {
      throw environment.failure(
          ExitCode.USAGE,
          "%s in %s leads back to itself: its credential_process starts atmos, which asks the same"
                  .formatted(profile.described(), file)
              + " profile",
          "name an identity of another kind there: atmos auth credential-process --identity NAME");
    }
    return new CredentialProcess(
        environment,
        profile,
        line,
        words,
        file.resolveSibling(""),
        before.isEmpty() ? own : before + "\n" + own);
  }

  @Override
  public Map<String, String> key() {
    return Map.of(PROPERTY, line, "profile", profile.name());
  }

  @Override
  public boolean isMade() {
    return true;
  }

  @Override
  public AwsCredentials credentials(StepRequest request) {
    Processes.Outcome outcome;
    try {
      outcome =
          environment
              .services()
              .processes()
              .run(
                  Program.of(words)
                      .withDirectory(directory)
                      .withVariables(List.of(Variable.of(GUARD, Secret.of(running))))
                      .withMostBytes(MOST_BYTES)
                      .withLimit(request.timeLeft()));
    } catch (IOException e) {
      throw failure("failed: it " + e.getMessage(), ExitCode.FAILED);
    }
    if (outcome.exitCode() != 0) {
      throw failure("ended with exit code " + outcome.exitCode(), meaning(outcome.exitCode()));
    }
    return credentials(FlatJson.read(outcome.output().reveal(), Secret::of).orElse(Map.of()));
  }

  /** The program may be one of ours, which says by its exit code what has to be done. */
  private static ExitCode meaning(int code) {
    for (ExitCode known :
        List.of(ExitCode.USAGE, ExitCode.SIGN_IN_REQUIRED, ExitCode.DENIED, ExitCode.UNAVAILABLE)) {
      if (known.code() == code) {
        return known;
      }
    }
    return ExitCode.FAILED;
  }

  private AwsCredentials credentials(Map<String, Secret> answer) {
    if (!Secret.of("1").equals(answer.get("Version"))) {
      throw failure("printed no JSON object with \"Version\": 1", ExitCode.FAILED);
    }
    Secret keyId = answer.get("AccessKeyId");
    Secret secretKey = answer.get("SecretAccessKey");
    Secret expiry = answer.get("Expiration");
    Instant expiresAt =
        expiry == null ? null : Rfc3339.parse(expiry.reveal().replaceFirst("UTC$", "Z"));
    if (expiry != null && expiresAt == null) {
      throw failure("printed an Expiration that is not an RFC 3339 time", ExitCode.FAILED);
    }
    if (expiresAt != null && !expiresAt.isAfter(environment.services().clock().instant())) {
      throw failure("printed credentials that expired at " + expiresAt, ExitCode.SIGN_IN_REQUIRED);
    }
    try {
      return AwsCredentials.of(
          keyId == null ? "" : keyId.reveal(),
          secretKey == null ? Secret.of("") : secretKey,
          nonEmpty(answer.get("SessionToken")),
          expiresAt);
    } catch (IllegalArgumentException e) {
      throw failure("printed no usable AccessKeyId and SecretAccessKey", ExitCode.FAILED);
    }
  }

  static @Nullable Secret nonEmpty(@Nullable Secret printed) {
    return printed == null || printed.isEmpty() ? null : printed;
  }

  /** Only the program is shown: its arguments may be secrets. */
  private AtmosException failure(String what, ExitCode exitCode) {
    return environment.failure(
        exitCode,
        "the credential_process of %s (%s) %s"
            .formatted(profile.described(), DisplayNames.quoted(words.getFirst()), what),
        "run it by itself as "
            + profile.describedIn(profile.field(true, PROPERTY) != null)
            + " has it");
  }
}
