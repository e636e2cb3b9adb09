package dev.atmos.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The code of an error, in one form for all services: {@code AuthorizationPending}, whether it
 * comes as {@code AuthorizationPendingException} in the header {@code x-amzn-ErrorType}, as {@code
 * com.amazonaws.x#AuthorizationPendingException} in {@code __type}, or as {@code
 * authorization_pending} in the body's {@code error}. The SDK reads the header only; where a proxy
 * has dropped it, the SDK throws a more general exception.
 */
public final class AwsErrorCode {
  /** Messages show codes, so anything else isn't taken for one. */
  private static final String FORM = "[0-9A-Za-z.-]{0,100}";

  /** The beginning of a word of a code such as {@code slow_down}. */
  private static final String WORD = "(?:^_*|_+)([^_]?)";

  private AwsErrorCode() {}

  /** The code, without {@code Exception} at its end; empty if the answer has none. */
  public static Optional<String> of(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    if (code == null || code.isBlank()) {
      code = firstOf(body(details), "error", "__type", "code", "Code");
    }
    return Optional.ofNullable(code)
        .filter(each -> !each.isBlank())
        .map(AwsErrorCode::normal)
        .filter(each -> each.matches(FORM));
  }

  /** The service's own message about the error. */
  static Optional<String> message(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    if (message == null || message.isBlank()) {
      message = firstOf(body(details), "message", "Message", "error_description");
    }
    return Optional.ofNullable(message).filter(each -> !each.isBlank());
  }

  private static @Nullable String firstOf(Map<String, String> body, String... names) {
    for (String name : names) {
      String value = body.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** The texts at the top of a JSON object; none where the body is anything else. */
  private static Map<String, String> body(@Nullable AwsErrorDetails details) {
    Map<String, String> texts = new HashMap<>();
    SdkBytes raw = details == null ? null : details.rawResponse();
    if (raw == null) {
      return texts;
    }
    try (JsonParser parser = new JsonFactory().createParser(raw.asByteArrayUnsafe())) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          if (parser.nextToken() == JsonToken.VALUE_STRING) {
            texts.put(name, parser.getText());
          } else {
            parser.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      // XML, a proxy's page, or half an answer: the members that were read count.
    }
    return texts;
  }

  private static String normal(String code) {
    String name = code.strip();
    name = name.substring(name.lastIndexOf('#') + 1);
    int colon = name.indexOf(':');
    name = colon > 0 ? name.substring(0, colon) : name;
    if (name.indexOf('_') >= 0 || name.equals(name.toLowerCase(Locale.ROOT))) {
      name =
          Pattern.compile(WORD)
              .matcher(name)
              .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }
    return name.replaceFirst("(?<=.)Exception$", "");
  }
}
