package dev.atmos.aws.eks.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalTest {

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:user/dev, arn:aws:iam::111122223333:user/dev, true",
    "arn:aws:iam::111122223333:user/dev, arn:aws:iam::111122223333:role/dev, false",
    "arn:aws:sts::111122223333:assumed-role/Dev/ann, arn:aws:iam::111122223333:role/Dev, true",
    "arn:aws:sts::111122223333:assumed-role/Dev/ann, arn:aws:iam::111122223333:role/a/Dev, true",
    "arn:aws:sts::111122223333:assumed-role/Dev/ann, arn:aws:iam::444455556666:role/Dev, false",
    "arn:aws:sts::111122223333:assumed-role/Dev/ann, arn:aws:iam::111122223333:role/XDev, false",
    "arn:aws-cn:sts::111122223333:assumed-role/Dev/x, arn:aws-cn:iam::111122223333:role/Dev, true"
  })
  void principal_ofACaller_isThatOfItsAccessEntry(String caller, String entry, boolean same) {
    assertThat(Principal.of(caller).isOf(entry)).isEqualTo(same);
  }

  @Test
  void word_ofARoleOfTheIdentityCenter_asksForItsPath() {
    Principal role = Principal.of("arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_A_1/ann");

    assertThat(role.word())
        .isEqualTo(
            "\"$(aws iam get-role --role-name AWSReservedSSO_A_1 --query Role.Arn --output"
                + " text)\"");
  }
}
