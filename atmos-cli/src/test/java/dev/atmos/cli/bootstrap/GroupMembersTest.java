package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupMembersTest {
  private static final int SELF = 1000;

  @TempDir Path etc;

  @BeforeEach
  void writeAccounts() throws IOException {
    file("passwd", "root:x:0:0:root:/root:/bin/sh\nsync:x:4:0::/:\ndev:x:1000:1000:::\n");
    file("group", "root:x:0:\ndev:x:1000:\n");
    file("nsswitch.conf", "passwd: files systemd\ngroup:  files systemd\n");
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(etc.resolve(name), text);
  }

  private boolean others(int group) throws IOException {
    return new GroupMembers(etc).mayHaveOthers(group, SELF);
  }

  @Test
  void groupOfTheUserAlone_hasNoOthers() throws IOException {
    assertThat(others(SELF)).isFalse();
    assertThat(others(0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"dev, false", "'dev,root', false", "eve, true", "'dev,eve', true"})
  void members_thatAreNamed_areOthersUnlessTheyAreTheUser(String members, boolean others)
      throws IOException {
    file("group", "root:x:0:\ndev:x:1000:" + members + "\n");
    assertThat(others(SELF)).isEqualTo(others);
    file("group", "dev:x:1000:\ndev2:x:1000:" + members + "\n");
    assertThat(others(SELF)).as("a second name of the group").isEqualTo(others);
    file("group", "root:x:0:" + members + "\ndev:x:1000:\n");
    assertThat(others(0)).as("root's group").isEqualTo(others);
  }

  @ParameterizedTest
  @CsvSource({"01000, 1000", "' 1000', 1000", "+1000, 1000", "1000, 0001000", "1000, ' 1000'"})
  void numbers_asTheSystemReadsThem_areTheSame(String ofGroup, String ofAccount)
      throws IOException {
    file("group", "dev:x:" + ofGroup + ":eve\n");
    assertThat(others(SELF)).isTrue();
    file("group", "dev:x:" + ofGroup + ":dev\n");
    file("passwd", "dev:x:" + ofAccount + ":" + ofAccount + ":::\n");
    assertThat(others(SELF)).isFalse();
    file("passwd", "dev:x:1000:1000:::\neve:x:1001:" + ofGroup + ":::\n");
    assertThat(others(SELF)).isTrue();
  }

  @Test
  void accountWhoseFirstGroupItIs_isAnother() throws IOException {
    file("passwd", "dev:x:1000:1000:::\neve:x:1001:1000:::\n");
    assertThat(others(SELF)).isTrue();
    file("passwd", "dev:x:1000:1000:::\nsame:x:1000:1000:::\n");
    file("group", "dev:x:1000:same\n");
    assertThat(others(SELF)).as("a second name of the user").isFalse();
  }

  @ParameterizedTest
  @CsvSource({"files, false", "files sss, true", "files ldap, true", "compat, true"})
  void groupThatTheFilesDontKnow_mayHaveOthersWhereServersHaveNames(String sources, boolean others)
      throws IOException {
    assumeTrue(System.getProperty("os.name", "").equals("Linux"));
    file("group", "root:x:0:\n");
    file("nsswitch.conf", "# names\npasswd: files\ngroup: " + sources + "\n");
    assertThat(others(SELF)).isEqualTo(others);
    file("nsswitch.conf", "group: files\ninitgroups: " + sources + "\n");
    assertThat(others(SELF)).isEqualTo(others);
  }

  @Test
  void machineWithoutAccounts_hasNoOthers() throws IOException {
    assumeTrue(System.getProperty("os.name", "").equals("Linux"));
    for (String name : new String[] {"passwd", "group", "nsswitch.conf"}) {
      Files.delete(etc.resolve(name));
    }
    assertThat(others(SELF)).isFalse();
  }
}
