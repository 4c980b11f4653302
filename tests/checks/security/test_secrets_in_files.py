"""Secrets in files, defaults and addresses, beyond the pages' examples."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from checks.derived.security.external_endpoints import endpoint_in
from checks.facts.configuration_text import ConfigurationText
from checks.facts.secret_file import SecretFile
from checks.facts.secret_text import is_random
from checks.facts.token_formats import checksum, entropy, shaped_like
from tests.checks.verdicts import result_of, said

RANDOM = "q8Zr2mKx91LpTv7wYb3N"
BODY = "a8Kd0Zq3Lm5Xw7Rt9Yb2Nc4Vf6Hj1G"
COMPOSE = "services:\n  db:\n    image: %s\n    ports: [%s]\n    environment:\n      DB_PASSWORD: %s\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("key = value # why\n", [], id="a key nobody asks for"),
        pytest.param("password = 'a b'\n", [("password", "a b")], id="quotes"),
        pytest.param("password = 'open\n", [("password", "open")], id="an open quote"),
        pytest.param("password = ,\n", [], id="nothing but a comma"),
        pytest.param("allowed_paths = [\n  '/a',\n]\n", [("allowed_paths", "/a")], id="a list over lines"),
        pytest.param("allow:\n  - /a\n", [("allow", "/a")], id="a YAML list"),
        pytest.param("- name: TOKEN\n  value: x\n", [("TOKEN", "x")], id="a manifest's pair"),
        pytest.param("[auth]\ntoken: x // y\n", [("token", "x")], id="a section"),
        pytest.param("token = " + "x" * 2_000 + "\n# token = y\n", [], id="too long, and a comment"),
        pytest.param("token = x\n" * 30_000, [], id="a text that is data"),
        pytest.param("token = x\n" * 3_000, [("token", "x")] * 2_000, id="as many as are kept"),
        pytest.param("environment:\n  - TOKEN=x\n", [("TOKEN", "x")], id="a variable in a list"),
        pytest.param("some prose\n", [], id="no setting"),
    ],
)
def test_settings(text: str, expected: list[tuple[str, str]]) -> None:
    """Keys and values of every format."""
    assert [(one.key, one.value) for one in ConfigurationText.extract(text).settings] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '{"private_key": "-----BEGIN PRIVATE KEY-----"}',
            "the key of a service account",
            id="service account",
        ),
        pytest.param("    client-key-data: " + "Ab3" * 20, "access to a cluster", id="kubeconfig"),
        pytest.param(f"machine x login y password {RANDOM}", "a login", id="netrc"),
        pytest.param(f"https://me:{RANDOM}@github.com", "a login", id="git credentials"),
        pytest.param(f"GH=ghp_{BODY}{checksum(BODY)}", "a GitHub token", id="a known shape"),
        pytest.param(f"API_TOKEN={RANDOM}", "a credential", id="a random value"),
        pytest.param("API_TOKEN=changeme", None, id="a placeholder"),
        pytest.param(f"PUBLIC_KEY={RANDOM}", None, id="a public value"),
        pytest.param("machine x login y password changeme", None, id="no random login"),
    ],
)
def test_held_secrets(text: str, expected: str | None) -> None:
    """What a secret file holds, and that the value is not kept."""
    held = SecretFile.extract(text).held
    assert [one.what for one in held] == ([expected] if expected else [])
    assert RANDOM not in repr(held)


def test_shapes() -> None:
    """A known format counts only with a random rest; an example never does."""
    assert shaped_like("AKIAQ3EGPZKBMV7WX2TR") == "an AWS access key"
    assert shaped_like("AKIAAAAAAAAAAAAAAAAA") is None
    assert shaped_like("AKIAIOSFODNN7EXAMPLE") is None
    assert not is_random("short")
    assert entropy("") == 0.0


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("https://crazy-otter.ngrok.io/v1", "crazy-otter.ngrok.io"),
        ("https://your-subdomain.ngrok.io", None),
        ("http://192.168.1.9:80/", "192.168.1.9"),
        ("http://34.120.7.9/", "34.120.7.9"),
        ("http://8.8.8.8", None),
        ("http://127.0.0.1", None),
        ("http://192.0.2.7", None),
        ("http://240.1.2.3/", None),
        ("http://999.1.1.1/", None),
        ("text", None),
    ],
)
def test_endpoints(value: str, found: str | None) -> None:
    """Tunnels, private and bare addresses; documentation's and one's own machine are none."""
    known = endpoint_in(value)
    assert (known[0] if known else None) == found


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param(
            "hardcoded-external-endpoint",
            {
                "tests/config/a.toml": 'endpoint = "http://34.120.7.9/"\nother = "http://10.0.0.9/"\n',
                "app.toml": 'cors_origin = "https://crazy-otter.ngrok.io"\n',
            },
            ["10.0.0.9"],
            id="a test's private address; an origin is no destination",
        ),
        pytest.param(
            "hardcoded-external-endpoint",
            {
                "src/config.rs": 'struct Config {\n    #[configurable(examples = "http://10.0.0.9/")]\n    url: String,\n}\n'
            },
            Outcome.PASSED,
            id="an attribute documents",
        ),
        pytest.param(
            "hardcoded-external-endpoint",
            {
                "app.py": 'CORS_ORIGIN = "http://10.0.0.9/"\nTEXT = "see https://x y"\nAPI = "https://api.github.com/"\n'
            },
            Outcome.PASSED,
            id="code that names none",
        ),
        pytest.param(
            "secret-file-committed",
            {"deploy/release.jks": b"binary", ".env": "A=b\n"},
            ["secrets"],
            id="a key store without text",
        ),
        pytest.param(
            "secret-file-committed",
            {"certs/localhost.key": "-----BEGIN PRIVATE KEY-----\n", ".env": "A=b\n"},
            Outcome.PASSED,
            id="a developer's own machine",
        ),
        pytest.param(
            "insecure-default-secret",
            {
                "app.py": 'import os\n\nA = os.getenv("TOKEN_URL", "x")\nB = os.getenv("JWT_SECRET")\nC = os.getenv("JWT_SECRET", read())\n'
            },
            Outcome.PASSED,
            id="no secret, no default, no literal",
        ),
        pytest.param(
            "default-credential-in-config",
            {
                "compose.yml": COMPOSE % ("postgres:17", '"5432:5432"', "postgres"),
                "compose.dev.yml": COMPOSE % ("postgres:17", '"5432:5432"', "postgres"),
            },
            ["db: DB_PASSWORD"],
            id="the shipped file, not the developer's",
        ),
        pytest.param(
            "default-credential-in-config",
            {
                "compose.yml": "services:\n  a:\n    environment:\n      A_URL: postgres://u:postgres@db/a\n      A_NAME: ${A:-b}\n      B: c\n"
            },
            ["a: A_URL"],
            id="a URL's password",
        ),
        pytest.param(
            "default-credential-in-config",
            {
                "app.toml": 'secret_key = "changethis"\nadmin_password = "admin"\n',
                "k8s/secret.yaml": "apiVersion: v1\nkind: Secret\nstringData:\n  password: changeme\n",
                "app.py": 'if SECRET == "changethis":\n    raise SystemExit\n',
            },
            ["admin_password"],
            id="what code refuses, and a manifest's",
        ),
        pytest.param(
            "hardcoded-credential",
            {
                "compose.yml": COMPOSE % ("postgres:17", '"5432:5432"', "orders-2024")
                + "      OTHER_PASSWORD: orders-2024\n"
            },
            ["db: DB_PASSWORD"],
            id="one value is one secret",
        ),
        pytest.param(
            "hardcoded-credential",
            {"compose.yml": COMPOSE % ("postgres:17", "", "postgres")},
            Outcome.PASSED,
            id="a default is the other check's",
        ),
        pytest.param(
            "default-credential-in-config",
            {"compose.yml": COMPOSE % ("postgres:17", "", "orders-2024")},
            Outcome.PASSED,
            id="no default",
        ),
        pytest.param(
            "hardcoded-external-endpoint",
            {
                "app.ts": 'const origins = process.env.NODE_ENV === "development"\n  ? ["https://crazy-otter.ngrok.io"]\n  : [];\n'
            },
            ["crazy-otter.ngrok.io"],
            id="a developer's tunnel",
        ),
        pytest.param(
            "insecure-default-secret",
            {
                "app.py": 'import os\n\nA = os.getenv("SMTP_PASSWORD", "password")\n\nclass Settings(BaseSettings):\n    mail_password: str = "password"\n'
            },
            Outcome.PASSED,
            id="what is shown to a mail server lets nobody in",
        ),
        pytest.param(
            "insecure-default-secret",
            {"app.py": 'class Settings(BaseSettings):\n    name: str = "admin"\n    token_count: int = 3\n'},
            Outcome.PASSED,
            id="settings that are no secrets",
        ),
        pytest.param(
            "hardcoded-credential",
            {"app.ts": 'const OnePassword = "bada5566-a7aa-401f-bd96-45619a55120d";\n'},
            Outcome.PASSED,
            id="a vendor's name",
        ),
        pytest.param(
            "secret-file-committed",
            {"deploy/release.jks": b"\xfe\xed\xfe\xed"},
            ["secrets"],
            id="a key store alone",
        ),
        pytest.param(
            "secret-file-committed",
            {"tests/server.p12": b"\x30\x82"},
            Outcome.PASSED,
            id="a test's key store",
        ),
    ],
)
def test_check(check: str, files: dict[str, str | bytes], expected: list[str] | Outcome) -> None:
    """Subjects of the gaps, or the outcome."""
    assert said(check, files) == expected


WORKFLOW = "on: {push: {tags: ['v*']}}\njobs:\n  release:\n    steps:\n      - run: |\n          make\n          cp app.toml dist/app.toml.example\n      - uses: x/y@v1\n"


def test_a_release_packs_a_developers_configuration() -> None:
    """The file that it names holds somebody's own address."""
    files = {
        ".github/workflows/release.yml": WORKFLOW,
        "app.toml": 'endpoint = "https://crazy-otter.ngrok.io"\n',
    }
    (gap,) = result_of("default-credential-in-config", files).gaps
    assert gap.gap.subject == "app.toml"
    files["app.toml"] = 'endpoint = "http://localhost:1"\n'
    assert said("default-credential-in-config", files) == Outcome.PASSED


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("a.py", 'client = OpenAIClient(api_key="your-api-key-here")\n', ["module: OpenAIClient"], id="a client"),
        pytest.param("a.py", 'client = OpenAIClient(api_key="not-needed")\n', Outcome.PASSED, id="a server that asks for none"),
        pytest.param("a.py", 'if key == "your-api-key-here" or log("your-api-key-here"): fail()\n', Outcome.PASSED, id="only said"),
        pytest.param("a.go", 'package a\n\nfunc getAPIKey() string { return "xai-api-key-placeholder" }\n', ["getAPIKey"], id="handed out"),
        pytest.param("a.go", 'package a\n\nfunc hint() string { return "xai-api-key-placeholder" }\n', Outcome.PASSED, id="a hint"),
        pytest.param("a.rs", '#[cfg(test)]\nmod tests { fn a() { Client::new("your-api-key-here"); } }\n', Outcome.PASSED, id="in a test"),
    ],
)  # fmt: skip
def test_what_stands_in_for_a_key(path: str, text: str, expected: list[str] | Outcome) -> None:
    """A placeholder is no secret, and what is made with it can't work."""
    assert said("hardcoded-credential", {path: text}) == expected


def test_a_tunnel_of_developers_alone_weighs_less() -> None:
    text = 'const host = dev === "development" ? "https://crazy-otter.ngrok.io" : "";\n'
    severities = [gap.severity for gap in result_of("hardcoded-external-endpoint", {"app.ts": text}).gaps]
    assert severities == [Severity.MEDIUM]
    other = text.replace("development", "canary")
    severities = [gap.severity for gap in result_of("hardcoded-external-endpoint", {"app.ts": other}).gaps]
    assert severities == [Severity.HIGH]
