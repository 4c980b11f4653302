"""Source code beyond the pages' examples: what else opens a hole, and what only looks as if it did."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from checks.derived.credentials import kind_of_credential
from checks.facts.source import StringLiteral
from checks.facts.token_formats import checksum
from tests.checks.verdicts import result_of, said

GO_CORS = 'package web\n\nimport "github.com/rs/cors"\n\nfunc handler() { cors.AllowAll() }\n'
EXPRESS = 'const cors = require("cors");\napp.use(cors(%s));\n'
FLASK = "from flask import Flask\n\napp = Flask(__name__)\napp.run(debug=True)\n"
RUST_UNVERIFIED = "fn client(mut b: Builder) -> Client {\n    #[cfg(CONDITION)]\n    if proxied() { b = b.proxy(proxy()).danger_accept_invalid_certs(true); }\n    b.build()\n}\n"
UNVERIFIED = "import ssl\n\nCONTEXT = ssl._create_unverified_context()\n"
SQL = "def find(database, name):\n    return database.execute(f%s)\n"
GO_SQL = 'package store\n\nimport "fmt"\n\nfunc find(name string) string { return fmt.Sprintf("%s", name) }\n'


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param(
            "cors-allows-any-origin",
            {"web/cors.go": GO_CORS},
            ["handler: cors.AllowAll"],
            id="a call whose defaults let everybody in",
        ),
        pytest.param(
            "cors-allows-any-origin",
            {"web/cors.go": GO_CORS.replace("github.com/rs/cors", "shop/cors")},
            ["handler: cors.AllowAll"],
            id="the framework may be wrapped in a package of its name",
        ),
        pytest.param(
            "cors-allows-any-origin",
            {"web/app.js": EXPRESS % '{ origin: "https://shop.example" }'},
            Outcome.PASSED,
            id="one origin",
        ),
        pytest.param(
            "cors-allows-any-origin",
            {"web/app.js": EXPRESS % '{ origin: "*" }'},
            ["module: cors"],
            id="every origin",
        ),
        pytest.param(
            "debug-server-entrypoint", {"run_dev.py": FLASK}, Outcome.PASSED, id="a developer's script"
        ),
        pytest.param("debug-server-entrypoint", {"run.py": FLASK}, ["app.run debug"], id="the entry point"),
        pytest.param(
            "debug-server-entrypoint",
            {
                "app.py": "",
                "Dockerfile": "FROM x\nCMD uvicorn app:app --reload\n",
                "web/Dockerfile": "FROM x\nCMD uvicorn app:app && echo --reload\n",
                "Dockerfile.dev": "FROM x\nCMD flask --app app run --debug\n",
                "examples/Dockerfile": "FROM x\nCMD fastapi dev app.py\n",
            },
            ["reload"],
            id="the image of production reloads",
        ),
        pytest.param(
            "sql-built-from-strings",
            {"store.py": SQL % "'Hello, {name}'"},
            Outcome.PASSED,
            id="text that is no statement",
        ),
        pytest.param(
            "sql-built-from-strings",
            {"store.go": GO_SQL % "SELECT * FROM users WHERE name = '"},
            ["find: SELECT * FROM"],
            id="a statement that ends where a value is put behind it",
        ),
        pytest.param(
            "tls-verification-disabled",
            {"api.py": UNVERIFIED},
            ["module: ssl._create_unverified_context"],
            id="a context that checks nothing",
        ),
        pytest.param(
            "tls-verification-disabled",
            {"api.py": UNVERIFIED + "SKIP = settings.skip_tls_verify\n"},
            Outcome.PASSED,
            id="a person's choice",
        ),
        pytest.param(
            "tls-verification-disabled",
            {"api.rs": RUST_UNVERIFIED.replace("CONDITION", 'feature = "e2e-tests"')},
            Outcome.PASSED,
            id="what only tests compile",
        ),
        pytest.param(
            "tls-verification-disabled",
            {"api.rs": RUST_UNVERIFIED.replace("CONDITION", 'feature = "latest"')},
            ["client: danger_accept_invalid_certs"],
            id="another feature",
        ),
    ],
)
def test_source(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(check, files) == expected


BODY = "a8Kd0Zq3Lm5Xw7Rt9Yb2Nc4Vf6Hj1G"
TOKEN = f"ghp_{BODY}{checksum(BODY)}"  # put together here: no such token was ever made


@pytest.mark.parametrize(
    ("literal", "kind"),
    [
        (TOKEN, "a GitHub token"),
        (TOKEN + "EXAMPLE", None),
        ("ghp_" + "a" * 36, None),
        ("postgres://shop:k3Yw9zQ@database.internal/shop", "a URL with a password"),
        ("postgres://shop:password@database.internal/shop", None),
        ("postgres://shop:k3Yw9zQ@localhost/shop", None),
        ("a sentence", None),
    ],
)
def test_what_a_literal_looks_like(literal: str, kind: str | None) -> None:
    assert kind_of_credential(StringLiteral(literal, 1)) == kind


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ('response.setHeader("Access-Control-Allow-Origin", "*");\n', Severity.LOW),
        ('response.setHeader("Access-Control-Allow-Origin", "*");\nresponse.setHeader("Access-Control-Allow-Credentials", "true");\n', Severity.MEDIUM),
        (EXPRESS % "", Severity.MEDIUM),
    ],
)  # fmt: skip
def test_one_answer_open_to_all_origins(code: str, severity: Severity) -> None:
    code += (
        "app.use(cors());\n" if "app.use(cors())" in code else ""
    )  # a second way in is opened by the same decision
    (gap,) = result_of("cors-allows-any-origin", {"src/app.js": code}).gaps
    assert gap.severity is severity
