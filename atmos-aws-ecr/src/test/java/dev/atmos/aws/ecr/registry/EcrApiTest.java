package dev.atmos.aws.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.endpoints.EcrEndpointProvider;

class EcrApiTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "us-east-1",
        "us-west-2",
        "eu-central-1",
        "ap-southeast-7",
        "us-gov-west-1",
        "cn-north-1",
        "eusc-de-east-1",
        "us-iso-east-1",
        "us-isob-east-1"
      })
  void host_ofAnyRegion_isTheOneOfTheSdk(String region) {
    for (boolean fips : new boolean[] {false, true}) {
      for (boolean dualStack : new boolean[] {false, true}) {
        String theirs;
        try {
          theirs =
              EcrEndpointProvider.defaultProvider()
                  .resolveEndpoint(endpoint ->
                      endpoint.region(Region.of(region)).useFips(fips).useDualStack(dualStack))
                  .join()
                  .endpointUrl()
                  .host();
        } catch (CompletionException | SdkClientException e) {
          // There is no such host in that partition.
          continue;
        }
        assertThat(EcrApi.host("ecr", region, fips, dualStack))
            .as(region + " " + fips + " " + dualStack)
            .isEqualTo(theirs);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, api.ecr-public.us-east-1.amazonaws.com",
    "true, ecr-public.us-east-1.api.aws"
  })
  void host_ofThePublicRegistry_isInItsRegion(boolean dualStack, String host) {
    assertThat(EcrApi.host("ecr-public", "us-east-1", false, dualStack)).isEqualTo(host);
  }
}
