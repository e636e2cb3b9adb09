package dev.atmos.cli.config.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {
  private static final Map<String, String> VARIABLES =
      Map.of("HOME", "/home/dev", "PWD", "/project", "USER", "dev", "LOGNAME", "de v");

  private static @Nullable Set<String> words(String command) {
    return CommandWords.of(command, /* windows= */ false, VARIABLES::get);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/project/s.sh",
        "$PWD/s.sh",
        "${PWD}/s.sh",
        "\"$PWD\"/s.sh x",
        "\"${PWD}/s.sh\"",
        "/project/s\".sh\"",
        "/project/s'.sh'",
        "/project/s\\.sh",
        "/pro\\\nject/s.sh",
        "sh /project/s.sh",
        "env A=b sh /project/s.sh",
        "exec /project/s.sh",
        ". /project/s.sh",
        "source /project/s.sh",
        "echo x | /project/s.sh",
        "true&&/project/s.sh||exit 1",
        "true;/project/s.sh",
        "true\n/project/s.sh",
        "! /project/s.sh",
        "cat </project/s.sh >/dev/null 2>&1",
        "sh -c '/project/s.sh x'",
        "sh -c \"sh -c '/project/s.sh'\"",
        "sh -c '$PWD/s.sh'",
        "sh -c /project/s\\\\.sh",
        "eval '/project/s'\\'.sh\\'",
        "env -S 'sh /project/s.sh'",
        "tool --file=/project/s.sh",
        "tool -d @/project/s.sh",
        "A=/project/s.sh tool",
        "LIBS=/bin:/project/s.sh tool",
        "python3 -c 'open(\"/project/s.sh\")'",
        "tool a,a,/project/s.sh",
        "git -c alias.x='!/project/s.sh' x",
        "sed -n '1e/project/s.sh' x",
        "echo | sed e/project/s.sh",
        "perl -e 'exec+q!/project/s.sh!'",
        "perl -e 'exec qw^/project/s.sh^'",
        "perl -e 'exec q?/project/s.sh?'",
      })
  void word_thatNamesAFileInAnySpelling_isFound(String command) {
    assertThat(words(command)).contains("/project/s.sh");
  }

  @Test
  void word_withTheHomeDirectory_isFound() {
    assertThat(words("~/../x/s.sh")).contains("/home/dev/../x/s.sh");
    assertThat(words("cat \"$HOME\"/x ~")).contains("/home/dev/x", "/home/dev");
    assertThat(words("cat 'a b' \"c  d\" '' \"\\$x\\y\""))
        .contains("a b", "c  d", "$x\\y")
        .doesNotContain("");
  }

  @Test
  void word_behindTheLettersOfAnOption_isFound() {
    assertThat(words("make -sfMakefile && awk '-fs.awk' x")).contains("Makefile", "s.awk");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s.?",
        "s*",
        "s.s[h]",
        "s.{sh,x}",
        "$(pwd)/s.sh",
        "`pwd`/s.sh",
        "\"$(pwd)\"/s.sh",
        "\"`pwd`\"/s.sh",
        "$X/s.sh",
        "${PWD%x}/s.sh",
        "${X:-s.sh}",
        "\"$X\"",
        "$1",
        "$'s.sh'",
        "X=s; ./$X.sh",
        "HOME=/project sh $HOME/s.sh",
        "read HO\\ME; $HOME",
        "for USER in s; do ./$USER.sh; done",
        "cat $LOGNAME",
        "~root/s.sh",
        "~+/s.sh",
        "A=~/s.sh",
        "cd sub && ./s.sh",
        "c\"d\" sub && ./s.sh",
        "env -C sub ./s.sh",
        "env -Csub ./s.sh",
        "env --chdir=sub ./s.sh",
        "make -sC sub",
        "terraform -chdir=sub output",
        "PATH=sub s.sh",
        "env PATH=sub:/usr/bin s.sh",
        "export PATH; s.sh",
        "PYTHONPATH=sub python3 -m s",
        "(./s.sh)",
        "f() { ./s.sh; }; f",
        "sh <<x\n./s.sh\nx",
        "sh <<<./s.sh",
        "sh -c './s.?'",
        "env -i sh -c 'sh $USER./s.sh'",
        "env - sh -c '~/s.sh'",
        "PERL5LIB=. perl -Ms",
        "PERL5OPT='-I. -Ms' perl",
        "RUBYOPT=-I. ruby -rs",
        "NODE_OPTIONS='-r ./s.js' node",
        "sh -c 'cd sub; ./s.sh'",
        "/bin/sh -c \"./s.'?'\\\"\"",
        "bash -c './s.\"$X\"'",
        "eval \"./s'.?'\" \"'\"",
        "env -S 'sh -c \"./s.*\"'",
        "alias x='./s.?'\nx",
        "./s.sh\r",
        "./s\u0001.sh",
        "'unclosed",
        "\"unclosed",
        "\"x\\",
        "x\\",
      })
  void command_whoseWordsOnlyAShellKnows_hasNone(String command) {
    assertThat(words(command)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pass show aws",
        "vault read -field=secret \"aws/$USER\"",
        "aws configure get aws_access_key_id --profile dev",
        "pass show aws | awk '{print $2}' | jq -r '.[0].key'",
        "op read 'op://a b/c?x=y'",
        "security find-generic-password -a \"$USER\" -w -s aws 2>/dev/null || true",
        "gpg -d ~/.keys/aws.gpg",
      })
  void command_ofPlainWordsAndQuotes_hasThem(String command) {
    assertThat(words(command)).isNotNull();
  }

  @Test
  void command_onWindows_isReadAsItsShellReadsIt() {
    assertThat(CommandWords.of("sub\\get.cmd \"a b\" 'c", true, VARIABLES::get))
        .contains("sub\\get.cmd", "a b", "'c");
    for (String command : new String[] {"%CD%\\x.cmd", "\"%CD%\"", "x^.cmd", "(x)", "cd a & x"}) {
      assertThat(CommandWords.of(command, true, VARIABLES::get)).as(command).isNull();
    }
  }
}
