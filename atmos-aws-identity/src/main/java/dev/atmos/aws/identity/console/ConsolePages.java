package dev.atmos.aws.identity.console;

import dev.atmos.aws.identity.support.ConsoleDomain;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the web console by their names: those of atmos in Go, and the short ones of Granted.
 */
final class ConsolePages {
  /** Each name, with its path where that is another. */
  private static final String NAMES =
      """
      acm aos apigateway apigw=apigateway application-discovery=discovery appflow appstream=appstream2
      appsync athena backup batch bedrock billing budgets=billing/home#/budgets c9=cloud9 ce=cost-management
      cf=cloudfront cfn=cloudformation cloud9 cloudformation cloudfront cloudmap cloudsearch cloudtrail
      cloudwatch codeartifact=codesuite/codeartifact codebuild=codesuite/codebuild
      codecommit=codesuite/codecommit codedeploy=codesuite/codedeploy codepipeline=codesuite/codepipeline
      codesuite cognito comprehend config console controltower
      cost-explorer=cost-management/home#/cost-explorer ct=cloudtrail cw=cloudwatch dashboard=console
      datasync ddb=dynamodbv2 detective directconnect=directconnect/v2 directory=directoryservicev2
      dms=dms/v2 documentdb=docdb dx=directconnect/v2 dynamodb=dynamodbv2 eb=elasticbeanstalk
      ebs=elasticbeanstalk ec2 ecr ecs efs eks elasticache elasticbeanstalk elasticsearch=aos
      elb=ec2/home#LoadBalancers emr eventbridge=events events fargate=ecs forecast fsx gd=guardduty
      glacier globalaccelerator glue grafana greengrass guardduty home=console iam inspector
      iot-analytics=iotanalytics iot-core=iot iot-events=iotevents kendra keyspaces kinesis kms l=lambda
      lake-formation=lakeformation lambda lex license-manager lightsail macie memorydb
      migration-hub=migrationhub mq=amazon-mq msk mwaa neptune opensearch=aos opsworks organizations
      param=systems-manager/parameters personalize polly privatelink=vpc/home#Endpoints qldb quicksight
      r53=route53 ram rds redshift=redshiftv2 rekognition resource-groups route53 s3 sagemaker
      scrh=securityhub scrm=secretsmanager secretsmanager securityhub
      server-migration=servermigration serverless=lambda/home#/applications servicecatalog ses sfn=states
      shield sm=secretsmanager sns sqs ssm=systems-manager sso=singlesignon states step-functions=states
      stepfn=states systems-manager tag-editor=resource-groups/tag-editor textract timestream
      tra=trustedadvisor transcribe transfer transitgateway=vpc/home#TransitGateways translate
      trusted-advisor=trustedadvisor trustedadvisor vpc waf=wafv2 wafv2 well-architected=wellarchitected
      worklink workspaces xray
      """;

  /** Services that have no regions. */
  private static final Set<String> GLOBAL = Set.of("iam", "route53", "trustedadvisor");

  private ConsolePages() {}

  private static Map<String, String> paths() {
    Map<String, String> paths = new TreeMap<>();
    for (String each : NAMES.strip().split("\\s+", -1)) {
      int equals = each.indexOf('=');
      paths.put(equals < 0 ? each : each.substring(0, equals), each.substring(equals + 1));
    }
    return paths;
  }

  /** The names, sorted. */
  static List<String> names() {
    return List.copyOf(paths().keySet());
  }

  /** The address of a page. */
  static String address(@Nullable String destination, String region) {
    String wanted = destination == null ? "console" : destination;
    if (wanted.contains("://")) {
      return checked(wanted);
    }
    String path = paths().get(wanted.toLowerCase(Locale.ROOT));
    if (path == null) {
      List<String> nearest = NearestNames.of(wanted, names());
      throw new AtmosException(
          ExitCode.USAGE,
          "unknown page of the console " + DisplayNames.quoted(wanted),
          nearest.isEmpty()
              ? "name a service, such as ec2 or s3, or give an https:// address"
              : "did you mean " + DisplayNames.alternatives(nearest) + "?");
    }
    ConsoleDomain domain = ConsoleDomain.of(region);
    boolean global = GLOBAL.contains(path) && !domain.home().isEmpty();
    int hash = path.indexOf('#');
    String page = hash < 0 ? path + "/home" : path.substring(0, hash);
    return "https://"
        + domain.host("console", global ? domain.home() : region)
        + "/"
        + page
        + (global ? "" : "?region=" + region)
        + (hash < 0 ? "" : path.substring(hash));
  }

  private static String checked(String address) {
    try {
      URI uri = new URI(address);
      if ("https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // As any other address that can't be opened.
    }
    throw new AtmosException(
        ExitCode.USAGE, "the page must be an https:// address, or the name of a service");
  }
}
