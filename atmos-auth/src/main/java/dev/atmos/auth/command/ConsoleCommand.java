package dev.atmos.auth.command;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.AuthSchema;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Chain;
import dev.atmos.auth.session.ChainPolicy;
import dev.atmos.auth.terminal.Browser;
import dev.atmos.auth.terminal.BrowserSession;
import dev.atmos.auth.terminal.PrivatePage;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.audit.AuditEvent;
import dev.atmos.services.auth.BrowserField;
import dev.atmos.services.auth.WebConsole;
import dev.atmos.services.auth.WebConsole.Visit;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.services.config.DurationText;
import dev.atmos.services.system.Digests;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code atmos auth console}: opens the web console as an identity. */
public final class ConsoleCommand extends AuthCommand {
  private static final String DEFAULT_REGION = "us-east-1";
  private static final int DIGITS = 16;

  private final CommandOption identity = identity("The identity to open it as.");
  private final CommandOption destination =
      withValue("PAGE", "--destination")
          .candidates(new Pages())
          .description("The page, in place of the word.");
  private final CommandOption region = region("The region of the page.");
  private final CommandOption duration =
      withValue("DURATION", "--duration")
          .description(
              "How long you stay signed in there, from 15m to 12h, where AWS allows it: not for"
                  + " a role that another role assumes. If it is left out:"
                  + " console.session_duration of the provider, else as long as the"
                  + " credentials.");
  private final CommandOption isolated =
      withValue("BOOL", "--isolated")
          .optional("true")
          .description(
              "Open it in a browser session of the identity's own, beside others: a profile of"
                  + " Chrome, Chromium, Edge, Brave or Vivaldi, or a container of Firefox,"
                  + " which needs an add-on. --isolated=false: in a tab like any other.");
  private final CommandOption browser =
      withValue("COMMAND", "--browser")
          .description(
              "The command that opens the browser, with %s where the address goes. If it is"
                  + " left out: ATMOS_BROWSER, auth.console.browser, BROWSER, else the"
                  + " system's.");
  private final CommandOption printOnly =
      flag(
          "--print-only",
          "Print the address that signs a browser in, and open none. Whoever has it is signed in,"
              + " for 15 minutes.",
          "--no-open");
  private final CommandOption issuer =
      withValue("NAME", "--issuer").description("Who AWS is told has signed you in.");
  private final CommandParameter page =
      syntax.add(
          CommandParameter.one(
                  "PAGE",
                  "The page: the name of a service, such as ec2, s3 or billing, or an https://"
                      + " address. If it is left out: the home page.")
              .candidates(new Pages()));

  /** The command over this engine. */
  public ConsoleCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis("atmos auth console [PAGE] [-i NAME] [--region REGION] [options]");
    syntax.description(
        "Open AWS's web console in the browser, signed in as an identity. If need be, you are asked"
            + " to sign in first.",
        "The browser fetches the address that signs it in from atmos itself, so that no other user"
            + " of the machine sees it.");
    syntax.examples(
        "  atmos auth console",
        "  atmos auth console s3 -i prod --isolated",
        "  atmos auth console ec2 -i dev --region eu-west-1 --duration 8h",
        "  atmos auth console -i dev --print-only");
  }

  /** Looked up when they are completed. */
  private final class Pages implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return services.service(WebConsole.class).destinations().iterator();
    }
  }

  @Override
  public int run() {
    String name = EntrySelector.of(engine).configured(identity.value(), null, true);
    Chain chain = engine.resolve(name);
    services.policy().ifPresent(policy -> ChainPolicy.require(policy, chain));
    Optional<WorkRegion> place =
        services.service(WorkRegion.Finder.class).find(region.value(), name);
    Visit visit = visit(chain, place.map(found -> found.region().text()).orElse(DEFAULT_REGION));
    Browser opener = printOnly.isGiven() ? null : browser(chain);
    // Of another region than the user might expect; the last line says which it is in any case.
    place
        .filter(found -> found.source() == WorkRegion.Source.IDENTITY)
        .ifPresent(found -> found.show(services));
    Secret address = address(name, visit);
    AuditEvent event = AuditEvent.of("console").withIdentity(name, chain.describe(), null);
    services.audit().ifPresent(audit -> audit.record(event));
    if (opener == null) {
      services.console().answer(address.reveal() + "\n");
      return 0;
    }
    PrivatePage.open(services, opener, address, "print the address: " + again(name));
    Description described = chain.describe();
    say(
        "Opened the console as "
            + DisplayNames.quoted(name)
            + described.account().map(account -> " in account " + account).orElse("")
            + ", in "
            + visit.region());
    return 0;
  }

  private Secret address(String name, Visit visit) {
    WebConsole console = services.service(WebConsole.class);
    Optional<AwsCredentials> own = engine.sessions().withKey(name, console.federation(visit));
    if (own.isPresent()) {
      // They last as long as was asked for, and AWS takes no other length with them.
      return console.signIn(
          new Visit(visit.identity(), visit.region(), visit.page(), visit.issuer(), null),
          own.get());
    }
    return console.signIn(visit, EnsureSignedIn.ifNeeded(engine, name).credentials());
  }

  private Visit visit(Chain chain, String where) {
    String word = page.value();
    requireOne(
        "the word and --destination both name a page", word != null, destination.value() != null);
    String wanted = word == null ? destination.value() : word;
    try {
      return new Visit(
          chain.definition(),
          where,
          services.service(WebConsole.class).page(wanted, where),
          issuer.valueOr("atmos"),
          session(chain));
    } catch (AtmosException e) {
      if (wanted != null
          && !EntrySelector.of(engine).graph().find(AuthPart.IDENTITIES, wanted).isEmpty()) {
        throw new AtmosException(
            e.exitCode(), e.sentence(), "the name of an identity stands behind -i");
      }
      throw e;
    }
  }

  private @Nullable Duration session(Chain chain) {
    String option = duration.value();
    Definition root = chain.root();
    Duration length =
        option == null
            ? root.duration(AuthFields.CONSOLE_DURATION).orElse(null)
            : DurationText.parse(option);
    boolean fits =
        length != null
            && length.compareTo(AuthSchema.SHORTEST_SESSION) >= 0
            && length.compareTo(AuthSchema.LONGEST_SESSION) <= 0;
    if (fits || (option == null && length == null)) {
      return length;
    }
    String allowed = "from 15m to 12h";
    throw option == null
        ? root.error(AuthFields.CONSOLE_DURATION, "a session of the console lasts " + allowed, null)
        : new AtmosException(
            ExitCode.USAGE, "--duration must be " + allowed, "for example: --duration 8h");
  }

  private Optional<Boolean> isolated() {
    String text = isolated.value();
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw new AtmosException(ExitCode.USAGE, "--isolated must be true or false");
    }
    return Optional.ofNullable(text).map("true"::equals);
  }

  private Browser browser(Chain chain) {
    Optional<Definition> auth = services.config(AuthFields.AUTH);
    boolean apart =
        isolated()
            .or(() -> auth.flatMap(section -> section.flag(AuthFields.CONSOLE_ISOLATED)))
            .or(() -> auth.flatMap(section -> section.flag(AuthFields.CONSOLE_ISOLATED_SESSIONS)))
            .orElse(false);
    Browser found =
        new Browser(
            services,
            // Set for atmos, it counts wherever atmos runs, as the option does.
            Optional.ofNullable(browser.value())
                .or(() -> services.environment().nonEmpty("ATMOS_BROWSER"))
                .orElse(null),
            () ->
                auth.flatMap(section -> BrowserField.command(section, AuthFields.CONSOLE_BROWSER)),
            apart ? ownSession(chain, auth) : null);
    if (!found.isLocal()) {
      throw new AtmosException(
          ExitCode.FAILED,
          apart
              ? "there is no Chrome, Chromium, Edge, Brave, Vivaldi or Firefox on this machine for"
                  + " a session of its own"
              : "there is no browser on this machine",
          "name one by --browser COMMAND, or print the address: " + again(chain.name()));
    }
    return found;
  }

  private BrowserSession ownSession(Chain chain, Optional<Definition> auth) {
    Path data =
        services
            .directories()
            .data()
            .orElseThrow(() ->
                new AtmosException(
                    ExitCode.FAILED,
                    "a browser session of its own needs a home directory",
                    "set HOME, or ATMOS_XDG_DATA_HOME"));
    byte[] owner = chain.owner().getBytes(StandardCharsets.UTF_8);
    String directory = Digests.sha256Hex(owner).substring(0, DIGITS);
    boolean granted =
        auth.flatMap(section -> section.text(AuthFields.CONSOLE_ADD_ON))
            .filter("granted"::equals)
            .isPresent();
    return new BrowserSession(
        chain.name(),
        data.resolve("console").resolve(directory).toString(),
        granted ? "ext+granted-containers" : "ext+container");
  }

  private static String again(String name) {
    return "atmos auth console -i " + ShellQuoting.word(name) + " --print-only";
  }
}
