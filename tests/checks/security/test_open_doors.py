"""Webhooks, sign-ins, deployments, TLS and files: what opens a door, and what only looks like it."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

OAUTH = "class Oauth:\n    def callback(self, %s):\n        return self.%s(code)\n"
GO_TLS = 'package a\n\nimport "crypto/tls"\n\nfunc f() {\n\tc := &tls.Config{%s}\n\t%s\n}\n'
PUBLIC = "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n"
VALIDATOR = "package safe\n\nfunc CheckURL(a string) error { return isPrivate(parse(a).Port()) }\n\nfunc ValidateName(a string) error { return nil }\n"
CLIENT = 'package model\n\nimport "net/http"\n\nfunc New(%s string) *http.Client {\n\t%s\n\treturn c\n}\n'


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param(
            "oauth-state-not-verified",
            {"oauth.py": OAUTH % ("state, code", "exchange_code")},
            ["callback"],
            id="state unread",
        ),
        pytest.param(
            "oauth-state-not-verified",
            {
                "oauth.go": 'package oauth\n\nfunc callback(w W, r R) {\n\tif r.FormValue("state") != requestState {\n\t\treturn\n\t}\n\tconf.Exchange(ctx, r.FormValue("code"))\n}\n'
            },
            Outcome.PASSED,
            id="compared with the request's",
        ),
        pytest.param(
            "oauth-state-not-verified",
            {"oauth.py": OAUTH % ("code", "render")},
            Outcome.NOT_APPLICABLE,
            id="no exchange",
        ),
        pytest.param(
            "oauth-state-not-verified",
            {"oauth.py": OAUTH % ("text", "exchange_code")},
            Outcome.NOT_APPLICABLE,
            id="no code",
        ),
        pytest.param(
            "oauth-state-not-verified",
            {
                "oauth.py": "import authlib\n" + OAUTH % ("state, code", "exchange_code"),
                "login/oauth.go": "package login\n\nfunc start() {}\n",
            },
            Outcome.PASSED,
            id="a library that keeps the state",
        ),
        pytest.param(
            "oauth-state-not-verified",
            {
                "oauth.py": "def callback(state, code):\n    check_state(state)\n    return exchange_code(code)\n",
                "oauth_state.py": "def check_state(value):\n    return hmac.compare_digest(value, other)\n",
            },
            Outcome.PASSED,
            id="checked by a function of another file",
        ),
        pytest.param(
            "deploy-allows-unauthenticated",
            {
                "deploy/open.sh": "#!/bin/bash\ngcloud run services add-iam-policy-binding api --member=allUsers\necho done\n",
                "tests/open.sh": "#!/bin/bash\ngcloud run deploy api --allow-unauthenticated\n",
                ".github/workflows/deploy.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: gcloud run deploy a --allow-unauthenticated\n      - run: make\n",
                "deploy/run.py": 'args.append("--allow-unauthenticated")\n',
                "tests/run.py": 'args.append("--allow-unauthenticated")\n',
                "deploy/other.py": "run()\n",
                "deploy/stack.yaml": "publicly_accessible: true\nauthorised: true\n",
                "tests/stack.yaml": "publicly_accessible: true\n",
            },
            ["allUsers", "allow-unauthenticated", "allow-unauthenticated", "publicly_accessible"],
            id="scripts, workflows, code and settings",
        ),
        pytest.param(
            "deploy-allows-unauthenticated",
            {
                "cmd/deploy.go": 'package main\n\nimport "flag"\n\nfunc main() { flag.Bool("allow-unauthenticated", false, "x") }\n'
            },
            Outcome.PASSED,
            id="a flag that is off",
        ),
        pytest.param(
            "tls-min-version-too-low",
            {
                "a.go": GO_TLS % ("", "c.MinVersion = tls.VersionTLS11"),
                "b.go": GO_TLS % ("ServerName: name", "c.Other = pick(1)"),
            },
            ["minimum TLS version"],
            id="set later",
        ),
        pytest.param(
            "tls-min-version-too-low",
            {
                "a.go": GO_TLS % ("MinVersion: tls.VersionTLS12", ""),
                "CHANGELOG.md": "# Changelog\n\nTLS 1.3 only\n",
                "docs/guide.md": "# Guide\n\nAny TLS.\n",
            },
            Outcome.PASSED,
            id="a changelog promises nothing",
        ),
        pytest.param(
            "tls-min-version-too-low",
            {"a.py": "import ssl\n\nc = ssl.SSLContext(ssl.PROTOCOL_SSLv3)\n"},
            ["minimum TLS version"],
            id="SSL",
        ),
        pytest.param(
            "tls-min-version-too-low",
            {"a.py": "import ssl\n\nc = ssl.SSLContext(ssl.PROTOCOL_SSLv23)\n"},
            Outcome.PASSED,
            id="negotiated",
        ),
        pytest.param(
            "file-permissions-too-open",
            {
                "a.py": 'import os\n\nos.chmod("/tmp/x", 0o1777)\nos.chmod("a", mode)\n',
                "store/session.go": 'package store\n\nimport "os"\n\nfunc f(p string) { os.Remove(p) }\n',
                "file/write.go": 'package file\n\nimport "os"\n\nfunc f(p string, d []byte) { os.WriteFile(p, d, 0644) }\n',
            },
            Outcome.PASSED,
            id="sticky, unknown, nothing written, nobody else's words",
        ),
        pytest.param(
            "outbound-url-not-validated",
            {
                "safe.go": VALIDATOR,
                "a.go": CLIENT % ("endpoint", "c := &http.Client{}"),
                "b.go": CLIENT % ("name", "c := &http.Client{}"),
            },
            ["New"],
            id="an address, not a name",
        ),
        pytest.param(
            "outbound-url-not-validated",
            {
                "safe.go": VALIDATOR,
                "a.go": CLIENT
                % ("endpoint", "safe.CheckURL(endpoint); c := &http.Client{}; c.CheckRedirect = refuse"),
            },
            Outcome.PASSED,
            id="checked, redirects refused later",
        ),
        pytest.param(
            "outbound-url-not-validated",
            {
                "safe.go": VALIDATOR,
                "a.go": CLIENT % ("endpoint", "safe.CheckURL(endpoint); c := &http.Client{}"),
            },
            ["New: redirects"],
            id="checked, redirects followed",
        ),
        pytest.param(
            "outbound-url-not-validated",
            {
                "safe.rs": "fn check_url(url: &str) -> bool { is_private(url) }\n",
                "safe.py": "def check_url(url):\n    return is_private(url)\n",
                "client.go": CLIENT % ("endpoint", "c := &http.Client{}"),
                "a.rs": "fn get(url: &str) { if is_private(url) { return; }\n    let c = Client::builder().timeout(t).redirect(Policy::limited(10)).build(); }\n",
                "b.rs": "fn get(url: &str) { if is_private(url) { return; }\n    let c = Client::builder().redirect(Policy::none()).build(); }\n",
                "c.rs": "fn get(url: &str) { let c = Client::builder().timeout(t).build(); let d = Client::new(); }\n",
                "a.py": "def fetch(url):\n    is_private(url)\n    return httpx.Client(follow_redirects=True)\n",
                "b.py": "def fetch(url):\n    is_private(url)\n    return httpx.Client()\n",
                "c.py": "def fetch(url):\n    is_private(url)\n    return aiohttp.ClientSession()\n",
            },
            ["fetch: redirects", "get", "get: redirects"],
            id="redirects of other languages, and one gap a function",
        ),
        pytest.param(
            "secret-in-log",
            {
                "a.py": 'logger.info(f"with {user.api_key}")\nlogger.info(f"at {len(api_key)}", has_secret, TOKEN_NAME)\n'
            },
            ["module: user.api_key"],
            id="in a formatted string",
        ),
        pytest.param(
            "outbound-url-not-validated",
            {
                "safe.py": "def check_url(url):\n    return is_private(url)\n",
                "a.py": "def _request(url):\n    return httpx.Client(timeout=3)\n\n\ndef fetch(url):\n    return httpx.Client(timeout=3)\n",
            },
            ["fetch"],
            id="a private function's address is of its own module",
        ),
        pytest.param(
            "secret-in-log",
            {
                "a.py": "def main():\n    print(password)\n\n\nif __name__ == '__main__':\n    main()\n",
                "b.ts": "console.log('New password: ', made.password);\nprocess.exit(0);\n",
                "c.ts": "export function f() { console.log(made.password); process.exit(1); }\n",
                "d.py": "def main():\n    logger.info(password)\n\n\nif __name__ == '__main__':\n    main()\n",
            },
            ["f: made.password", "main: password"],
            id="a program shows a person what it made",
        ),
        pytest.param(
            "secret-in-log",
            {
                "commands/key.go": 'package commands\n\nimport "github.com/spf13/cobra"\n\nfunc rotate(made Made) {\n\tfmt.Printf("key: %s", made.SecretKey)\n\tlog.Printf("key: %s", made.SecretKey)\n}\n'
            },
            ["rotate: made.SecretKey"],
            id="a command shows a person what it made",
        ),
        pytest.param(
            "secret-in-log",
            {
                "a.py": 'def f(secret):\n    to = f"/done?secret={secret}"\n    return redirect(to)\n\n\ndef h(secret):\n    asked = f"https://a.example?secret={secret}"\n    post(asked)\n    return redirect("/")\n\n\ndef g(secret):\n    return f"?secret={secret}"\n'
            },
            ["f: redirect"],
            id="only where something redirects",
        ),
        pytest.param(
            "secret-in-log",
            {
                "a.py": 'def f(secret):\n    picture(f"otpauth://totp/a?secret={secret}")\n    return redirect("/")\n'
            },
            Outcome.PASSED,
            id="a picture for the user's own eyes",
        ),
        pytest.param(
            "cors-allows-any-origin",
            {"k8s/a.yaml": PUBLIC + "  annotations:\n    other: '*'\n"},
            Outcome.PASSED,
            id="another annotation",
        ),
        pytest.param(
            "unbounded-response-read",
            {"a.rs": "fn main() {}\n", "b.go": "package b\n", "c.py": "x.read()\n", "d.ts": "read();\n"},
            Outcome.PASSED,
            id="nothing opened",
        ),
    ],
)
def test_check(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    """Subjects of the gaps, or the outcome."""
    assert said(check, files) == expected


def test_an_example_in_a_field_is_documentation() -> None:
    """An attribute of a Rust field shows what could be set."""
    field = (
        '    #[configurable(metadata(docs::examples = "https://shop-a1b2.ngrok.io/in"))]\n    url: String,\n'
    )
    files = {
        "Cargo.toml": '[package]\nname = "shop"\n',
        "src/main.rs": f"struct Config {{\n{field}}}\n\nfn main() {{}}\n",
    }
    assert said("hardcoded-external-endpoint", files) == Outcome.PASSED
