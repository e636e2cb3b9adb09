package dev.atmos.aws.identity.identitycenter;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.text.DisplayNames;

/** The failure of a sign-in at a portal that the region doesn't know. */
final class UnknownPortal {
  private UnknownPortal() {}

  /** AWS doesn't say whether the URL or the region is wrong, and sometimes nothing at all. */
  static AtmosException of(Definition definition, String startUrl) {
    String sentence =
        "AWS knows no Identity Center "
            + DisplayNames.quoted(startUrl)
            + " in "
            + definition.requiredText(IdentityCenterType.REGION);
    String hint = "check the start URL and the region of " + DisplayNames.quoted(definition.name());
    // The profiles of the AWS CLI have no place in a file of ours.
    return definition.position().source().name().isEmpty()
        ? new AtmosException(ExitCode.USAGE, sentence, hint)
        : definition.error(IdentityCenterType.START_URL, sentence, hint);
  }
}
