"""What a service owes its operators, where it owes it, and what it runs into."""

from __future__ import annotations

import pytest

from checks import Outcome
from checks.derived.operations import _MEANS
from checks.derived.safeguards import CIRCUIT_BREAKER, RATE_LIMIT, REQUEST_SIZE, RETRY, SECURITY_HEADERS
from checks.facts.directives import VOCABULARY, Directives
from checks.facts.prometheus_rules import PrometheusRules, metrics_of
from tests.checks.verdicts import said

SERVICE = {
    "main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post('/orders')\nasync def order(request):\n    return await request.json()\n",
    "Dockerfile": 'FROM python:3.12-slim\nCMD ["uvicorn", "main:app"]\n',
}
GO_SERVICE = {
    "main.go": 'package main\n\nimport (\n\t"io"\n\t"net/http"\n)\n\nfunc main() {\n\thttp.HandleFunc("/orders", order)\n\thttp.ListenAndServe(":80", nil)\n}\n\n'
    "func order(w http.ResponseWriter, r *http.Request) { io.ReadAll(r.Body) }\n",
    "go.mod": "module shop\n",
    "Dockerfile": "FROM scratch\nCOPY . .\n",
}
CRATES = {
    "Cargo.toml": '[workspace]\nmembers = ["server", "routes"]\n',
    "server/Cargo.toml": '[package]\nname = "server"\n[dependencies]\nroutes = { path = "../routes" }\n',
    "server/src/main.rs": "use axum;\nuse routes::serve;\n\nfn main() { axum::serve(listener, app()) }\n",
    "routes/Cargo.toml": '[package]\nname = "routes"\n',
    "routes/src/lib.rs": "use prometheus::gather;\n\npub fn serve() { gather() }\n",
    "Dockerfile": "FROM debian\nCOPY . .\n",
}
NGINX = {
    "nginx.conf": "client_max_body_size 1m;\nlimit_req zone=a;\nadd_header X-Frame-Options DENY;\n# max_fails\n"
}
PUSH = {
    ".github/workflows/release.yml": "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {push: true}\n%s"
}
POD = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n"
COPIES = "on: push\njobs:\n  a:\n    if: github.repository != 'shop/shop'\n    steps: [{run: make deploy}]\n"
APPLY = "      - run: kubectl apply -f k8s\n"
CHART = "      - run: helm push shop-1.0.0.tgz oci://ghcr.io/shop/charts\n"
ENVIRONMENT = "import os\n" + "".join(f'A{n} = os.environ["A{n}"]\n' for n in range(13))
DEFAULTED = "import os\n" + "".join(f'A{n} = os.environ.get("A{n}", "")\n' for n in range(13))
USAGE = '\n\nclass Usage:\n    total: int\n    prompt_tokens: int\n    completion_tokens: int\n\n\nx = Counter("shop_orders_total", "Orders")\n'
LIMITER = "\n\nclass RateLimiter:\n    pass\n\n\nx = Counter('shop_orders_total', 'Orders')\n"
RULE = "groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: %s\n      - record: a:b_c\n        expr: up\n      - {record: x}\n"
COUNTER = {
    "a.py": 'from prometheus_client import Counter\n\nA = Counter("shop_orders", "x")\nB = counter(name, "Text of it")\nprint("x")\n'
}


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param("no-rate-limiting", {**SERVICE, **NGINX}, Outcome.PASSED, id="limited by the proxy"),
        pytest.param("no-security-headers", {**SERVICE, **NGINX}, Outcome.PASSED, id="headers of the proxy"),
        pytest.param(
            "request-size-unlimited", {**SERVICE, **NGINX}, Outcome.PASSED, id="size limited by the proxy"
        ),
        pytest.param("request-size-unlimited", GO_SERVICE, ["service"], id="Go reads a body"),
        pytest.param(
            "no-circuit-breaker",
            {**SERVICE, "envoy.yaml": "outlierDetection: {}\n"},
            Outcome.PASSED,
            id="broken by the mesh",
        ),
        pytest.param(
            "no-alert-rules",
            {**SERVICE, **{k: v % "" for k, v in PUSH.items()}},
            Outcome.NOT_APPLICABLE,
            id="published for others",
        ),
        pytest.param(
            "no-alert-rules",
            {**SERVICE, **{k: v % APPLY for k, v in PUSH.items()}},
            ["alert rules"],
            id="published and deployed",
        ),
        pytest.param(
            "no-runbook",
            {**SERVICE, **{k: v % "" for k, v in PUSH.items()}},
            Outcome.NOT_APPLICABLE,
            id="published: others write how they run it",
        ),
        pytest.param(
            "no-alert-rules",
            {**SERVICE, "distribution/kubernetes/a.yaml": POD, **{k: v % "" for k, v in PUSH.items()}},
            Outcome.NOT_APPLICABLE,
            id="published with manifests",
        ),
        pytest.param(
            "no-alert-rules",
            {**SERVICE, "k8s/a.yaml": POD, **{k: v % "" for k, v in PUSH.items()}},
            ["alert rules"],
            id="published, and run from manifests",
        ),
        pytest.param(
            "no-alert-rules",
            {**SERVICE, "k8s/a.yaml": POD, **{k: v % CHART for k, v in PUSH.items()}},
            Outcome.NOT_APPLICABLE,
            id="published with its chart: what others install",
        ),
        pytest.param(
            "no-runbook", {**SERVICE, "cookiecutter.json": "{}"}, Outcome.NOT_APPLICABLE, id="a template"
        ),
        pytest.param(
            "no-runbook",
            {**SERVICE, ".github/workflows/deploy.yml": COPIES},
            Outcome.NOT_APPLICABLE,
            id="deployed from copies only",
        ),
        pytest.param(
            "no-runbook",
            {**SERVICE, ".github/workflows/deploy.yml": COPIES.replace("!=", "==")},
            ["runbook"],
            id="deployed from here only",
        ),
        pytest.param(
            "no-runbook",
            {**SERVICE, ".github/workflows/sync.yml": COPIES},
            ["runbook"],
            id="copies are synchronised",
        ),
        pytest.param(
            "no-alert-rules",
            {**SERVICE, "fly.toml": "app = 'a'\n", **{k: v % "" for k, v in PUSH.items()}},
            ["alert rules"],
            id="runs at Fly",
        ),
        pytest.param(
            "no-alert-rules",
            {**SERVICE, "tests/alerts.yml": "alert: x\n"},
            ["alert rules"],
            id="a test's rules watch nothing",
        ),
        pytest.param(
            "no-dashboards",
            {**SERVICE, "docs/grafana-dashboard.json": "{}"},
            Outcome.PASSED,
            id="by its name",
        ),
        pytest.param(
            "no-config-validation",
            {**SERVICE, "main.py": ENVIRONMENT + SERVICE["main.py"]},
            ["service"],
            id="settings read one by one",
        ),
        pytest.param(
            "no-config-validation",
            {**SERVICE, "main.py": DEFAULTED + SERVICE["main.py"]},
            Outcome.PASSED,
            id="settings with defaults are never missing",
        ),
        pytest.param(
            "alert-references-unknown-metric",
            {
                "rules.yml": RULE % "rate(shop_payments_total[5m]) > 1 and a:b_c > 1",
                **COUNTER,
                "tests/b.py": "x = 1\n",
            },
            ["A: shop_payments_total"],
            id="own prefix, recorded names known",
        ),
        pytest.param(
            "no-log-rotation",
            {
                "audit.py": 'class AuditLog:\n    def write(self, event):\n        print(event)\n        print("again")\n\n\ndef audit():\n    print("x")\n',
                "handler.py": 'import logging\n\na = logging.FileHandler("x", mode="w")\nb = logging.FileHandler("w")\n',
                "compose.override.yml": "services: {a: {build: .}}\n",
                "other.go": 'package a\n\nimport "os"\n\nfunc f() { os.OpenFile("data", os.O_APPEND, 0600) }\n',
            },
            ["AuditLog"],
            id="printed audit events",
        ),
        pytest.param(
            "no-log-rotation",
            {"compose.yml": "services:\n" + "".join(f"  s{n}:\n    build: .\n" for n in range(6))},
            ["container logs"],
            id="many containers",
        ),
        pytest.param(
            "no-log-rotation",
            {"compose.yml": "services: {a: {image: b}}\n"},
            Outcome.NOT_APPLICABLE,
            id="nothing lasting",
        ),
        pytest.param(
            "no-log-rotation",
            {"a.rs": 'fn main() {}\n#[cfg(test)]\nmod tests {\n    fn f() { println!("x"); }\n}\n'},
            Outcome.NOT_APPLICABLE,
            id="a test prints",
        ),
        pytest.param("no-metrics", CRATES, Outcome.PASSED, id="metrics in a crate that the server uses"),
        pytest.param(
            "no-metrics",
            {**CRATES, "server/Cargo.toml": '[package]\nname = "server"\n[dev-dependencies]\nroutes = "1"\n'},
            ["server"],
            id="metrics in a crate that it doesn't use",
        ),
        pytest.param(
            "no-metrics",
            {
                **CRATES,
                "server/src/main.rs": "#[cfg(test)]\nmod tests {\n" + CRATES["server/src/main.rs"] + "}\n",
            },
            Outcome.NOT_APPLICABLE,
            id="a server that only tests start",
        ),
        pytest.param(
            "no-metrics",
            {**SERVICE, "main.py": "import prometheus_client\n" + SERVICE["main.py"] + USAGE},
            ["model tokens"],
            id="tokens that no metric adds up",
        ),
        pytest.param(
            "no-metrics",
            {
                **SERVICE,
                "main.py": "import prometheus_client\n"
                + SERVICE["main.py"]
                + USAGE.replace("orders", "tokens"),
            },
            Outcome.PASSED,
            id="tokens that a metric adds up",
        ),
        pytest.param(
            "no-metrics",
            {
                **SERVICE,
                "main.py": "import prometheus_client\n"
                + SERVICE["main.py"]
                + USAGE.replace("total", "cost", 1),
            },
            Outcome.PASSED,
            id="tokens with what they cost",
        ),
        pytest.param(
            "no-metrics",
            {**SERVICE, "main.py": "import prometheus_client\n" + SERVICE["main.py"] + LIMITER},
            ["rate limiter"],
            id="a limiter that no metric tells of",
        ),
        pytest.param(
            "no-metrics",
            {
                **SERVICE,
                "main.py": "import prometheus_client\n"
                + SERVICE["main.py"]
                + LIMITER.replace("class ", "class Noop"),
            },
            Outcome.PASSED,
            id="a limiter that limits nothing",
        ),
        pytest.param(
            "no-metrics",
            {
                **SERVICE,
                "main.py": SERVICE["main.py"]
                + LIMITER.replace("shop_orders", "shop_limited").replace(
                    "x =", "import prometheus_client\nx ="
                ),
            },
            Outcome.PASSED,
            id="a limiter with a metric",
        ),
        pytest.param(
            "no-secret-manager",
            {
                **SERVICE,
                "tests/x.py": "import hvac\n",
                "deploy.py": 'from google.cloud import secretmanager\n\nrun("--set-secrets=A=a")\n',
            },
            Outcome.PASSED,
            id="secrets from a manager, in code",
        ),
        pytest.param(
            "readiness-probe-checks-nothing",
            {"main.go": "package main\n\nfunc main() { m.AddCheck(x.DatabaseCheck(pool)) }\n"},
            Outcome.PASSED,
            id="a check of the database",
        ),
        pytest.param(
            "webhook-signature-not-verified", SERVICE, Outcome.NOT_APPLICABLE, id="a service without webhooks"
        ),
        pytest.param(
            "readiness-probe-checks-nothing",
            {
                "main.go": 'package main\n\nfunc main() { m.AddReadyzCheck("readyz", healthz.Ping); m.AddCheck(x.NoopCheck()) }\n'
            },
            Outcome.PASSED,
            id="a check that isn't here may look",
        ),
        pytest.param(
            "readiness-probe-checks-nothing",
            {"main.go": 'package main\n\nfunc main() { m.AddReadyzCheck("readyz", healthz.Ping) }\n'},
            ["registered checks"],
            id="a ping that is known to look at nothing",
        ),
        pytest.param(
            "readiness-probe-checks-nothing",
            {
                "a.py": "def readiness(request: Request):\n    return {'status': 'ok'}\n\n\ndef ready(x: int):\n    return 1\n"
            },
            ["readiness"],
            id="a handler by its name",
        ),
        pytest.param(
            "no-backup-procedure",
            {
                "k8s/db.yaml": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: db, image: 'postgres:17'}\n        - {name: other, image: web}\n",
                "compose.yml": "services:\n  db: {image: 'mysql:8'}\n  web: {image: web}\n",
                "compose.dev.yml": "services:\n  db: {image: 'mysql:8'}\n",
            },
            ["db"],
            id="manifests and compose files",
        ),
        pytest.param(
            "no-backup-procedure",
            {"compose.yml": "services:\n  db: {image: 'mysql:8'}\n", "backup.sh": "mysqldump\n"},
            Outcome.PASSED,
            id="a script",
        ),
        pytest.param(
            "no-backup-procedure",
            {"compose.yml": "services:\n  cache: {image: 'redis:8'}\n  db: {image: 'mysql:8'}\n"},
            ["db"],
            id="a cache in memory",
        ),
        pytest.param(
            "no-backup-procedure",
            {"compose.yml": "services:\n  cache: {image: 'redis:8', volumes: ['data:/data']}\n"},
            ["cache"],
            id="a cache that is kept",
        ),
    ],
)
def test_check(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    """Subjects of the gaps, or the outcome."""
    assert said(check, files) == expected


def test_a_health_check_is_started_until_it_succeeds() -> None:
    call = "import httpx\n\n\ndef check():\n    return httpx.get('https://shop.example.com')\n"
    files = {**SERVICE, "main.py": "import %s\n" + SERVICE["main.py"]}
    for name, expected in (("probe", ["service"]), ("healthcheck", Outcome.PASSED)):
        tree = {**files, "main.py": files["main.py"] % name, f"{name}.py": call}
        assert said("no-retry-on-outbound-call", tree) == expected


def test_every_directive_is_in_the_vocabulary() -> None:
    """A word outside it would never be found."""
    safeguards = (RATE_LIMIT, SECURITY_HEADERS, REQUEST_SIZE, RETRY, CIRCUIT_BREAKER)
    asked = {word for one in safeguards for word in one.directives} | {
        w for words, _ in _MEANS.values() for w in words.split()
    }
    assert asked <= VOCABULARY, sorted(asked - VOCABULARY)


def test_large_texts_are_data() -> None:
    """Only a dashboard may be that large."""
    assert Directives.extract("limit_req;\n" * 50_000).found == ()
    assert [one.word for one in Directives.extract('"panels": []\n' * 40_000).found] == ['"panels"']


def test_rules_of_templates_and_metrics_of_expressions() -> None:
    """A template's rules can't be read; functions, labels and keywords are no metrics."""
    assert PrometheusRules.extract("groups:\n  - rules:\n      - expr: {{ .x }}\n").rules == ()
    assert metrics_of('sum by (a_b) (rate(x_total{y_z="w_v"}[5m])) / on (c_d) up_time offset 5m') == (
        "x_total",
        "up_time",
    )
