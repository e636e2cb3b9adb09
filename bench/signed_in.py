"""Identities of IAM Identity Center at the stand-in for AWS, and the sign-in to them."""

import os
import subprocess

from shared import fail

ACCOUNT = "111122223333"

# What one of these offers is good for an hour; what the other does, is too short-lived to be kept.
SCENE = {
    "identityCenters": [
        {"startUrl": "https://long.awsapps.com/start", "region": "us-east-1", "allowedBy": "ann",
         "allowedAfterPolls": 0,
         "assignments": [{"user": "ann", "account": ACCOUNT, "accountName": "a",
                          "roles": ["Developer"]}]},
        {"startUrl": "https://short.awsapps.com/start", "region": "us-east-1", "allowedBy": "ann",
         "allowedAfterPolls": 0, "roleCredentialSeconds": 120,
         "assignments": [{"user": "ann", "account": ACCOUNT, "accountName": "a",
                          "roles": ["Developer"]}]},
    ],
}

CONFIGURATION = """\
auth:
  providers:
    long:
      kind: aws/iam-identity-center
      start_url: https://long.awsapps.com/start
      region: us-east-1
    short:
      kind: aws/iam-identity-center
      start_url: https://short.awsapps.com/start
      region: us-east-1
  identities:
    dev:
      kind: aws/permission-set
      via:
        provider: long
      principal:
        name: Developer
        account:
          id: "%s"
    fleeting:
      kind: aws/permission-set
      via:
        provider: short
      principal:
        name: Developer
        account:
          id: "%s"
""" % (ACCOUNT, ACCOUNT)


def environment(home, url, directory):
    """No keyring of the user's, and the stand-in in place of AWS."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": home,
        "LANG": "C.UTF-8",
        "AWS_ENDPOINT_URL": url,
        "AWS_EC2_METADATA_DISABLED": "true",
        "ATMOS_CONFIG": os.path.join(directory, "atmos.yaml"),
        "ATMOS_KEYRING_TYPE": "plain",
    }


def run_once(command, variables):
    ended = subprocess.run(
        command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, check=False,
    )
    if ended.returncode != 0:
        fail("%s: %s" % (" ".join(command), ended.stderr.decode("utf-8", "replace").strip()))
    return ended.stdout


def sign_in(atmos, variables):
    """To both."""
    for identity in ("dev", "fleeting"):
        run_once([atmos, "auth", "login", identity, "--no-browser"], variables)
