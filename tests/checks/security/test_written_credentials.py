"""What is a credential and what only looks like one, where it is looked for, and that nobody ever shows it."""

from __future__ import annotations

import base64

import pytest

from checks import Outcome
from checks.facts.secret_text import is_machine_made
from checks.facts.token_formats import checksum, shaped_like, withheld
from tests.checks.verdicts import result_of, said

RANDOM = "q8Zr2mKx91LpTv7wYb3N"
BODY = "a8Kd0Zq3Lm5Xw7Rt9Yb2Nc4Vf6Hj1G"
GITHUB = f"ghp_{BODY}{checksum(BODY)}"  # put together here: no such token was ever made
TELEGRAM = "6660491268:AA" + "Kd0Zq3Lm5Xw7Rt9Yb2Nc4Vf6Hj1Gs8PqT"
EMULATOR = (
    "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)
HEX = "9f8b7c6d5e4a3b2c1d0e"
GOOGLE = "AIza" + "SyA8Kd0Zq3Lm5Xw7Rt9Yb2Nc4Vf6Hj1Gs8P"


ALG, CLAIMS = '{"alg": "HS256"}', '{"sub": "42", "scope": "write"}'


def token(header: str, claims: str) -> str:
    """A JSON Web Token of these parts."""
    parts = (base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in (header, claims))
    return ".".join((*parts, f"{RANDOM}_x"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GITHUB, "a GitHub token"),
        (f"ghp_{BODY}aaaaaa", None),  # the checksum tells that GitHub never made it
        (f"npm_{BODY}{checksum(BODY)}", "an npm token"),
        (f"xoxb-2847561930-{HEX}", "a Slack token"),
        ("xoxb-your-token-goes-here-please", None),
        (f"sk_live_{RANDOM}", "a Stripe key"),
        ("sk-fading-circle-of-many-words-in-a-class", None),
        ("sk-" + RANDOM * 2, "a model provider's key"),
        ("sk-" + "qbZrcmKxdeLpTvfwYbgN" * 2, None),
        ("sk-1234567890abcdefghijklmnopqrstuv", None),
        (f"-----BEGIN RSA PRIVATE KEY-----\nMII{BODY}{BODY}", "a private key"),
        (token(ALG, CLAIMS), "a signed token (JWT)"),
        (token('{"alg": "HS256"}', '{"role": "anon", "iss": "supabase"}'), None),
        (token('{"alg": "none"}', '{"sub": "42", "scope": "write"}'), None),
        (token('{"alg": "HS256"}', '{"sub": "1234567890", "name": "John Doe"}'), None),
        (token('{"alg": "HS256"}', '{"sub": 42,,,,,,,,,,}'), None),
        ("0123456789", None),
        (EMULATOR, None),
        (f"AccountKey={(RANDOM * 5)[:86]}==", "an Azure storage key"),
    ],
)
def test_formats(text: str, expected: str | None) -> None:
    """A prefix is not enough: length, alphabet, checksum or structure have to be right."""
    assert shaped_like(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RANDOM, True),
        ("rsa-2048-bits", False),
        ("oauth2.v3/session", False),
        ("4f7a9c31-77de-4d0b-a1f2-6c80e5b39d14", True),
    ],
)
def test_names_are_not_made_by_machines(text: str, expected: bool) -> None:
    assert is_machine_made(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"`docker login -p {GITHUB}`", "`docker login -p (withheld)`"),
        ("postgres://shop:k3Yw9zQ@db/shop", "postgres://shop:(withheld)@db/shop"),
        ("a@b, nothing to hide", "a@b, nothing to hide"),
    ],
)
def test_nothing_that_is_shown_holds_a_credential(text: str, expected: str) -> None:
    assert withheld(text) == expected


def test_whatever_a_check_quotes_the_report_withholds() -> None:
    """A documented command is quoted as it stands; the token in it is not."""
    readme = f"# X\n\n```bash\npython scripts/{GITHUB}.py\n```\n"
    (gap,) = result_of("documented-command-broken", {"README.md": readme, "scripts/a.py": "x = 1\n"}).gaps
    assert GITHUB not in repr(gap.gap)
    assert "(withheld)" in repr(gap.gap)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"scripts/push.py": f'KEY = "{GITHUB}"\n'}, ["KEY"]),
        ({"scripts/push.py": f'PASSWORD = "{RANDOM}"\n'}, Outcome.PASSED),
        ({"tests/test_push.py": f'KEY = "{GITHUB}"\n'}, Outcome.PASSED),
        ({".github/workflows/ci.yml": f"env:\n  API_TOKEN: {GITHUB}\n"}, ["a GitHub token"]),
        ({"config.yml": f"api_token: {token(ALG, CLAIMS)}\n"}, Outcome.PASSED),
        ({"config.json": f'{{\n  "api_token": "{GITHUB}"\n}}\n'}, ["api_token"]),
        ({"config.example.json": f'{{\n  "api_token": "{GITHUB}"\n}}\n'}, Outcome.PASSED),
        ({"secrets.yml": f"api_token: {GITHUB}\n"}, Outcome.PASSED),  # secret-file-committed speaks of it
        ({"compose.yml": f"services:\n  a:\n    image: x\n    environment:\n      AUTH_TOKEN: {GITHUB}\n"}, ["a: AUTH_TOKEN"]),
        ({"app.js": f'c = {{apiKey: "{GOOGLE}", authDomain: "x"}};\n'}, Outcome.PASSED),
        ({"app.js": f'c = {{apiKey: "{GOOGLE}"}};\n'}, ["apiKey"]),
        # a sample beside the pattern that finds it
        ({"app.py": f'P = r"^(?:gho_[a-z]+|ghp_[A-Za-z0-9]{{36}})"\nSAMPLE = "{GITHUB}"\n'}, Outcome.PASSED),
        ({"app.py": f'P = r"xoxb-[0-9]{{9}}"\nKEY = "{GITHUB}"\n'}, ["KEY"]),
        ({"app.py": f'next_page_token = "{RANDOM}"\n'}, Outcome.PASSED),
        ({"app.py": 'private_key = "rsa-2048-bits"\n'}, Outcome.PASSED),
        ({"app.py": 'password = "orders-2024"\n'}, ["password"]),
        ({"app.ts": f'const api_key = "phc_{RANDOM * 2}abc";\n'}, Outcome.PASSED),
        ({"app.ts": f'const api_key = "pk_live_{RANDOM}";\n'}, Outcome.PASSED),
        ({"app.tsx": f'export const A = () => <Input placeholder="{TELEGRAM}" />;\n'}, Outcome.PASSED),
        ({"app.tsx": f'export const A = () => <Input value="{TELEGRAM}" />;\n'}, ["value"]),
        ({"app.ts": f'const privateKeyDataHolder = "-----BEGIN PRIVATE KEY-----\\nMII{BODY}{BODY}";\n'}, Outcome.PASSED),
    ],
)  # fmt: skip
def test_where_credentials_are_written(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("hardcoded-credential", files) == expected


def test_a_key_that_browsers_hold_is_no_secret_of_a_setting() -> None:
    files = {
        "a.py": "x = 1\n",
        "app/firebase.json": f'{{\n  "apiKey": "{GOOGLE}"\n}}\n',
        "app/names.json": '{\n  "token": "shop"\n}\n',
    }
    assert said("hardcoded-credential", files) is Outcome.PASSED
