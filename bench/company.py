"""An atmos.yaml as a company has it: as long, half of it `auth`, half of it what other commands read."""

LINES = 500


def tools():
    """What commands other than the token's read: half of the lines."""
    text = [
        "components:",
        "  terraform:",
        "    base_path: components/terraform",
        "    apply_auto_approve: false",
        "    deploy_run_init: true",
        "    init_run_reconfigure: true",
        "    auto_generate_backend_file: true",
        "  helmfile:",
        "    base_path: components/helmfile",
        "    use_eks: true",
        '    cluster_name_pattern: "{namespace}-{environment}-{stage}-eks-cluster"',
        "stacks:",
        "  base_path: stacks",
        "  included_paths:",
        '    - "orgs/**/*"',
        "  excluded_paths:",
        '    - "**/_defaults.yaml"',
        '    - "mixins/**/*"',
        '  name_pattern: "{tenant}-{environment}-{stage}"',
        "workflows:",
        "  base_path: stacks/workflows",
        "logs:",
        "  file: /dev/stderr",
        "  level: Warning",
        "settings:",
        "  list_merge_strategy: replace",
        "  terminal:",
        "    max_width: 120",
        "    pager: true",
        "commands:",
    ]
    for name in ("plan-all", "lint", "docs", "cost", "drift", "unlock", "bootstrap", "teardown",
                 "inventory", "rotate", "snapshot", "restore", "promote", "audit", "warm", "report"):
        text += [
            "  - name: %s" % name,
            '    description: "Runs %s for every component of a stack"' % name,
            "    arguments:",
            "      - name: stack",
            "        description: The stack's name",
            "    flags:",
            "      - name: tenant",
            "        shorthand: t",
            "        required: false",
            "    steps:",
            "      - >-",
            '        atmos workflow %s -f all --stack {{ .Arguments.stack }}' % name,
            "      - echo 'done with %s'" % name,
        ]
    return text


def providers(own=()):
    text = ["  logs:", "    level: Info", "  providers:"] + list(own)
    for number in range(4):
        text += [
            "    sso-%d:" % number,
            "      kind: aws/iam-identity-center",
            "      start_url: https://example-%d.awsapps.com/start" % number,
            "      region: us-east-1",
            "      session:",
            "        duration: 8h",
        ]
    return text


def teams(own, flow=False):
    """Those identities, and twenty more; in block style, or with flow mappings as people write them."""
    text = ["  identities:"] + own
    for number in range(20):
        stage = ("dev", "staging", "prod", "sandbox")[number % 4]
        role = "AdministratorAccess" if stage == "dev" else "ReadOnlyAccess"
        if flow:
            text += [
                "    team-%02d/%s:" % (number // 4, stage),
                "      kind: aws/permission-set",
                "      via: {provider: sso-%d}" % (number % 4),
                "      principal: {name: %s, account: {id: \"%012d\"}}" % (role, 100000000000 + number),
            ]
            continue
        text += [
            "    team-%02d/%s:" % (number // 4, stage),
            "      kind: aws/permission-set",
            "      via:",
            "        provider: sso-%d" % (number % 4),
            "      principal:",
            "        name: %s" % role,
            "        account:",
            '          id: "%012d"   # %s of team %d' % (100000000000 + number, stage, number // 4),
        ]
    return text


def clusters(room):
    """As many integrations as there is room for, and comments for the rest of the lines."""
    text = ["  integrations:"]
    number = 0
    while len(text) + 10 <= room:
        text += [
            "    eks-%02d:" % number,
            "      kind: aws/eks",
            "      via:",
            "        identity: team-%02d/dev" % (number % 5),
            "      spec:",
            "        auto_provision: true",
            "        cluster:",
            "          name: cluster-%02d" % number,
            "          region: us-east-2",
            "          alias: 'dev-%02d'" % number,
        ]
        number += 1
    while len(text) < room:
        text.append("# %d" % len(text))
    return text


def configuration(identities, own_providers=(), flow=False):
    """The whole of it, in lines, with these identities and providers among the others."""
    text = ["# How this organisation works with AWS.", 'base_path: "."']
    text += tools() + ["auth:"] + providers(own_providers)
    text += teams(identities, flow)
    return text + clusters(LINES - len(text))
