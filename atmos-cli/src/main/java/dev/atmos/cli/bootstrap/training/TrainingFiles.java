package dev.atmos.cli.bootstrap.training;

/** The files that the runs of a training read. */
public final class TrainingFiles {
  /** A configuration of each kind that tokens need. */
  public static final String CONFIGURATION =
      """
      # An example.
      base_path: "."
      logs:
        level: Info
      settings:
        note: >-
          for the
          training
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://corp.awsapps.com/start
            region: us-east-1
        identities:
          dev:
            kind: aws/user
            default: true
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env AWS_SECRET_ACCESS_KEY
              region: 'us-east-1'
          ops:
            kind: aws/user
            alias: o
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env AWS_SECRET_ACCESS_KEY
              mfa_arn: arn:aws:iam::123456789012:mfa/ops
          here:
            kind: aws/ambient
          sso:
            kind: aws/permission-set
            via: {provider: corp}
            principal:
              name: Admin
              account: {id: "123456789012"}
          far:
            kind: aws/assume-role
            via: {identity: sso}
            principal:
              assume_role: arn:aws:iam::123456789012:role/far
              region: us-east-2
        integrations:
          dev/eks:
            kind: aws/eks
            via: {identity: dev}
            spec:
              auto_provision: true
              cluster: {name: demo, region: us-east-2, tags: [a, "b"]}
      """;

  /** Imports a file, a directory and what a pattern finds. */
  public static final String ROOT =
      """
      base_path: "."
      import:
        - config/file.yaml
        - config/directory
        - config/*/*.yaml
      """;

  /** A configuration of one identity. */
  public static final String IDENTITY =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            default: true
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env AWS_SECRET_ACCESS_KEY
      """;

  /**
   * A kubeconfig that the AWS CLI has written, with a context of ours beside; for {@code formatted}
   * with the path of the configuration.
   */
  public static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: arn:aws:eks:us-east-2:111122223333:cluster/demo
      clusters:
      - cluster:
          server: https://demo.example
        name: arn:aws:eks:us-east-2:111122223333:cluster/demo
      contexts:
      - context:
          cluster: arn:aws:eks:us-east-2:111122223333:cluster/demo
          user: arn:aws:eks:us-east-2:111122223333:cluster/demo
        name: arn:aws:eks:us-east-2:111122223333:cluster/demo
      - context:
          cluster: arn:aws:eks:us-east-2:111122223333:cluster/demo
          user: atmos-eks-sso
        name: demo
      users:
      - name: atmos-eks-sso
        user:
          exec:
            apiVersion: client.authentication.k8s.io/v1beta1
            command: atmos
            args: [aws, eks, token, --cluster-name, demo, --region, us-east-2, --identity, sso]
            env:
            - name: ATMOS_CONFIG
              value: %s
            interactiveMode: Never
      - name: arn:aws:eks:us-east-2:111122223333:cluster/demo
        user:
          exec:
            apiVersion: client.authentication.k8s.io/v1beta1
            command: aws
            args: [eks, get-token, --cluster-name, demo]
      """;

  /** Live credentials, as atmos keeps them. */
  public static final String ROLE_CREDENTIALS =
      """
      ; atmos: expiration=2999-01-01T00:00:00Z
      [sso]
      aws_access_key_id = ASIAEXAMPLE
      aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
      aws_session_token = AQoDYXdzEPT//////////wEXAMPLE==
      """;

  private TrainingFiles() {}
}
