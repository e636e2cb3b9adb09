package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers of AWS in which any member is missing or of another type, and answers that are none: what
 * is asked for may fail, in a sentence of ours.
 */
final class IncompleteAnswersRunTest {
  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://corp.awsapps.com/start
            region: us-east-1
            auto_provision_identities: true
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {name: dev account}, region: us-east-2}
          prod:
            kind: aws/assume-role
            via: {identity: dev}
            principal: {assume_role: arn:aws:iam::222222222222:role/Deploy}
          user:
            kind: aws/user
            credentials: {access_key_id: %s, secret_access_key: %s, region: us-east-2}
      """
          .formatted(AtmosRun.KEY_ID, AtmosRun.SECRET);

  /** A member of JSON and its value, which holds no other; or an element of XML. */
  private static final Pattern JSON =
      Pattern.compile("\"[A-Za-z]+\":\\s*(\"[^\"]*\"|[0-9.]+|true|false|null|\\[[^\\[\\]]*\\])");

  private static final Pattern XML = Pattern.compile("<([A-Za-z]+)>[^<]*</\\1>");

  @RegisterExtension final CorpCenter corp = new CorpCenter();

  @BeforeEach
  void addUser() {
    corp.aws.add(IamUser.of("111122223333", "dev").key(AtmosRun.KEY_ID, AtmosRun.SECRET));
    corp.aws.add(Cluster.of("demo", "111122223333", "us-east-2"));
  }

  private AtmosRun atmos() {
    return corp.connect(AtmosRun.unix().file("atmos.yaml", CONFIGURATION));
  }

  /** All that could be wrong with an answer whose content is right. */
  private static Set<String> wrong(String right) {
    Set<String> all = new LinkedHashSet<>(List.of("", "{}", "[]", "<a/>"));
    boolean json = right.startsWith("{");
    Matcher member = (json ? JSON : XML).matcher(right);
    while (member.find()) {
      String before = right.substring(0, member.start());
      String after = right.substring(member.end());
      if (json) {
        String name = member.group().substring(0, member.group().indexOf(':') + 1);
        all.add((before + after).replaceAll(",\\s*([,}])", "$1").replaceAll("\\{\\s*,", "{"));
        for (String value : List.of("-1", member.group(1).startsWith("[") ? "[null]" : "{}")) {
          all.add(before + name + value + after);
        }
      } else {
        all.add(before + after);
        all.add(before + "<" + member.group(1) + ">x</" + member.group(1) + ">" + after);
        all.add(before + "<" + member.group(1) + "/>" + after);
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "REGISTER_CLIENT, auth login prod --no-browser",
    "START_DEVICE_AUTHORIZATION, auth login prod --no-browser",
    "CREATE_TOKEN, auth login prod --no-browser",
    "LIST_ACCOUNTS, auth login prod --no-browser",
    "LIST_ACCOUNT_ROLES, auth login prod --no-browser",
    "GET_ROLE_CREDENTIALS, auth login prod --no-browser",
    "ASSUME_ROLE, auth login prod --no-browser",
    "GET_CALLER_IDENTITY, auth whoami -i user",
    "DESCRIBE_CLUSTER, aws eks update-kubeconfig --name demo --region us-east-2 -i user",
    "LIST_CLUSTERS, aws eks update-kubeconfig --name other --region us-east-2 -i user"
  })
  void answer_inWhichAnythingIsMissing_isNoBug(Operation operation, String line) {
    List<String> contents = new ArrayList<>();
    String[] words = line.split(" ", -1);
    corp.aws.failAlways(
        operation,
        call -> {
          ServerResponse answer = call.perform();
          contents.add(answer.body());
          return answer;
        });
    atmos().unchecked(words);
    assertThat(contents).isNotEmpty();
    List<String> bugs = new ArrayList<>();
    for (int status : new int[] {200, 204}) {
      for (String content : status == 200 ? wrong(contents.getFirst()) : Set.of("")) {
        corp.aws.failAlways(
            operation,
            call -> new ServerResponse(status, Map.of(), content, call.perform().delivery()));
        AtmosRun.Result result = atmos().unchecked(words);
        if (result.exitCode() == 70 || (result.exitCode() != 0 && result.stderr().isEmpty())) {
          bugs.add(content + " -> " + result.stderr());
        }
      }
    }
    assertThat(bugs).isEmpty();
  }
}
