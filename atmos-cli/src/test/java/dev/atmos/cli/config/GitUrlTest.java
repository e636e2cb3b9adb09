package dev.atmos.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      emptyValue = "",
      value = {
        "https://github.com/acme/infra.git | https://github.com/acme/infra.git | github.com | acme"
            + " | infra",
        "https://github.com/acme/infra | https://github.com/acme/infra | github.com | acme | infra",
        "https://github.com/acme/infra/ | https://github.com/acme/infra/ | github.com | acme |"
            + " infra",
        "https://github.com/acme/infra.git/ | https://github.com/acme/infra.git/ | github.com |"
            + " acme | infra",
        "https://u:p@github.com/acme/infra.git | https://github.com/acme/infra.git | github.com |"
            + " acme | infra",
        "https://ghp_secret@github.com/acme/infra.git | https://github.com/acme/infra.git |"
            + " github.com | acme | infra",
        "https://u:p@w@github.com/acme/infra | https://github.com/acme/infra | github.com | acme |"
            + " infra",
        "http://u@h.example:8080/a/b?token=x#y | http://h.example:8080/a/b | h.example | a | b",
        "https://gitlab.com/g/sub/deep/n.git | https://gitlab.com/g/sub/deep/n.git | gitlab.com |"
            + " g/sub/deep | n",
        "git@github.com:acme/infra.git | git@github.com:acme/infra.git | github.com | acme | infra",
        "github.com:infra | github.com:infra | github.com | '' | infra",
        "git@host:/srv/git/x.git | git@host:/srv/git/x.git | host | srv/git | x",
        "ssh://git@github.com/acme/infra.git | ssh://git@github.com/acme/infra.git | github.com |"
            + " acme | infra",
        "ssh://git:pw@h:2222/a/b | ssh://git@h:2222/a/b | h | a | b",
        "ssh://h/~me/b.git | ssh://h/~me/b.git | h | ~me | b",
        "git://h/a/b.git | git://h/a/b.git | h | a | b",
        "https://[::1]:80/a/b | https://[::1]:80/a/b | [::1] | a | b",
        "/srv/git/infra.git | /srv/git/infra.git | '' | '' | infra",
        "../infra | ../infra | '' | '' | infra",
        "file:///srv/git/infra.git | file:///srv/git/infra.git | '' | '' | infra",
        "C:\\src\\infra.git | C:\\src\\infra.git | '' | '' | infra",
        "C:/src/infra | C:/src/infra | '' | '' | infra",
        "/srv/a:b/infra | /srv/a:b/infra | '' | '' | infra",
        "/srv/x/.git | /srv/x/.git | '' | '' | x",
        ".git | .git | '' | '' | .git"
      })
  void address_ofAnyForm_isTakenApart(
      String text, String url, String host, String owner, String name) {
    assertThat(GitUrl.parse(text)).isEqualTo(new GitUrl(url, host, owner, name));
  }

  /** Whatever isn't understood may hold a password in a place that nobody thinks of. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":x",
        "https://github.com",
        "https://github.com/",
        "https:///a/b",
        "https://u:pa/ss@github.com/a/b",
        "https://u:12/3@github.com/a/b",
        "https://host:port/a/b",
        "token:x-oauth-basic@github.com:a/b",
        "ext::sh -c something",
        "codecommit::us-east-1://profile@repo",
        "codecommit://profile@repo",
        "svn://u:p@h/a",
        "https://h/a\nb",
        "git@host:",
        "///"
      })
  void address_thatIsUnusual_isNone(String text) {
    assertThat(GitUrl.parse(text)).isNull();
  }
}
