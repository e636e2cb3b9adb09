package dev.atmos.aws.identity.support;

/** What the browser shows that has come back from a sign-in page. */
final class CallbackPage {
  /** The AWS CLI's as well. */
  static final String PATH = "/oauth/callback";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>%1$s - atmos</title>
      <style>
      :root { color-scheme: light dark }
      body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 32rem; padding: 0 1rem }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      <p>%2$s</p>
      </body>
      </html>
      """;

  private CallbackPage() {}

  static String signedIn() {
    return PAGE.formatted("Signed in", "You can close this tab and go back to the terminal.");
  }

  static String refused() {
    return PAGE.formatted(
        "Not signed in",
        "The request was refused. The terminal says more; you can close this tab.");
  }

  static String failed() {
    return PAGE.formatted(
        "Not signed in", "Something went wrong after your answer. The terminal says what.");
  }

  static String notOurs() {
    return PAGE.formatted(
        "Not signed in",
        "This is not the answer to the sign-in that the terminal is waiting for. Go on in the tab"
            + " that it has opened.");
  }

  static String over() {
    return PAGE.formatted("This sign-in is over", "You can close this tab.");
  }

  static String notFound() {
    return PAGE.formatted("Not found", "atmos is waiting here for a sign-in.");
  }
}
